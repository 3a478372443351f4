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
    """One tone's colours: text on the theme's surface, and the tint behind a badge of it. In hex,
    or as one of the names that a terminal gives its own sixteen."""

    text: str
    tint: str


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme. Every text colour has at least 4.5:1 on `surface`, `raised` and its own tint.
    Without tints, where no ground but the terminal's own is sure to be legible, what is selected
    stands in reverse and what is urgent in bold."""

    name: str
    is_dark: bool
    background: str
    surface: str
    raised: str
    line: str
    accent: str
    selection: str
    tones: dict[Tone, Shade]
    has_tints: bool = True


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


DARK_256 = Palette(
    name="maia-dark-256",
    is_dark=True,
    background="#121212",
    surface="#1c1c1c",
    raised="#262626",
    line="#444444",
    accent="#5fd7ff",
    selection="#3a3a3a",
    tones={
        Tone.NEUTRAL: Shade("#eeeeee", "#262626"),
        Tone.MUTED: Shade("#afafaf", "#262626"),
        Tone.GOOD: Shade("#5fd787", "#262626"),
        Tone.INFO: Shade("#5fd7ff", "#262626"),
        Tone.WARNING: Shade("#ffd75f", "#303030"),
        Tone.CRITICAL: Shade("#ff8787", "#5f0000"),
    },
)
"""For terminals of 256 colours, where the nearest ones to those of `DARK` are not legible."""


def _plain(name: str, *, is_dark: bool, tones: dict[Tone, str]) -> Palette:
    """A palette on the terminal's own ground."""
    own = "default"
    shades = {tone: Shade(tones.get(tone, own), own) for tone in Tone}
    return Palette(
        name=name,
        is_dark=is_dark,
        background=own,
        surface=own,
        raised=own,
        line=own,
        accent=shades[Tone.INFO].text,
        selection=own,
        tones=shades,
        has_tints=False,
    )


DARK_16 = _plain(
    "maia-dark-16",
    is_dark=True,
    tones={
        Tone.GOOD: "green",
        Tone.INFO: "cyan",
        Tone.WARNING: "yellow",
        Tone.CRITICAL: "bright_red",
    },
)
LIGHT_16 = _plain(
    "maia-light-16",
    is_dark=False,
    tones={Tone.GOOD: "green", Tone.INFO: "blue", Tone.WARNING: "magenta", Tone.CRITICAL: "red"},
)
COLOURLESS = _plain("maia-no-colours", is_dark=True, tones={})
"""Symbols, words, bold and reverse carry everything."""
