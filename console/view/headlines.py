"""The counts above a fleet, each with the filter that lists exactly what it counts: the headlines
of every front end, and the ready-made filters of the page."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from console.fleet.snapshot import Status
from console.rules.assessment import Assessment
from console.rules.support import Support
from console.view.tone import Tone

OUTLOOK = timedelta(days=7)
"""How far ahead the fleet's outlook looks: a Current release is supported for about as long."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One number. `filter` in the shared grammar lists exactly what is counted."""

    key: str
    label: str
    count: int
    tone: Tone
    symbol: str
    filter: str


@dataclass(frozen=True, slots=True)
class Count:
    """What a headline counts. `counts` may ask only for what the rules say of a runner."""

    key: str
    label: str
    tone: Tone
    symbol: str
    filter: str
    counts: Callable[[Assessment], bool]


def counted(rows: Iterable[Count], assessed: Iterable[Assessment]) -> tuple[Headline, ...]:
    """In the order of the rows, which stays: a count of 0 is muted, not left out. Those of whom the
    rules say the same, which is then one object, are asked once."""
    assessed = tuple(assessed)
    cases = [(id(judged), id(found)) for _, judged, found in assessed]
    numbers = Counter(cases)
    alike = [
        (each, numbers[case]) for case, each in dict(zip(cases, assessed, strict=True)).items()
    ]
    return tuple(
        _headline(row, sum(number for each, number in alike if row.counts(each))) for row in rows
    )


def _headline(row: Count, count: int) -> Headline:
    tone = row.tone if count else Tone.MUTED
    return Headline(row.key, row.label, count, tone, row.symbol, row.filter)


def _is_offline(assessed: Assessment) -> bool:
    return any(each.code in ("offline", "offline_paused") for each in assessed.findings)


def _leaves_soon(assessed: Assessment) -> bool:
    span = assessed.judged.leaves_in
    return span is not None and span <= OUTLOOK


ALL = Count("all", "runners", Tone.NEUTRAL, "", "", lambda a: True)
UNSUPPORTED = Count(
    "unsupported",
    "out of support",
    Tone.CRITICAL,
    "✕",
    "support:unsupported",
    lambda a: a.support is Support.UNSUPPORTED,
)
PAUSED = Count(
    "paused",
    "paused",
    Tone.WARNING,
    "‖",
    "status:paused,pausing",
    lambda a: a.runner.status in (Status.PAUSED, Status.PAUSING),
)

HEADLINES: tuple[Count, ...] = (
    ALL,
    Count(
        "running",
        "running",
        Tone.GOOD,
        "●",
        "status:running connected:yes",
        lambda a: a.runner.status == Status.RUNNING and a.runner.connected is True,
    ),
    UNSUPPORTED,
    Count(
        "ending",
        "support ending",
        Tone.WARNING,
        "!",
        "support:ending",
        lambda a: a.support is Support.ENDING,
    ),
    Count(
        "offline",
        "offline",
        Tone.CRITICAL,
        "✕",
        "finding:offline,offline_paused",
        _is_offline,
    ),
    Count(
        "unknown",
        "unknown",
        Tone.CRITICAL,
        "?",
        "status:unknown",
        lambda a: a.runner.status == Status.UNKNOWN,
    ),
    PAUSED,
    Count(
        "update",
        "to update",
        Tone.INFO,
        "↑",
        "update:yes",
        lambda a: a.has_update,
    ),
)

PRESETS: tuple[Count, ...] = (
    ALL,
    Count("problems", "problems", Tone.CRITICAL, "✕", "is:problem", lambda a: a.is_problem),
    UNSUPPORTED,
    Count(
        "leaving",
        f"leaving in {OUTLOOK.days} days",
        Tone.WARNING,
        "!",
        f"leaves<={OUTLOOK.days}d",
        _leaves_soon,
    ),
    Count("update", "update available", Tone.INFO, "↑", "update:yes", lambda a: a.has_update),
    PAUSED,
    Count(
        "disconnected",
        "not connected",
        Tone.CRITICAL,
        "✕",
        "connected:no",
        lambda a: a.runner.connected is False,
    ),
)
"""Worst first, after all."""
