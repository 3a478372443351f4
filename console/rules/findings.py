"""What about a runner needs attention: one function a finding, listed once, worst first.

A finding is a code with its severity and the named facts its sentence needs; the sentence and the
remedy are in `console.view.words`, under the same code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from console.fleet.kinds import is_hosted
from console.fleet.snapshot import Runner, Status
from console.rules.currency import Oddity
from console.rules.outlook import Judgement
from console.rules.support import Support, support
from console.rules.updating import Cause

SLOW_DRAIN = timedelta(hours=1)
"""Stopping or pausing for longer is worth a look; the vendor's charts allow a drain 12 hours."""

LEAVES_SOON = timedelta(days=7)
"""From here on a supported version is a warning, and not only a notice."""


class Severity(IntEnum):
    NOTICE = 1
    WARNING = 2
    CRITICAL = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """`until` is when it ends or happens, `since` when it was seen to begin."""

    code: str
    severity: Severity
    facts: tuple[tuple[str, str], ...] = ()
    until: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When a runner is looked at, what is known of its version, and since when this process has
    seen it in its present status: the API keeps no history, so it may have begun earlier."""

    now: datetime
    judged: Judgement
    status_since: datetime | None = None


FindingRule = Callable[[Runner, Moment], Finding | None]


def findings(runner: Runner, moment: Moment) -> tuple[Finding, ...]:
    """All findings of one runner, worst first, in the order of `RULES` within a severity."""
    rules = HOSTED_RULES if is_hosted(runner) else RULES
    found = [finding for rule in rules if (finding := rule(runner, moment)) is not None]
    if len(found) > 1:
        found.sort(key=lambda finding: -finding.severity)
    return tuple(found)


def is_plainly_fine(runner: Runner) -> bool:
    """The usual runner, for which no rule finds anything. Asked first, because a large fleet is
    mostly these, and asking each rule takes ten times as long. The newest version of the track is
    neither the last supported one nor another track's."""
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


def support_ending(runner: Runner, moment: Moment) -> Finding | None:
    """The next release of its track ends its support, and nothing says that it updates itself."""
    forecast = moment.judged.support
    if forecast.support is not Support.ENDING or forecast.leaves is None:
        return None
    is_soon = forecast.leaves - moment.now < LEAVES_SOON
    severity = Severity.WARNING if is_soon else Severity.NOTICE
    facts = (("version", runner.version or ""),)
    return Finding("support_ending", severity, facts, until=forecast.leaves)


def track_unmatched(runner: Runner, moment: Moment) -> Finding | None:
    """Its track was changed, and it does not report the newest version of its new track yet."""
    lesson = moment.judged.lesson
    if lesson.track_changed is None:
        return None
    facts = (
        ("version", runner.version or ""),
        ("track", (runner.track or "").title()),
        ("left", lesson.track_left.title()),
    )
    return Finding("track_unmatched", Severity.WARNING, facts, since=lesson.track_changed)


def other_track(runner: Runner, moment: Moment) -> Finding | None:
    """It runs a version of the other track, which its own is not known to have had."""
    stands = moment.judged.standing
    if stands.oddity is not Oddity.OTHER_TRACK or moment.judged.lesson.track_changed is not None:
        return None
    facts = (
        ("version", runner.version or ""),
        ("track", (runner.track or "").title()),
        ("other", stands.other_track.title()),
    )
    return Finding("other_track", Severity.WARNING, facts)


def behind_on_auto_update(runner: Runner, moment: Moment) -> Finding | None:
    """It should have updated itself: a pinned image, a stale mirror or a pull policy is likely.

    Counted from the first release that it misses, as far as that is known.
    """
    why = moment.judged.why
    if why is None or why.cause is not Cause.STALE_IMAGE or why.since is None:
        return None
    days = (moment.now - why.since).days
    return Finding("auto_update_behind", Severity.WARNING, (("days", str(days)),))


def probably_pinned(runner: Runner, moment: Moment) -> Finding | None:
    """It was restarted while its track had a newer version, and came back on the same one."""
    why = moment.judged.why
    if why is None or why.cause is not Cause.PINNED:
        return None
    facts = (("version", runner.version or ""),)
    return Finding("probably_pinned", Severity.NOTICE, facts, since=why.since)


def update_available(runner: Runner, moment: Moment) -> Finding | None:
    if not moment.judged.has_update:
        return None
    facts = (("version", runner.version or ""), ("latest", runner.latest_version or ""))
    return Finding("update_available", Severity.NOTICE, facts)


_KNOWN_STATUSES = frozenset(Status)

RULES: tuple[FindingRule, ...] = (
    out_of_support,
    state_unknown,
    offline,
    stuck,
    support_ending,
    track_unmatched,
    other_track,
    behind_on_auto_update,
    probably_pinned,
    stopped,
    pending,
    paused,
    unrecognised_status,
    update_available,
)

HOSTED_RULES: tuple[FindingRule, ...] = (out_of_support, state_unknown, offline)
"""Nothing that asks the user to do something to a runner that only the vendor can touch."""
