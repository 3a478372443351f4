"""From one snapshot to the next: what has changed in the fleet that is worth telling. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from console.fleet.snapshot import Operation, Phase, Snapshot
from console.notices.rules import Rule
from console.notices.sight import Sight, sight_of
from console.notices.watch import Fired, Known, found, step
from console.rules.assessment import Assessment, assessments

FORGOTTEN_AFTER = timedelta(days=1)
"""A runner that is missing from the list for as long is a new one when it comes back."""

POLLS_APART = 0.9
"""Two readings are this part of the poll interval apart at least: clocks are not that exact, and
while an action is under way the fleet is read more often."""

FAILED = (Phase.FAILED, Phase.NOT_SEEN)


@dataclass(frozen=True, slots=True)
class Armed:
    """What is known of the fleet as of the reading at `taken`, None before the first. `missing`
    says since when a runner is not in the list. `ended` are the operations that are over, None
    before the first snapshot: they are this process's own."""

    taken: datetime | None = None
    runners: Mapping[str, Known] = field(default_factory=dict)
    missing: Mapping[str, datetime] = field(default_factory=dict)
    ended: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell, of a runner or of an action."""

    rule: Rule
    assessed: Assessment | None = None
    days: int = 0
    operation: Operation | None = None


def transitions(
    armed: Armed, snapshot: Snapshot, now: datetime
) -> tuple[Armed, tuple[Notice, ...]]:
    """What is known after the snapshot, and what has happened since `armed`; in the order of the
    rules, and of the fleet within each. Nothing fires twice, whatever snapshots lie between."""
    after, notices = armed, list[Notice]()
    if snapshot.taken is not None and snapshot.taken != armed.taken:
        after, notices = _reading(armed, snapshot, snapshot.taken, now)
    ended = {each.id: each for each in snapshot.operations if not each.is_open}
    if armed.ended is not None:
        notices += [
            Notice(Rule.ACTION_FAILED, operation=operation)
            for number, operation in ended.items()
            if number not in armed.ended and operation.phase in FAILED
        ]
    if armed.ended is None or armed.ended != ended.keys():
        after = replace(after, ended=frozenset(ended))
    order = tuple(Rule)
    return after, tuple(sorted(notices, key=lambda notice: order.index(notice.rule)))


def _reading(
    armed: Armed, snapshot: Snapshot, taken: datetime, now: datetime
) -> tuple[Armed, list[Notice]]:
    """A fleet has few kinds of runners, so each sight and each step is worked out once."""
    two_polls = timedelta(seconds=snapshot.poll_seconds * POLLS_APART)
    busy = snapshot.open_operations
    sights: dict[tuple[object, ...], Sight] = {}
    steps: dict[tuple[int, int, bool], tuple[Known, tuple[Fired, ...]]] = {}
    runners: dict[str, Known] = {}
    notices: list[Notice] = []
    for each in assessments(snapshot, now):
        runner = each.runner
        kind = (id(each.judged), runner.status, runner.connected, runner.version)
        sight = sights.get(kind) or sights.setdefault(kind, sight_of(each, taken))
        known, is_busy = armed.runners.get(runner.id), runner.id in busy
        place = (id(known), id(sight), is_busy)
        stepped = steps.get(place)
        if stepped is None:
            stepped = steps[place] = (
                (found(sight), ())
                if known is None
                else step(known, sight, is_busy=is_busy, two_polls=two_polls)
            )
        runners[runner.id] = stepped[0]
        if stepped[1]:
            notices += [Notice(fired.rule, each, fired.days) for fired in stepped[1]]
    return _with_missing(armed, runners, taken), notices


def _with_missing(armed: Armed, runners: dict[str, Known], taken: datetime) -> Armed:
    missing = {
        runner_id: since
        for runner_id in armed.runners.keys() - runners.keys()
        if taken - (since := armed.missing.get(runner_id, taken)) < FORGOTTEN_AFTER
    }
    runners |= {runner_id: armed.runners[runner_id] for runner_id in missing}
    return Armed(taken, runners, missing, armed.ended)
