"""Everything the rules say of one runner, gathered so that no view asks twice."""

from dataclasses import dataclass
from datetime import datetime

from console.fleet.snapshot import Runner, Snapshot
from console.rules.currency import Currency, currency
from console.rules.findings import Finding, Moment, Severity, findings
from console.rules.support import Support, support


@dataclass(frozen=True, slots=True)
class Assessment:
    """One runner with its facts; `findings` worst first."""

    runner: Runner
    currency: Currency
    has_update: bool
    support: Support
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> int:
        """The worst finding's severity, 0 without any."""
        return self.findings[0].severity if self.findings else 0

    @property
    def is_problem(self) -> bool:
        """Worth a person's time now: something that warns or worse."""
        return self.severity >= Severity.WARNING


def assess(runner: Runner, snapshot: Snapshot, now: datetime) -> Assessment:
    moment = Moment(now, snapshot.status_since.get(runner.id))
    standing = currency(runner)
    return Assessment(
        runner,
        standing,
        bool(runner.update_available) or standing is Currency.BEHIND,
        support(runner),
        findings(runner, moment),
    )
