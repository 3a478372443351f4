"""The filters that are asked for most, each with its count, as a page offers them at its top."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.fleet.snapshot import Snapshot, Status
from console.rules.assessment import Assessment, assessments
from console.rules.support import Support
from console.view.overview import OUTLOOK, Headline
from console.view.tone import Tone


@dataclass(frozen=True, slots=True)
class Preset:
    """One of them. `filter` in the shared grammar lists exactly what `counts` counts."""

    key: str
    label: str
    tone: Tone
    symbol: str
    filter: str
    counts: Callable[[Assessment], bool]


def presets(snapshot: Snapshot, now: datetime) -> tuple[Headline, ...]:
    """In their order, which stays: a count of 0 is muted, not left out."""
    assessed = assessments(snapshot, now)
    return tuple(_counted(each, sum(map(each.counts, assessed))) for each in PRESETS)


def _counted(preset: Preset, count: int) -> Headline:
    tone = preset.tone if count else Tone.MUTED
    return Headline(preset.key, preset.label, count, tone, preset.symbol, preset.filter)


def _leaves_soon(assessed: Assessment) -> bool:
    span = assessed.judged.leaves_in
    return span is not None and span <= SOON


SOON: timedelta = OUTLOOK

PRESETS: tuple[Preset, ...] = (
    Preset("all", "runners", Tone.NEUTRAL, "", "", lambda a: True),
    Preset("problems", "problems", Tone.CRITICAL, "✕", "is:problem", lambda a: a.is_problem),
    Preset(
        "unsupported",
        "out of support",
        Tone.CRITICAL,
        "✕",
        "support:unsupported",
        lambda a: a.support is Support.UNSUPPORTED,
    ),
    Preset("leaving", "leaving soon", Tone.WARNING, "!", f"leaves<={SOON.days}d", _leaves_soon),
    Preset("update", "update available", Tone.INFO, "↑", "update:yes", lambda a: a.has_update),
    Preset(
        "paused",
        "paused",
        Tone.WARNING,
        "‖",
        "status:paused,pausing",
        lambda a: a.runner.status in (Status.PAUSED, Status.PAUSING),
    ),
    Preset(
        "disconnected",
        "not connected",
        Tone.CRITICAL,
        "✕",
        "connected:no",
        lambda a: a.runner.connected is False,
    ),
)
"""Worst first, after all."""
