"""What is told of a fleet from one snapshot to the next."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.snapshot import Phase, Runner, Snapshot
from console.notices.rules import Rule
from console.notices.transitions import FORGOTTEN_AFTER, Armed
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, operation_on, snapshot_of
from tests.console.notices.watching import POLL, Watched, told

UNKNOWN = replace(HEALTHY, status="unknown", connected=None)
OFFLINE = replace(HEALTHY, connected=False)
UNSUPPORTED = replace(HEALTHY, api_support="unsupported")
BEHIND = replace(HEALTHY, latest_version="10.1305.0", update_available=True)


@pytest.mark.parametrize("lost", [UNKNOWN, OFFLINE, replace(OFFLINE, track=None)])
def test_a_runner_of_unknown_state_or_without_connection_is_lost(lost: Runner) -> None:
    fleet = Watched()
    assert fleet.read(HEALTHY) == fleet.read(lost) == []
    assert told(fleet.read(lost)) == [(Rule.RUNNER_LOST, "prod-eu")]
    assert fleet.read(lost) == []
    assert told(fleet.read(HEALTHY)) == [(Rule.RUNNER_RECOVERED, "prod-eu")]


@pytest.mark.parametrize("status", ["stopped", "stopping", "pending", "paused", None, "<b>"])
def test_any_other_status_is_no_loss(status: str | None) -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    other = replace(HEALTHY, status=status, connected=False)
    assert [fleet.read(other) for _ in range(4)] == [[]] * 4


@pytest.mark.parametrize(
    ("after", "rule"),
    [(UNSUPPORTED, Rule.LEFT_SUPPORT), (BEHIND, Rule.UPDATE_AVAILABLE)],
)
def test_what_has_changed_is_told_once_and_what_was_so_before_is_not(
    after: Runner, rule: Rule
) -> None:
    found, changed = Watched(), Watched()
    assert found.read(after) == found.read(after) == []
    changed.read(HEALTHY)
    assert told(changed.read(after)) == [(rule, "prod-eu")]
    assert changed.read(after) == []


def test_the_days_before_leaving_support_are_counted_from_the_forecast() -> None:
    last = replace(
        HEALTHY,
        auto_updates=False,
        track="stable",
        version="10.1300.0",
        latest_version="10.1303.0",
    )
    fleet = Watched()
    days: list[int] = []
    for _ in range(40):
        days += [
            each.days
            for each in fleet.read(last, after=timedelta(days=1))
            if each.rule is Rule.LEAVES_SUPPORT
        ]
    assert days[-1] == 1
    assert days == sorted(set(days), reverse=True)


@pytest.mark.parametrize("status", ["stopping", "paused", "unknown", "pending"])
def test_a_runner_that_updates_itself_is_not_said_to_leave_support_when_it_is_down(
    status: str,
) -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    down = replace(HEALTHY, status=status)
    days = [fleet.read(down, after=timedelta(days=1)) for _ in range(14)]
    assert not [each for notices in days for each in notices if each.rule is Rule.LEAVES_SUPPORT]


def test_a_snapshot_that_is_no_new_reading_fires_nothing_of_runners() -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    fleet.read(UNKNOWN)
    same = Snapshot(runners=(UNKNOWN,), taken=fleet.now)
    fleet.now += timedelta(hours=1)
    assert fleet.see(same) == []
    assert fleet.see(Snapshot()) == []
    assert told(fleet.read(UNKNOWN)) == [(Rule.RUNNER_LOST, "prod-eu")]


def test_readings_in_quick_succession_are_not_two_polls() -> None:
    """While an action is under way on another runner, the fleet is read every two seconds."""
    fleet, soon = Watched(), timedelta(seconds=2)
    fleet.read(HEALTHY)
    quick = [fleet.read(UNKNOWN, after=soon) for _ in range(7)]
    assert quick == [[]] * 7
    assert told(fleet.read(UNKNOWN, after=soon)) == [(Rule.RUNNER_LOST, "prod-eu")]


def test_a_runner_that_is_missing_from_one_reading_is_not_told_of_again() -> None:
    fleet = Watched()
    for runner in (HEALTHY, UNKNOWN, UNKNOWN):
        fleet.read(runner)
    assert fleet.read() == []
    assert fleet.read(UNKNOWN) == fleet.read(UNKNOWN) == []
    assert told(fleet.read(HEALTHY)) == [(Rule.RUNNER_RECOVERED, "prod-eu")]


def test_a_runner_that_is_gone_is_forgotten() -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    fleet.read()
    fleet.read(after=FORGOTTEN_AFTER / 2)
    assert fleet.armed.runners.keys() == fleet.armed.missing.keys() == {"1"}
    fleet.read(after=FORGOTTEN_AFTER / 2)
    assert not fleet.armed.runners
    assert not fleet.armed.missing
    assert fleet.read(UNSUPPORTED) == []


def test_a_new_runner_is_not_news() -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    assert fleet.read(HEALTHY, replace(UNSUPPORTED, id="2")) == []


@pytest.mark.parametrize("phase", [Phase.FAILED, Phase.NOT_SEEN])
def test_an_action_that_failed_is_told_once_between_readings_too(phase: Phase) -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    operation = operation_on(HEALTHY, phase)
    failed = replace(snapshot_of(HEALTHY, operations=(operation,)), taken=fleet.now)
    assert told(fleet.see(failed)) == [(Rule.ACTION_FAILED, "prod-eu")]
    assert fleet.see(failed) == []


@pytest.mark.parametrize("phase", [Phase.ASKED, Phase.UNDER_WAY, Phase.DONE])
def test_an_action_that_goes_well_is_not_told(phase: Phase) -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    fleet.operations = (operation_on(HEALTHY, phase),)
    assert fleet.read(HEALTHY) == []


def test_what_had_failed_before_is_not_told() -> None:
    fleet = Watched()
    fleet.operations = (operation_on(HEALTHY, Phase.FAILED),)
    assert fleet.read(HEALTHY) == []


def test_a_runner_under_an_action_is_not_lost_until_that_is_over() -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    fleet.operations = (operation_on(HEALTHY),)
    assert [fleet.read(UNKNOWN) for _ in range(5)] == [[]] * 5
    fleet.operations = (operation_on(HEALTHY, Phase.NOT_SEEN),)
    assert told(fleet.read(UNKNOWN)) == [(Rule.ACTION_FAILED, "prod-eu")]
    assert told(fleet.read(UNKNOWN)) == [(Rule.RUNNER_LOST, "prod-eu")]


def test_an_action_on_one_runner_does_not_hide_the_loss_of_another() -> None:
    fleet, other = Watched(), replace(HEALTHY, id="2", name="other")
    fleet.read(HEALTHY, other)
    fleet.operations = (operation_on(HEALTHY),)
    lost = (UNKNOWN, replace(other, status="unknown", connected=None))
    notices = [each for _ in range(4) for each in fleet.read(*lost)]
    assert told(notices) == [(Rule.RUNNER_LOST, "other")]


def test_notices_come_in_the_order_of_the_rules_and_of_the_fleet() -> None:
    fleet = Watched()
    names = ("c", "a", "b")
    fleet.read(*(replace(HEALTHY, id=name, name=name) for name in names))
    after = [replace(UNSUPPORTED, id=name, name=name, status="unknown") for name in names]
    fleet.read(*(replace(each, api_support="supported") for each in after))
    assert told(fleet.read(*after)) == [
        *((Rule.RUNNER_LOST, name) for name in names),
        *((Rule.LEFT_SUPPORT, name) for name in names),
    ]


STATES: tuple[Callable[[Runner], Runner], ...] = (
    lambda runner: runner,
    lambda runner: replace(runner, status="unknown", connected=None),
    lambda runner: replace(runner, connected=False),
    lambda runner: replace(runner, status="paused"),
    lambda runner: replace(runner, status="stopped", version=None),
    lambda runner: replace(runner, api_support="unsupported"),
    lambda runner: replace(runner, api_support=None),
    lambda runner: replace(runner, latest_version="10.1305.0", update_available=True),
)


@given(st.lists(st.lists(st.sampled_from(STATES), min_size=3, max_size=3), max_size=15))
def test_a_fleet_is_told_of_as_its_runners_would_be_one_by_one(
    story: list[list[Callable[[Runner], Runner]]],
) -> None:
    """Sights and steps are shared between runners, which must not show."""
    runners = [replace(HEALTHY, id=str(number), name=str(number)) for number in range(3)]
    fleet, alone = Watched(), [Watched() for _ in runners]
    for states in story:
        shown = [state(runner) for state, runner in zip(states, runners, strict=True)]
        together = told(fleet.read(*shown))
        apart = [
            each
            for one, runner in zip(alone, shown, strict=True)
            for each in told(one.read(runner))
        ]
        assert sorted(together) == sorted(apart)


def test_ten_thousand_runners_are_looked_through_in_milliseconds() -> None:
    fleet = Watched(Armed())
    crowd = demo_snapshot(10_000)
    for _ in range(2):
        fleet.read(*crowd.runners)
    began = time.process_time()
    assert fleet.read(*crowd.runners) == []
    assert time.process_time() - began < 0.5
    assert len(set(map(id, fleet.armed.runners.values()))) < 500
    assert fleet.now == NOW + 3 * POLL
