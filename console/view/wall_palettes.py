"""The palettes of walls: every text has at least 7:1 on every ground that it can stand on, because
it is read from across a room. Those for weak colour vision keep the tones apart for it."""

from collections.abc import Mapping

from console.view.tone import Palette, Shade, Tone

_DARK_TINTS = ("#1b222c", "#1b222c", "#10251a", "#10222f", "#2a220d", "#2c1315")
_LIGHT_TINTS = ("#f7f9fb", "#f7f9fb", "#e8f6ee", "#e9f3fb", "#fdf5e0", "#fdeeec")


def _palette(name: str, texts: tuple[str, ...], *, is_dark: bool = True) -> Palette:
    """`texts` in the order of the tones."""
    tints = _DARK_TINTS if is_dark else _LIGHT_TINTS
    grounds = ("#090c11", "#12171e", "#1b222c") if is_dark else ("#eef1f5", "#ffffff", "#f7f9fb")
    return Palette(
        name=f"wall-{name}-{'dark' if is_dark else 'light'}",
        is_dark=is_dark,
        background=grounds[0],
        surface=grounds[1],
        raised=grounds[2],
        line="#3a4653" if is_dark else "#b9c3cd",
        accent=texts[3],
        selection=grounds[2],
        tones={tone: Shade(*pair) for tone, *pair in zip(Tone, texts, tints, strict=True)},
    )


def _both(name: str, dark: tuple[str, ...], light: tuple[str, ...]) -> tuple[Palette, Palette]:
    dark_texts = ("#eef2f7", "#b3bfcc", *dark)
    light_texts = ("#10161d", "#3f4b57", *light)
    return _palette(name, dark_texts), _palette(name, light_texts, is_dark=False)


WALL_PALETTES: Mapping[str, tuple[Palette, Palette]] = {
    "usual": _both(
        "usual",
        ("#6be39a", "#86cdff", "#ffcf5c", "#ff9d94"),
        ("#064f28", "#07457a", "#5c3800", "#8a1210"),
    ),
    "red-green": _both(
        "red-green",
        ("#99aaff", "#c9d6ff", "#ffffbb", "#ff9933"),
        ("#0033aa", "#3b2f80", "#443300", "#882255"),
    ),
    "blue-yellow": _both(
        "blue-yellow",
        ("#22d07a", "#bfe8e2", "#ffbbff", "#ff9966"),
        ("#005566", "#1f4a4d", "#880099", "#5c0a00"),
    ),
    "none": _both(
        "none",
        ("#dfe5ec", "#dfe5ec", "#ffffff", "#ffffff"),
        ("#2b343d", "#2b343d", "#000000", "#000000"),
    ),
}
"""For whom each is, dark and light: "none" has no colours at all."""


def _greyed() -> Palette:
    plain = "#c6c8ca"
    shades = {tone: Shade(plain, "#2b2d30") for tone in Tone}
    return Palette(
        name="wall-greyed",
        is_dark=True,
        background="#26282b",
        surface="#2b2d30",
        raised="#2b2d30",
        line="#55585c",
        accent=plain,
        selection="#2b2d30",
        tones=shades | {Tone.NEUTRAL: Shade("#ffffff", "#2b2d30")},
    )


GREYED = _greyed()
"""Of a wall whose data is too old: nothing of it may look fresh."""
