"""One runner in full: its facts, its findings with remedies, and what can be done to it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.actions.catalogue import ACTIONS
from console.actions.plan import HOSTED as HOSTED_REASON
from console.fleet.snapshot import Phase, Runner, Snapshot
from console.rules.assessment import assess
from console.view.detail import Detail, action_lines, operation_line, runner_detail
from console.view.tone import Tone
from console.view.words import STATUS_EXPLAINED
from tests.console.fleets import (
    HEALTHY,
    HOSTED,
    NOW,
    STREAMING,
    demo_snapshot,
    operation_on,
    snapshot_of,
)

DEMO = demo_snapshot()


def detail_of(runner: Runner, snapshot: Snapshot | None = None) -> Detail:
    made = runner_detail(snapshot or snapshot_of(runner), runner.id, NOW)
    assert made is not None
    return made


def facts(detail: Detail) -> dict[str, str]:
    return {fact.label: fact.cell.text for part in detail.sections for fact in part.facts}


@pytest.mark.parametrize("runner", DEMO.runners, ids=lambda runner: runner.name)
def test_each_demo_runner_has_its_facts_findings_and_actions(runner: Runner) -> None:
    detail = detail_of(runner, DEMO)
    assert detail.title == runner.name
    assert [part.title for part in detail.sections] == [
        "State",
        "Version",
        "Used by",
        "Settings",
    ]
    assert facts(detail)["Id"] == runner.id
    assert facts(detail)["Meaning"] == STATUS_EXPLAINED[runner.status]  # type: ignore[index]
    assert len(detail.findings) == len(assess(runner, DEMO, NOW).findings)
    assert all(line.sentence.endswith(".") and line.remedy for line in detail.findings)
    assert detail.actions
    assert all(cell for cell in facts(detail).values())


@pytest.mark.parametrize("runner", DEMO.runners, ids=lambda runner: runner.name)
def test_a_read_only_viewer_is_offered_nothing(runner: Runner) -> None:
    detail = runner_detail(DEMO, runner.id, NOW, read_only=True)
    assert detail is not None
    assert detail.actions == ()


def test_a_runner_that_is_gone_has_no_detail() -> None:
    assert runner_detail(DEMO, "nobody", NOW) is None


def test_a_runner_of_which_little_is_known_still_has_a_detail() -> None:
    told = facts(detail_of(Runner(id="1", name="bare")))
    assert told["Status"] == "Not told"
    assert told["Connected"] == told["Version"] == told["Auto-update"] == "–"
    assert told["Support"] == "Not known"


def test_hostile_text_is_safe_everywhere_in_the_detail() -> None:
    snapshot = demo_snapshot(hostile=True)
    for runner in snapshot.runners:
        detail = detail_of(runner, snapshot)
        assert (detail.title + detail.description + "".join(facts(detail).values())).isprintable()
        assert len(detail.description) <= 500


def test_the_end_of_a_pause_and_the_time_in_a_status_are_told() -> None:
    runner = replace(HEALTHY, status="paused", paused_until=NOW + timedelta(hours=1))
    snapshot = replace(snapshot_of(runner), status_since={runner.id: NOW - timedelta(minutes=5)})
    told = facts(detail_of(runner, snapshot))
    assert told["Resumes by itself"] == "13:00 UTC"
    assert told["For"] == "at least 5 min, as seen from here"


def test_only_runners_that_can_be_restarted_have_a_forecast_of_it() -> None:
    assert "A restart" in facts(detail_of(HEALTHY))
    assert "A restart" not in facts(detail_of(HOSTED))
    assert facts(detail_of(HOSTED))["Auto-update"] == "The vendor updates it"


def ids(runner: Runner) -> dict[str, str]:
    lines = action_lines((runner.id,), snapshot_of(runner), NOW)
    return {line.action_id: line.refusal for line in lines}


def test_of_two_choices_only_the_one_that_can_be_done_is_shown() -> None:
    assert {"pause", "use-stable", "auto-update-off"} <= set(ids(HEALTHY))
    assert not {"resume", "use-current", "auto-update-on"} & set(ids(HEALTHY))
    paused = replace(HEALTHY, status="paused", track="stable", auto_updates=False)
    assert {"resume", "use-current", "auto-update-on"} <= set(ids(paused))
    assert not {"pause", "use-stable", "auto-update-off"} & set(ids(paused))


def test_where_no_choice_can_be_done_each_says_why() -> None:
    assert set(ids(HOSTED).values()) == {HOSTED_REASON}
    assert len(ids(HOSTED)) == len(ACTIONS)
    assert ids(STREAMING)["auto-update-on"] == "Streaming runners have no auto-update."


def test_actions_keep_the_order_of_the_catalogue() -> None:
    order = [action.id for action in ACTIONS]
    shown_ids = list(ids(HEALTHY))
    assert shown_ids == sorted(shown_ids, key=order.index)


def test_for_several_runners_an_action_shows_when_it_fits_any_of_them() -> None:
    paused = replace(HEALTHY, id="2", status="paused")
    lines = action_lines(("1", "2"), snapshot_of(HEALTHY, paused), NOW)
    assert {"pause", "resume"} <= {line.action_id for line in lines if not line.refusal}


@pytest.mark.parametrize(
    ("phase", "text", "tone"),
    [
        (Phase.ASKED, "Restart: asked 2 min ago", Tone.INFO),
        (Phase.UNDER_WAY, "Restart: under way for 2 min", Tone.INFO),
        (Phase.DONE, "Restart: done after 1 min, at 12:01 UTC", Tone.GOOD),
        (Phase.FAILED, "Restart: failed at 12:01 UTC", Tone.CRITICAL),
        (Phase.NOT_SEEN, "Restart: not seen to finish within 1 min", Tone.WARNING),
    ],
)
def test_what_became_of_an_action_is_told_with_its_time(
    phase: Phase, text: str, tone: Tone
) -> None:
    operation = replace(operation_on(HEALTHY, phase), changed=NOW + timedelta(minutes=1))
    cell = operation_line(operation, NOW + timedelta(minutes=2))
    assert (cell.text, cell.tone) == (text, tone)
    noted = replace(operation, note="It\x07 said no.")
    assert operation_line(noted, NOW + timedelta(minutes=2)).text == f"{text}. It␇ said no."


def test_the_newest_five_actions_on_a_runner_are_told_newest_first() -> None:
    mine = tuple(
        replace(operation_on(HEALTHY, Phase.DONE, number), label=f"Action {number}")
        for number in range(7)
    )
    others = (operation_on(HOSTED, Phase.DONE, 99),)
    lines = detail_of(HEALTHY, snapshot_of(HEALTHY, operations=(*mine, *others))).operations
    assert [line.text.split(":")[0] for line in lines] == [f"Action {n}" for n in (6, 5, 4, 3, 2)]
