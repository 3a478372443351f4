"""When the fleet is read again is known beforehand, so that nobody need be told of each reading."""

from dataclasses import replace
from datetime import timedelta

from console.fleet.snapshot import Problem, ProblemKind, Snapshot
from console.view.pace import seconds_to_reading
from tests.console.fleets import HEALTHY, NOW, operation_on, snapshot_of


def test_the_next_reading_follows_the_last_by_the_pace_and_sooner_while_something_goes_on() -> None:
    calm = snapshot_of(HEALTHY)
    assert seconds_to_reading(calm, NOW + timedelta(seconds=5)) == 10
    busy = replace(calm, operations=(operation_on(HEALTHY),))
    assert seconds_to_reading(busy, NOW + timedelta(seconds=1)) == 1
    assert seconds_to_reading(calm, NOW + timedelta(hours=1)) == 0
    assert seconds_to_reading(Snapshot(), NOW) == 0


def test_in_trouble_it_is_when_it_is_tried_again() -> None:
    problem = Problem(ProblemKind.FAILED, "", NOW, NOW + timedelta(seconds=60))
    assert seconds_to_reading(replace(snapshot_of(HEALTHY), problem=problem), NOW) == 60
