"""How a plan came out: told once, when the last of its runners has ended, and of it alone."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from console.access.audit import Outcome
from console.access.ends import LONGEST, when_ended
from console.actions.catalogue import action_by_id
from console.actions.plan import Plan, plan
from console.api.models.runners import RunnerRecord
from console.fleet.snapshot import Phase, Runner
from console.fleet.store import KEPT_OPERATIONS, FleetStore
from tests.console.access.desk import Clock
from tests.console.fleets import HEALTHY, NOW, operation_on, snapshot_of


async def _nothing() -> tuple[RunnerRecord, ...]:
    return ()


@dataclass
class Watched:
    """A plan for so many runners that is watched, and what is told of its end."""

    count: int
    clock: Clock = field(default_factory=Clock)
    told: list[tuple[str, Outcome]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = FleetStore(_nothing, clock=self.clock)
        when_ended(self.store, self._agreed(), "p1", lambda *said: self.told.append(said))

    @property
    def runners(self) -> tuple[Runner, ...]:
        return tuple(replace(HEALTHY, id=str(each)) for each in range(self.count))

    def _agreed(self) -> Plan:
        ids = [runner.id for runner in self.runners]
        return plan(action_by_id("restart"), ids, snapshot_of(*self.runners), NOW)

    def reach(self, number: int, phase: Phase, plan_id: str = "p1") -> None:
        operation = operation_on(self.runners[number], phase, number)
        self.store.record(replace(operation, plan_id=plan_id))

    @property
    def is_watched(self) -> bool:
        return bool(self.store._listeners)


@pytest.mark.parametrize(
    ("phases", "words", "outcome"),
    [
        ("done", "Restart: 1 done", Outcome.DONE),
        ("done failed done", "Restart: 2 done, 1 failed", Outcome.FAILED),
        ("not_seen done", "Restart: 1 done, 1 not seen to finish", Outcome.NOT_SEEN),
        ("not_seen failed", "Restart: 1 failed, 1 not seen to finish", Outcome.FAILED),
    ],
)
async def test_it_is_told_once_when_the_last_runner_has_ended(
    phases: str, words: str, outcome: Outcome
) -> None:
    reached = [Phase(each) for each in phases.split()]
    watched = Watched(len(reached))
    for number, phase in enumerate(reached):
        assert watched.told == []
        watched.reach(number, Phase.UNDER_WAY)
        watched.reach(number, phase)
    watched.reach(0, Phase.DONE)
    assert watched.told == [(words, outcome)]
    assert not watched.is_watched


async def test_what_is_done_by_another_plan_does_not_count() -> None:
    watched = Watched(1)
    watched.reach(0, Phase.DONE, "p2")
    assert watched.told == []
    watched.reach(0, Phase.FAILED)
    assert watched.told == [("Restart: 1 failed", Outcome.FAILED)]


async def test_runners_that_the_snapshot_has_forgotten_by_then_are_counted_too() -> None:
    count = KEPT_OPERATIONS + 50
    watched = Watched(count)
    for number in range(count):
        watched.reach(number, Phase.DONE)
    assert watched.told == [(f"Restart: {count} done", Outcome.DONE)]


async def test_an_end_that_does_not_come_is_not_waited_for_for_ever() -> None:
    watched = Watched(2)
    watched.reach(0, Phase.DONE)
    watched.clock.now += LONGEST - timedelta(seconds=1)
    watched.store.tell()
    assert watched.is_watched
    watched.clock.now += timedelta(seconds=1)
    watched.store.tell()
    assert not watched.is_watched
    assert watched.told == []
