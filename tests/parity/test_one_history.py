"""One past, told by every front end: the same calendar, history, timeline and forecasts."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from io import StringIO

import pytest
from rich.console import Console, Group

from console.cli.history import history_lines
from console.cli.releases import calendar_lines
from console.cli.showing import detail_lines as shown_lines
from console.demo.world import World
from console.demonstration import past_memory
from console.fleet.changes import Change, What
from console.fleet.snapshot import Phase, Snapshot
from console.journal.history import History, RecordedAction
from console.view.detail import Detail, runner_detail
from console.view.overview import overview
from console.view.releases import releases_view
from console.view.tone import DARK
from console.view.wall import wall
from tests.console.fleets import NOW, demo_snapshot
from tui.screens.releases import calendar_text
from tui.widgets.detail import detail_lines
from tui.widgets.pen import Pen
from web.pages.releases import calendar_json
from web.wire import detail_json, verdict_json


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The demo's fleet, and what a console that had watched it would have learnt."""
    return replace(demo_snapshot(), memory=past_memory(World(clock=lambda: NOW), NOW))


def past_of(runner_id: str) -> History:
    def change(what: What, before: str, after: str, **ago: float) -> Change:
        return Change(runner_id, "some", what, before, after, NOW - timedelta(**ago))

    action = RecordedAction(
        plan_id="1",
        action_id="restart",
        label="Restart",
        runner_id=runner_id,
        runner_name="some",
        who="operator",
        face="terminal",
        expected="",
        phase=Phase.DONE,
        note="",
        started=NOW - timedelta(hours=3),
        changed=NOW - timedelta(hours=2, minutes=56),
    )
    return History(
        changes=(
            change(What.VERSION, "10.1290.0", "10.1302.0", hours=3),
            change(What.STATUS, "running", "stopping", hours=3, minutes=1),
            change(What.SUPPORT, "supported", "out_of_support", days=2),
            change(What.CONNECTED, "yes", "no", days=9),
        ),
        actions=(action,),
        recorded_since=NOW - timedelta(days=40),
    )


def details(snapshot: Snapshot) -> Iterator[Detail]:
    for runner in snapshot.runners:
        detail = runner_detail(snapshot, runner.id, NOW, history=past_of(runner.id))
        assert detail is not None
        yield detail


def on_paper(group: Group) -> str:
    console = Console(width=500, file=StringIO(), force_terminal=False)
    with console.capture() as captured:
        console.print(group)
    return captured.get()


def test_the_history_says_the_same_everywhere(snapshot: Snapshot) -> None:
    for detail in details(snapshot):
        assert detail.history is not None
        terminal = on_paper(detail_lines(detail, DARK, width=100))
        page = json.dumps(detail_json(detail), default=str, ensure_ascii=False)
        command = "\n".join(history_lines(detail.title, detail.history))
        told = [(line.clock, line.cell) for day in detail.history.days for line in day.lines]
        assert len(told) == 5
        for clock, cell in told:
            assert cell.said in terminal
            assert cell.said in command
            assert cell.text in page
            assert clock in terminal
            assert clock in command
            assert clock in page


def test_the_timeline_is_told_in_the_same_words(snapshot: Snapshot) -> None:
    for detail in details(snapshot):
        assert detail.timeline is not None
        terminal = " ".join(on_paper(detail_lines(detail, DARK, width=400)).split())
        page = detail_json(detail)["timeline"]
        assert page["summary"] == detail.timeline.summary
        assert detail.timeline.summary in terminal
        assert page["version"] == detail.timeline.version


def test_forecast_restart_and_cause_are_in_the_details_of_all(snapshot: Snapshot) -> None:
    labels = {"Forecast", "A restart", "Not updated because", "Armed", "Currency"}
    seen = set()
    for detail in details(snapshot):
        facts = {fact.label: fact.cell for part in detail.sections for fact in part.facts}
        terminal = on_paper(detail_lines(detail, DARK))
        command = "\n".join(shown_lines(detail))
        page = json.dumps(detail_json(detail), default=str, ensure_ascii=False)
        for label in labels & facts.keys():
            seen.add(label)
            assert facts[label].said in terminal
            assert facts[label].said in command
            assert facts[label].text in page
    assert seen == labels


def test_the_calendar_says_the_same_everywhere(snapshot: Snapshot) -> None:
    calendar = releases_view(snapshot, NOW, UTC)
    terminal = on_paper(Group(*calendar_text(calendar, Pen(DARK, ascii_only=False))))
    command = "\n".join(calendar_lines(calendar))
    page = json.dumps(calendar_json(calendar), ensure_ascii=False)
    told = [calendar.outlook]
    for line in calendar.lines:
        told += [line.title, line.newest, line.cadence, line.elsewhere, line.older]
        for coming in line.coming:
            told += [coming.date, coming.carries, coming.effect, coming.sure.text]
        for out in line.out:
            told += [out.version, out.date, out.runs]
    assert len(told) > 40
    for sentence in told:
        assert sentence in terminal
        assert sentence in command
        assert sentence in page


def test_who_leaves_support_is_told_the_same_on_page_and_wall(snapshot: Snapshot) -> None:
    told = overview(snapshot, NOW)
    assert told.outlook
    assert wall(snapshot, NOW).outlook == told.outlook
    assert verdict_json(told)["outlook"] == told.outlook
    assert releases_view(snapshot, NOW, UTC).outlook == told.outlook
