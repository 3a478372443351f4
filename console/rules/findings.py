"""What about a runner needs attention: one function a finding, listed once, worst first.

A finding is a code with its severity and the named facts its sentence needs; the sentence and the
remedy are in `console.view.words`, under the same code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from console.fleet.kinds import is_hosted, is_native_app
from console.fleet.snapshot import Runner, Status
from console.rules.currency import Currency, currency, has_update
from console.rules.support import Support, support

AUTO_UPDATE_GRACE = timedelta(days=3)
"""Auto-update replaces instances in steps soon after a release; behind for longer is a finding."""

SLOW_DRAIN = timedelta(hours=1)
"""Stopping or pausing for longer is worth a look; the vendor's charts allow a drain 12 hours."""


class Severity(IntEnum):
    NOTICE = 1
    WARNING = 2
    CRITICAL = 3


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    severity: Severity
    facts: tuple[tuple[str, str], ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When a runner is looked at, and since when this process has seen it in its present status:
    the API keeps no history, so the true beginning may be earlier."""

    now: datetime
    status_since: datetime | None = None


FindingRule = Callable[[Runner, Moment], Finding | None]


def findings(runner: Runner, moment: Moment) -> tuple[Finding, ...]:
    """All findings of one runner, worst first, in the order of `RULES` within a severity."""
    if is_plainly_fine(runner):
        return ()
    rules = HOSTED_RULES if is_hosted(runner) else RULES
    found = [finding for rule in rules if (finding := rule(runner, moment)) is not None]
    if len(found) > 1:
        found.sort(key=lambda finding: -finding.severity)
    return tuple(found)


def is_plainly_fine(runner: Runner) -> bool:
    """The usual runner, for which no rule finds anything. Asked first, because a large fleet is
    mostly these, and asking each rule takes ten times as long."""
    return (
        runner.status == Status.RUNNING
        and runner.connected is True
        and runner.api_support == "supported"
        and not runner.update_available
        and runner.version is not None
        and runner.version == runner.latest_version
    )


def out_of_support(runner: Runner, moment: Moment) -> Finding | None:
    if support(runner) is not Support.UNSUPPORTED:
        return None
    return Finding("out_of_support", Severity.CRITICAL, (("version", runner.version or ""),))


def state_unknown(runner: Runner, moment: Moment) -> Finding | None:
    """Lost without a clean stop, or its secret was refreshed and the new one is not installed."""
    return Finding("state_unknown", Severity.CRITICAL) if runner.status == Status.UNKNOWN else None


def offline(runner: Runner, moment: Moment) -> Finding | None:
    """Not connected although its status says it should be. A stopped or pending runner is not."""
    if runner.connected is not False:
        return None
    if runner.status == Status.PAUSED:
        return Finding("offline_paused", Severity.WARNING)
    if runner.status in (Status.RUNNING, Status.PAUSING):
        return Finding("offline", Severity.CRITICAL)
    return None


def stuck(runner: Runner, moment: Moment) -> Finding | None:
    """Stopping or pausing for over an hour, counted from when this process first saw it."""
    if runner.status not in (Status.STOPPING, Status.PAUSING) or moment.status_since is None:
        return None
    if moment.now - moment.status_since < SLOW_DRAIN:
        return None
    hours = int((moment.now - moment.status_since) / timedelta(hours=1))
    facts = (("hours", str(hours)),)
    return Finding(f"stuck_{runner.status}", Severity.WARNING, facts)


def stopped(runner: Runner, moment: Moment) -> Finding | None:
    return Finding("stopped", Severity.NOTICE) if runner.status == Status.STOPPED else None


def pending(runner: Runner, moment: Moment) -> Finding | None:
    return Finding("pending", Severity.NOTICE) if runner.status == Status.PENDING else None


def paused(runner: Runner, moment: Moment) -> Finding | None:
    if runner.status != Status.PAUSED:
        return None
    return Finding("paused", Severity.NOTICE, until=runner.paused_until)


def unrecognised_status(runner: Runner, moment: Moment) -> Finding | None:
    """A status nobody has heard of, or none at all: not safe to act on."""
    if runner.status in _KNOWN_STATUSES:
        return None
    return Finding("status_unrecognised", Severity.NOTICE, (("status", runner.status or ""),))


def behind_on_auto_update(runner: Runner, moment: Moment) -> Finding | None:
    """It should have updated itself: a pinned image, a stale mirror or a pull policy is likely.

    Counted from the release of the track's newest version; the API has no other date.
    """
    if not runner.auto_updates or is_native_app(runner) or runner.latest_released is None:
        return None
    if currency(runner) is not Currency.BEHIND:
        return None
    waited = moment.now - runner.latest_released
    if waited < AUTO_UPDATE_GRACE:
        return None
    return Finding("auto_update_behind", Severity.WARNING, (("days", str(waited.days)),))


def update_available(runner: Runner, moment: Moment) -> Finding | None:
    if not has_update(runner):
        return None
    facts = (("version", runner.version or ""), ("latest", runner.latest_version or ""))
    return Finding("update_available", Severity.NOTICE, facts)


_KNOWN_STATUSES = frozenset(Status)

RULES: tuple[FindingRule, ...] = (
    out_of_support,
    state_unknown,
    offline,
    stuck,
    behind_on_auto_update,
    stopped,
    pending,
    paused,
    unrecognised_status,
    update_available,
)

HOSTED_RULES: tuple[FindingRule, ...] = (out_of_support, state_unknown, offline)
"""Nothing that asks the user to do something to a runner that only the vendor can touch."""
