"""Commands take their time on a runner and end in the state that the product documents."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from console.demo.lifecycle import COMMANDS, Refusal
from console.demo.world import World


def state(world: World, name: str) -> tuple[str, bool]:
    runner = world.named(name)
    return runner.status, runner.connected


def send(world: World, name: str, command: str) -> None:
    world.command(world.named(name).id, command)


def test_pausing_takes_seconds_and_then_says_until_when(world, clock) -> None:
    send(world, "prod-eu-fargate", "PAUSE")
    assert state(world, "prod-eu-fargate") == ("pausing", True)
    clock.move(seconds=5)
    assert state(world, "prod-eu-fargate") == ("pausing", True)
    clock.move(seconds=1)
    assert state(world, "prod-eu-fargate") == ("paused", True)
    assert world.named("prod-eu-fargate").paused_until == clock.now + timedelta(hours=8)


def test_a_paused_runner_resumes_by_itself_at_its_time(world, clock) -> None:
    runner = world.named("prod-us-fargate")
    clock.now = runner.paused_until - timedelta(seconds=1)
    assert state(world, runner.name) == ("paused", True)
    clock.move(seconds=1)
    assert state(world, runner.name) == ("running", True)
    assert world.named(runner.name).paused_until is None


def test_a_pause_that_was_resumed_and_begun_again_ends_at_its_own_time(world, clock) -> None:
    send(world, "prod-eu-fargate", "PAUSE")
    clock.move(seconds=6)
    assert state(world, "prod-eu-fargate")[0] == "paused"
    send(world, "prod-eu-fargate", "RESUME")
    clock.move(hours=1)
    assert state(world, "prod-eu-fargate") == ("running", True)
    send(world, "prod-eu-fargate", "PAUSE")
    clock.move(hours=7, minutes=30)
    assert state(world, "prod-eu-fargate")[0] == "paused"


def test_resuming_a_runner_that_was_removed_while_paused_shows_it_stopped(world, clock) -> None:
    send(world, "old-aci", "RESUME")
    clock.move(seconds=2)
    assert state(world, "old-aci") == ("stopped", False)


def test_a_resume_stops_a_pause_under_way(world, clock) -> None:
    send(world, "prod-eu-fargate", "PAUSE")
    clock.move(seconds=3)
    send(world, "prod-eu-fargate", "RESUME")
    clock.move(seconds=60)
    assert state(world, "prod-eu-fargate") == ("running", True)


def test_a_restart_drains_disconnects_and_comes_back_updated(world, clock) -> None:
    before = world.named("finance-aca").version
    send(world, "finance-aca", "RESTART")
    seen = [(state(world, "finance-aca"))]
    for _ in range(20):
        clock.move(seconds=1)
        if state(world, "finance-aca") != seen[-1]:
            seen.append(state(world, "finance-aca"))
    assert seen == [("stopping", True), ("stopped", False), ("running", True)]
    assert world.named("finance-aca").version != before


def test_a_pinned_runner_restarts_into_the_same_version(world, clock) -> None:
    before = world.named("legacy-eks").version
    send(world, "legacy-eks", "RESTART")
    clock.move(minutes=1)
    assert state(world, "legacy-eks") == ("running", True)
    assert world.named("legacy-eks").version == before


def test_a_paused_runner_stays_paused_through_a_restart_and_still_resumes(world, clock) -> None:
    until = world.named("prod-us-fargate").paused_until
    send(world, "prod-us-fargate", "RESTART")
    clock.move(seconds=9)
    assert state(world, "prod-us-fargate") == ("paused", False)
    clock.move(seconds=9)
    assert state(world, "prod-us-fargate") == ("paused", True)
    clock.now = until
    assert state(world, "prod-us-fargate") == ("running", True)


def test_a_new_secret_cuts_the_runner_off_until_it_is_restarted(world, clock) -> None:
    runner = world.named("prod-eu-fargate")
    before = world.credentials(runner.id)
    after = world.refresh_secret(runner.id)
    assert (before["clientId"], before["clientSecret"]) != (
        after["clientId"],
        after["clientSecret"],
    )
    clock.move(days=1)
    assert state(world, runner.name) == ("unknown", False)
    send(world, runner.name, "RESTART")
    clock.move(seconds=10)
    assert state(world, runner.name) == ("running", True)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("saas-shared", "RESTART"),
        ("saas-shared", "PAUSE"),
        ("snowflake-app", "RESTART"),
        ("sandbox", "RESTART"),
        ("ml-gke", "PAUSE"),
        ("analytics-aks", "RESTART"),
        ("prod-us-fargate", "PAUSE"),
        ("prod-eu-fargate", "RESUME"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused(world, name: str, command: str) -> None:
    with pytest.raises(Refusal):
        send(world, name, command)


class AnyHandling(RuleBasedStateMachine):
    """Whatever is sent in whatever order, no runner ends in a state that contradicts itself."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 10, 7, 12, tzinfo=UTC)
        self.world = World(clock=lambda: self.now)
        self.ids = [runner.id for runner in self.world.runners()]

    @rule(place=st.integers(0, 23), command=st.sampled_from(COMMANDS))
    def send(self, place: int, command: str) -> None:
        with suppress(Refusal):
            self.world.command(self.ids[place], command)

    @rule(place=st.integers(0, 23))
    def refresh_secret(self, place: int) -> None:
        with suppress(Refusal):
            self.world.refresh_secret(self.ids[place])

    @rule(seconds=st.sampled_from([1, 5, 60, 3600, 9 * 3600, 5 * 86400]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def states_hold_together(self) -> None:
        for runner in self.world.runners():
            assert (runner.paused_until is not None) == (runner.status == "paused"), runner
            assert runner.status not in ("stopped", "unknown", "pending") or not runner.connected
            assert runner.paused_until is None or runner.paused_until > self.now
            assert (runner.version is None) == (runner.status == "pending"), runner


AnyHandling.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestAnyHandling = AnyHandling.TestCase
