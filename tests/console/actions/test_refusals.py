"""Which action is refused for which runner, in one table, and in which words."""

from dataclasses import replace

import pytest

from console.actions.catalogue import ACTIONS, action_by_id
from console.actions.plan import (
    BUSY,
    GONE,
    HOSTED,
    READ_ONLY,
    UNFAMILIAR,
    UNSAFE_STATUS,
    plan,
)
from console.fleet.snapshot import Phase, Runner, Status
from tests.console.fleets import (
    HEALTHY,
    NOW,
    SNOWFLAKE,
    STREAMING,
    operation_on,
    snapshot_of,
)
from tests.console.fleets import (
    HOSTED as HOSTED_RUNNER,
)

OLD = replace(HEALTHY, version="10.1302.0")
SPCS = replace(SNOWFLAKE, deployment="spcs", version="10.1302.0")


def refusal_of(action_id: str, runner: Runner) -> str | None:
    fleet = snapshot_of(runner)
    return plan(action_by_id(action_id), [runner.id], fleet, NOW).steps[0].refusal


def with_status(runner: Runner, status: str | None) -> Runner:
    return replace(runner, status=status, connected=status in ("running", "pausing", "paused"))


CASES: list[tuple[str, Runner, str | None]] = [
    *[(action.id, HOSTED_RUNNER, HOSTED) for action in ACTIONS],
    *[(action.id, replace(HEALTHY, kind="batch"), UNFAMILIAR) for action in ACTIONS],
    *[(action.id, replace(OLD, status="hibernating"), UNSAFE_STATUS) for action in ACTIONS],
    *[(action.id, replace(OLD, status=None), UNSAFE_STATUS) for action in ACTIONS],
    ("restart", HEALTHY, None),
    ("restart", replace(HEALTHY, kind=None), None),
    ("restart", with_status(HEALTHY, "paused"), None),
    ("restart", with_status(HEALTHY, "unknown"), None),
    ("restart", with_status(HEALTHY, "pausing"), "It is pausing. Wait until it is paused,"),
    ("restart", with_status(HEALTHY, "stopping"), "It is already stopping."),
    ("restart", with_status(HEALTHY, "stopped"), "It is stopped. Start it in its cloud;"),
    ("restart", with_status(HEALTHY, "pending"), "It has never connected, so there is nothing"),
    ("restart", STREAMING, None),
    ("restart", SNOWFLAKE, None),
    ("update", OLD, None),
    ("update", SPCS, None),
    ("update", HEALTHY, "It already runs the latest version of its track."),
    ("update", replace(HEALTHY, version=None), "No update is known for it."),
    ("update", replace(HEALTHY, version="10.1304.0"), "No update is known for it."),
    ("update", replace(HEALTHY, version=None, update_available=True), None),
    ("update", replace(SNOWFLAKE, version="10.1302.0"), "Snowflake upgrades its native app once"),
    ("update", with_status(OLD, "pausing"), "It is pausing."),
    ("update", with_status(OLD, "stopped"), "It is stopped."),
    ("pause", HEALTHY, None),
    ("pause", STREAMING, None),
    ("pause", SNOWFLAKE, None),
    ("pause", with_status(HEALTHY, "pausing"), "It is already pausing."),
    ("pause", with_status(HEALTHY, "paused"), "It is already paused."),
    ("pause", with_status(HEALTHY, "stopping"), "It is stopping."),
    ("pause", with_status(HEALTHY, "stopped"), "It is stopped."),
    ("pause", with_status(HEALTHY, "pending"), "It has never connected, so there is nothing"),
    ("pause", with_status(HEALTHY, "unknown"), "Its state is unknown."),
    ("resume", HEALTHY, "It is not paused."),
    ("resume", with_status(HEALTHY, "pausing"), None),
    ("resume", with_status(HEALTHY, "paused"), None),
    ("resume", with_status(HEALTHY, "unknown"), None),
    ("resume", with_status(HEALTHY, "stopping"), "It is stopping."),
    ("resume", with_status(HEALTHY, "stopped"), "It is stopped, not paused."),
    ("resume", with_status(HEALTHY, "pending"), "It has never connected."),
    ("use-stable", HEALTHY, None),
    ("use-stable", replace(HEALTHY, track=None), None),
    ("use-stable", with_status(HEALTHY, "pending"), None),
    ("use-stable", replace(HEALTHY, track="stable"), "It already follows the Stable track."),
    ("use-current", HEALTHY, "It already follows the Current track."),
    ("use-current", replace(HEALTHY, track="stable"), None),
    ("use-current", SNOWFLAKE, "Snowflake runners follow their own schedule; their track"),
    ("use-stable", SPCS, "Snowflake runners follow their own schedule; their track"),
    ("use-stable", STREAMING, "The API does not document tracks of Streaming runners"),
    ("auto-update-on", replace(HEALTHY, auto_updates=False), None),
    ("auto-update-on", replace(HEALTHY, auto_updates=None), None),
    ("auto-update-off", HEALTHY, None),
    ("auto-update-on", HEALTHY, "Auto-update is already on."),
    ("auto-update-off", replace(HEALTHY, auto_updates=False), "Auto-update is already off."),
    ("auto-update-on", SNOWFLAKE, "Snowflake runners follow their own schedule; auto-update"),
    ("auto-update-off", SPCS, "Snowflake runners follow their own schedule; auto-update"),
    ("auto-update-on", STREAMING, "Streaming runners have no auto-update."),
    ("auto-update-off", STREAMING, "Streaming runners have no auto-update."),
    ("auto-update-off", replace(HEALTHY, provider="gcp", deployment="gke"), None),
]


