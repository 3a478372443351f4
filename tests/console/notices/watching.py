"""Readings one after the other, and what fires at each."""

from collections.abc import Iterable
from datetime import timedelta

from console.fleet.snapshot import Operation, Runner, Snapshot
from console.notices.rules import Rule
from console.notices.sight import Presence, Sight
from console.notices.transitions import Armed, Notice, transitions
from console.notices.watch import Fired, Known, found, step
from tests.console.fleets import NOW

POLL = timedelta(seconds=15)

HERE = Sight(Presence.HERE, is_paused=False, version="1")
NEITHER = HERE._replace(presence=Presence.NEITHER, is_paused=None)
PAUSED = HERE._replace(is_paused=True)


def away(sight: Sight = HERE, **facts: object) -> Sight:
    """Of unknown state, so that it does not tell whether it is paused."""
    return sight._replace(presence=Presence.AWAY, is_paused=None, **facts)


def fired(sights: Iterable[Sight], *, busy: Iterable[int] = ()) -> list[tuple[Fired, ...]]:
    """What fires at each sight; they are a poll apart. `busy` are the numbers of those during
    which an action is under way."""
    known: Known | None = None
    all_fired: list[tuple[Fired, ...]] = []
    for number, sight in enumerate(sights):
        if sight.presence is Presence.AWAY:
            sight = sight._replace(at=NOW + number * POLL)
        if known is None:
            known, fires = found(sight), ()
        else:
            known, fires = step(known, sight, is_busy=number in set(busy), two_polls=0.9 * POLL)
        all_fired.append(fires)
    return all_fired


def rules_fired(sights: Iterable[Sight], *, busy: Iterable[int] = ()) -> list[str]:
    """As one word a sight, "" for none."""
    return [" ".join(each.rule for each in fires) for fires in fired(sights, busy=busy)]


class Watched:
    """A fleet that is read time and again."""

    def __init__(self, armed: Armed | None = None) -> None:
        self.armed = armed or Armed()
        self.now = NOW
        self.operations: tuple[Operation, ...] = ()

    def read(self, *runners: Runner, after: timedelta = POLL) -> list[Notice]:
        self.now += after
        snapshot = Snapshot(runners=runners, taken=self.now, operations=self.operations)
        return self.see(snapshot)

    def see(self, snapshot: Snapshot) -> list[Notice]:
        self.armed, notices = transitions(self.armed, snapshot, self.now)
        return list(notices)


def told(notices: Iterable[Notice]) -> list[tuple[Rule, str]]:
    return [
        (each.rule, each.assessed.runner.name if each.assessed else each.operation.runner_name)  # type: ignore[union-attr]
        for each in notices
    ]
