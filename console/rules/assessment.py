"""Everything the rules say of one runner, gathered so that no view asks twice."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from console.fleet.memory import Memory
from console.fleet.snapshot import Runner, Snapshot, Status
from console.rules.currency import Currency
from console.rules.findings import Finding, Moment, Severity, findings, is_plainly_fine
from console.rules.outlook import Case, Judgement, Outlook, by_the_minute, outlook
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
    return _Assessor(outlook(snapshot.memory, minute), minute).assessment(runner, snapshot)


def assessments(snapshot: Snapshot, now: datetime) -> tuple[Assessment, ...]:
    """Of the whole fleet, in its order; worked out once for all who ask within a minute."""
    return _of_the_fleet(snapshot, by_the_minute(now))


@lru_cache(maxsize=4)
def _of_the_fleet(snapshot: Snapshot, minute: datetime) -> tuple[Assessment, ...]:
    return _assessor(snapshot.memory, minute).of_the_fleet(snapshot)


@lru_cache(maxsize=2)
def _assessor(memory: Memory, minute: datetime) -> "_Assessor":
    return _Assessor(outlook(memory, minute), minute)


class _Assessor:
    """Assesses runners within a minute. What is found of one is found of all of its case, and of
    itself at the next reading while it is the same object, but for those whose findings carry a
    time of their own."""

    def __init__(self, outlook: Outlook, minute: datetime) -> None:
        self._outlook = outlook
        self._minute = minute
        self._cases: dict[Case, tuple[Judgement, tuple[Finding, ...]]] = {}
        self._last: dict[int, Assessment] = {}

    def of_the_fleet(self, snapshot: Snapshot) -> tuple[Assessment, ...]:
        last = self._last
        made = [
            known
            if (known := last.get(id(runner))) is not None and known.runner is runner
            else self.assessment(runner, snapshot)
            for runner in snapshot.runners
        ]
        self._last = {id(each.runner): each for each in made if each.runner.status not in _TIMED}
        return tuple(made)

    def assessment(self, runner: Runner, snapshot: Snapshot) -> Assessment:
        if runner.status in _TIMED:
            judged = self._outlook.judgement(runner)
            return Assessment(runner, judged, self._findings(runner, judged, snapshot))
        case = self._outlook.case(runner)
        known = self._cases.get(case)
        if known is None:
            judged = self._outlook.judgement(runner)
            known = self._cases[case] = judged, self._findings(runner, judged, snapshot)
        return Assessment(runner, *known)

    def _findings(
        self, runner: Runner, judged: Judgement, snapshot: Snapshot
    ) -> tuple[Finding, ...]:
        if is_plainly_fine(runner):
            return ()
        since = snapshot.status_since.get(runner.id)
        return findings(runner, Moment(self._minute, judged, since))


_TIMED = (Status.PAUSED, Status.PAUSING, Status.STOPPING)
"""Statuses whose findings say since when or until when."""
