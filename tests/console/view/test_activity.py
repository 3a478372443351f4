"""What was done, in order: under way first, then what has ended, by days."""

from dataclasses import replace
from datetime import UTC, timedelta

from console.fleet.snapshot import Operation, Phase
from console.journal.history import History
from console.view.activity import Activity, activity_view
from console.view.tone import Tone
from tests.console.fleets import HEALTHY, NOW, snapshot_of
from tests.console.view.deeds import PAUSED

RUNNING = Operation(
    id=1,
    action_id="restart",
    label="Restart",
    doing="restarting",
    runner_id="1",
    runner_name="prod",
    phase=Phase.UNDER_WAY,
    started=NOW - timedelta(minutes=2),
    changed=NOW,
    plan_id="p",
    who="ada",
)


def view(operations: tuple[Operation, ...], recorded: History | None) -> Activity:
    snapshot = replace(snapshot_of(HEALTHY), operations=operations)
    return activity_view(snapshot, recorded, NOW, UTC)


def test_what_is_under_way_stands_apart_with_for_how_long() -> None:
    activity = view((RUNNING,), None)
    assert [(line.name, line.cell.text) for line in activity.running] == [
        ("prod", "Restart: under way for 2 min")
    ]
    assert activity.days == ()
    assert activity.note.text == ""


def test_what_has_ended_stands_by_days_newest_first() -> None:
    older = replace(PAUSED, plan_id="n", started=NOW - timedelta(days=3))
    activity = view((), History(actions=(older, PAUSED)))
    assert [day.title[:9] for day in activity.days] == ["Yesterday", "Sun 4 Oct"]
    assert activity.days[0].lines[0].name == "sales"
    assert "Pause by ada from the web page: done after 3 min" in activity.days[0].lines[0].cell.text


def test_what_this_console_did_is_told_once_whether_or_not_it_is_recorded_yet() -> None:
    ended = replace(RUNNING, phase=Phase.DONE, changed=NOW)
    before = view((ended,), None)
    same = replace(PAUSED, plan_id="p", action_id="restart", label="Restart", runner_id="1")
    after = view((ended,), History(actions=(same,)))
    assert [len(day.lines) for day in before.days] == [1]
    assert [len(day.lines) for day in after.days] == [1]


def test_an_action_under_way_is_not_listed_again_among_the_recorded() -> None:
    same = replace(PAUSED, plan_id="p", action_id="restart", runner_id="1", phase="under_way")
    activity = view((RUNNING,), History(actions=(same,)))
    assert len(activity.running) == 1
    assert activity.days == ()


def test_nothing_done_a_cut_list_and_a_broken_record_are_each_said() -> None:
    assert view((), None).note.text == "Nothing has been done from a console yet."
    assert view((), History(actions=(PAUSED,), is_cut=True)).note.text.startswith("Older")
    broken = view((RUNNING,), History(problem="The history cannot be read."))
    assert (broken.note.text, broken.note.tone) == ("The history cannot be read.", Tone.WARNING)


def test_a_runner_without_a_name_is_told_by_its_id_and_a_hostile_one_as_text() -> None:
    nameless = replace(PAUSED, runner_name="")
    hostile = replace(PAUSED, plan_id="h", runner_name="\x1b[31mred")
    lines = view((), History(actions=(nameless, hostile))).days[0].lines
    assert {line.name for line in lines} == {"2", "␛[31mred"}
