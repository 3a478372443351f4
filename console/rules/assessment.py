"""Everything the rules say of one runner, gathered so that no view asks twice."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from console.fleet.snapshot import Runner, Snapshot
from console.rules.currency import Currency
from console.rules.findings import Finding, Moment, Severity, findings, is_plainly_fine
from console.rules.outlook import Judgement, Outlook, by_the_minute, outlook
from console.rules.support import Support


class Assessment(NamedTuple):
    """One runner with its facts; `findings` worst first. A named tuple, because ten thousand are
    made at every poll."""

    runner: Runner
    judged: Judgement
    findings: tuple[Finding, ...]

    @property
    def currency(self) -> Currency:
        return self.judged.standing.currency

    @property
    def support(self) -> Support:
        return self.judged.support.support

    @property
    def has_update(self) -> bool:
        return self.judged.has_update

    @property
    def severity(self) -> int:
        """The worst finding's severity, 0 without any."""
        return self.findings[0].severity if self.findings else 0

    @property
    def is_problem(self) -> bool:
        """Worth a person's time now: something that warns or worse."""
        return self.severity >= Severity.WARNING


def assess(runner: Runner, snapshot: Snapshot, now: datetime) -> Assessment:
    """One runner, looked at by the minute like all of them."""
    minute = by_the_minute(now)
    return _assessed(runner, snapshot, minute, outlook(snapshot.memory, minute))


def assessments(snapshot: Snapshot, now: datetime) -> tuple[Assessment, ...]:
    """Of the whole fleet, in its order; worked out once for all who ask within a minute."""
    return _of_the_fleet(snapshot, by_the_minute(now))


@lru_cache(maxsize=4)
def _of_the_fleet(snapshot: Snapshot, minute: datetime) -> tuple[Assessment, ...]:
    seen = outlook(snapshot.memory, minute)
    return tuple([_assessed(runner, snapshot, minute, seen) for runner in snapshot.runners])


def _assessed(runner: Runner, snapshot: Snapshot, minute: datetime, seen: Outlook) -> Assessment:
    judged = seen.judgement(runner)
    if is_plainly_fine(runner):
        return Assessment(runner, judged, ())
    moment = Moment(minute, judged, snapshot.status_since.get(runner.id))
    return Assessment(runner, judged, findings(runner, moment))
