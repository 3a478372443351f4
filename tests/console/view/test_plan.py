"""A plan in words: the dialog before an action, and the dry run of a command."""

from dataclasses import replace
from datetime import timedelta

from console.actions.action import Danger
from console.actions.catalogue import action_by_id
from console.actions.execute import Outcome
from console.actions.plan import HOSTED as HOSTED_REASON
from console.actions.plan import plan
from console.fleet.snapshot import Phase, Runner
from console.view.plan import outcome_text, plan_lines, plan_text
from tests.console.fleets import HEALTHY, HOSTED, NOW, snapshot_of

RESTART = action_by_id("restart")
US = replace(HEALTHY, id="2", name="prod-us")
OLD = replace(HEALTHY, id="3", name="old", version="10.1302.0")
FINISHES = "It finishes the tasks it has, which can take hours, then each instance is replaced."
OWNERS = "Its description: “Production loads”."
NOT_READ = "Who uses it is not read yet."
STAYS = "Its version stays 10.1303.0, the latest of its track."


def made(*runners: Runner, action_id: str = "restart"):  # type: ignore[no-untyped-def]
    ids = [runner.id for runner in runners]
    return plan(action_by_id(action_id), ids, snapshot_of(*runners), NOW)


def test_for_one_runner_its_name_is_in_the_title_and_its_sentences_are_its_own() -> None:
    text = plan_text(made(HEALTHY))
    assert text.title == "Restart: prod-eu"
    assert text.question == "Restart: prod-eu?"
    assert text.confirm == "Restart"
    assert text.shared == ()
    assert text.allowed[0].sentences == (STAYS, FINISHES, NOT_READ, OWNERS)
    assert text.refused == ()


def test_what_holds_for_all_is_told_once() -> None:
    text = plan_text(made(HEALTHY, US, OLD))
    assert text.title == "Restart: 3 runners"
    assert text.confirm == "Restart 3"
    assert text.shared_title == "Each of the 3 runners"
    assert text.shared == (FINISHES, NOT_READ)
    assert text.allowed[0].sentences == text.allowed[1].sentences == (STAYS,)
    assert text.allowed[2].sentences == (
        "It is expected to come back on 10.1303.0 instead of 10.1302.0, unless its image is"
        " pinned.",
    )


def test_sentences_of_refused_runners_are_not_shared() -> None:
    text = plan_text(made(HEALTHY, HOSTED))
    assert (text.shared, text.shared_title) == ((), "")
    assert text.title == "Restart: 1 of 2 runners"
    assert text.question == "Restart: prod-eu? 1 left out."
    assert [(line.name, line.sentences) for line in text.refused] == [("saas", (HOSTED_REASON,))]


def test_where_nothing_can_be_done_there_is_no_question() -> None:
    text = plan_text(made(HOSTED))
    assert text.question == ""
    assert text.allowed == ()


def test_a_safe_action_asks_only_when_somebody_is_left_out() -> None:
    paused = replace(HEALTHY, status="paused")
    assert not plan_text(made(paused, action_id="resume")).needs_asking
    assert plan_text(made(paused, US, action_id="resume")).needs_asking
    assert plan_text(made(HEALTHY, action_id="pause")).needs_asking


def test_a_destructive_plan_wants_the_name_typed_or_the_number_of_runners() -> None:
    deadly = replace(RESTART, danger=Danger.DESTRUCTIVE)
    fleet = snapshot_of(HEALTHY, US, HOSTED)
    assert plan_text(plan(deadly, ["1"], fleet, NOW)).type_to_confirm == "prod-eu"
    assert plan_text(plan(deadly, ["1", "2"], fleet, NOW)).type_to_confirm == "2"
    assert plan_text(plan(deadly, ["h"], fleet, NOW)).type_to_confirm == ""
    assert plan_text(made(HEALTHY)).type_to_confirm == ""


def test_a_dry_run_of_one_runner_does_not_repeat_its_name() -> None:
    assert plan_lines(made(HEALTHY)) == (
        "Restart: prod-eu",
        f"    {STAYS}",
        f"    {FINISHES}",
        f"    {NOT_READ}",
        f"    {OWNERS}",
    )


def test_a_dry_run_of_several_names_each_and_tells_who_is_left_out() -> None:
    assert plan_lines(made(HEALTHY, US, HOSTED)) == (
        "Restart: 2 of 3 runners",
        "  Each of the 2 runners",
        f"    {STAYS}",
        f"    {FINISHES}",
        f"    {NOT_READ}",
        "  prod-eu",
        "  prod-us",
        "Left out: 1",
        f"  saas: {HOSTED_REASON}",
    )


def test_a_hostile_name_or_version_is_safe_in_the_dialog() -> None:
    hostile = replace(OLD, name="a\x1b[2J\nb", version="1\u202e\x07")
    assert "".join(plan_lines(made(hostile))).isprintable()
    both = made(hostile, replace(hostile, id="4"))
    assert len(plan_text(both).shared) == 3
    assert plan_text(both).allowed[0].sentences == ()


def test_an_outcome_is_told_in_a_line() -> None:
    assert outcome_text(Outcome(HEALTHY, Phase.DONE, "")) == "prod-eu: done."
    assert outcome_text(Outcome(HEALTHY, "skipped", "It is stopping.")) == (
        "prod-eu: left out. It is stopping."
    )
    assert outcome_text(Outcome(HEALTHY, Phase.NOT_SEEN, "")) == (
        "prod-eu: asked, but not seen to finish in time."
    )
    for phase in Phase:
        assert outcome_text(Outcome(HEALTHY, phase, "a\x1bb")).isprintable()


def test_a_plan_says_how_old_its_facts_are() -> None:
    taken = NOW - timedelta(minutes=1)
    fleet = replace(snapshot_of(HEALTHY), taken=taken)
    assert plan(RESTART, ["1"], fleet, NOW).made_from == taken