@pytest.mark.parametrize(("action_id", "runner", "reason"), CASES)
def test_an_action_is_refused_exactly_where_it_makes_no_sense(
    action_id: str, runner: Runner, reason: str | None
) -> None:
    refusal = refusal_of(action_id, runner)
    if reason is None:
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.startswith(reason)
        assert refusal.endswith(".")


@pytest.mark.parametrize("command", ["restart", "pause", "resume"])
def test_the_table_has_every_documented_status_for_each_command(command: str) -> None:
    tested = {runner.status for action_id, runner, _ in CASES if action_id == command}
    assert tested >= set(Status)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_a_runner_with_an_action_under_way_is_left_alone_until_it_has_ended(action) -> None:  # type: ignore[no-untyped-def]
    runner = replace(OLD, track="edge", auto_updates=None, status="running")
    for phase in Phase:
        fleet = snapshot_of(runner, operations=(operation_on(runner, phase),))
        refusal = plan(action, [runner.id], fleet, NOW).steps[0].refusal
        assert (refusal == BUSY) == (phase in (Phase.ASKED, Phase.UNDER_WAY))


def test_a_read_only_plan_refuses_everything_with_one_reason() -> None:
    fleet = snapshot_of(HEALTHY, HOSTED_RUNNER)
    for action in ACTIONS:
        steps = plan(action, ["1", "h"], fleet, NOW, read_only=True).steps
        assert {step.refusal for step in steps} == {READ_ONLY}
        assert {step.consequences for step in steps} == {()}


def test_a_runner_that_is_gone_is_refused_by_its_id() -> None:
    step = plan(action_by_id("restart"), ["nobody"], snapshot_of(HEALTHY), NOW).steps[0]
    assert (step.runner.name, step.refusal) == ("nobody", GONE)


def test_a_runner_named_twice_is_planned_once_and_in_the_order_asked() -> None:
    other = replace(HEALTHY, id="2")
    made = plan(action_by_id("restart"), ["2", "1", "2"], snapshot_of(HEALTHY, other), NOW)
    assert [step.runner.id for step in made.steps] == ["2", "1"]
    assert made.allowed == made.steps
    assert made.refused == ()


def test_what_somebody_may_not_do_is_refused_for_every_runner_with_that_reason() -> None:
    fleet = snapshot_of(HEALTHY, HOSTED_RUNNER)
    made = plan(action_by_id("restart"), [HEALTHY.id, "gone"], fleet, NOW, forbidden="Not you.")
    assert [step.refusal for step in made.steps] == ["Not you.", GONE]
    assert not made.allowed
