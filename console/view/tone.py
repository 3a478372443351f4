"""Tones, the only palette, and the symbols that say the same without colour."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a text means for its reader, from calm to alarming; order is that of `SEVERITY`."""

    NEUTRAL = "neutral"
    MUTED = "muted"
    GOOD = "good"
    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


SEVERITY = {tone: rank for rank, tone in enumerate(Tone)}


@dataclass(frozen=True, slots=True)
class Shade:
    """One tone's colours: text on the theme's surface, and the tint behind a badge of it (hex)."""

    text: str
    tint: str


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme. Every text colour has at least 4.5:1 on `surface`, `raised` and its own tint."""

    name: str
    is_dark: bool
    background: str
    surface: str
    raised: str
    line: str
    accent: str
    selection: str
    tones: dict[Tone, Shade]


DARK = Palette(
    name="maia-dark",
    is_dark=True,
    background="#0d1117",
    surface="#12181f",
    raised="#1a222c",
    line="#2c3744",
    accent="#5cc8ff",
    selection="#1f3a52",
    tones={
        Tone.NEUTRAL: Shade("#e3e9f0", "#222c38"),
        Tone.MUTED: Shade("#94a3b3", "#1d2630"),
        Tone.GOOD: Shade("#5bd68a", "#143324"),
        Tone.INFO: Shade("#6cc3ff", "#12304a"),
        Tone.WARNING: Shade("#f5c04e", "#3d2f10"),
        Tone.CRITICAL: Shade("#ff8a80", "#48191b"),
    },
)

LIGHT = Palette(
    name="maia-light",
    is_dark=False,
    background="#f3f5f8",
    surface="#ffffff",
    raised="#f7f9fb",
    line="#d6dde5",
    accent="#0a62a9",
    selection="#dcecfa",
    tones={
        Tone.NEUTRAL: Shade("#17202b", "#e9edf2"),
        Tone.MUTED: Shade("#55626f", "#eef1f4"),
        Tone.GOOD: Shade("#0f6b38", "#ddf4e6"),
        Tone.INFO: Shade("#0a5a9c", "#dfeefb"),
        Tone.WARNING: Shade("#7a4d00", "#fdf0cf"),
        Tone.CRITICAL: Shade("#b3201a", "#fde4e1"),
    },
)
