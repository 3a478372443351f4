"""Textual themes and rich styles made from the core's palettes; no colour is chosen here."""

from functools import lru_cache

from rich.style import Style
from textual.theme import Theme

from console.view.tone import COLOURLESS, DARK, DARK_16, DARK_256, LIGHT, LIGHT_16, Palette, Tone
from tui.terminal import Colours

FAMILIES: dict[Colours, tuple[Palette, Palette]] = {
    Colours.TRUE: (DARK, LIGHT),
    Colours.MANY: (DARK_256, LIGHT),
    Colours.FEW: (DARK_16, LIGHT_16),
    Colours.NONE: (COLOURLESS, COLOURLESS),
}
"""The dark and the light palette that are legible with so many colours."""

PALETTES = {palette.name: palette for family in FAMILIES.values() for palette in family}

OWN_GROUND = {
    "ansi-background": "ansi_black",
    "ansi-foreground": "ansi_white",
    "border-blurred": "ansi_default",
    "screen-selection-background": "ansi_default",
    "screen-selection-foreground": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_default",
    "input-selection-foreground": "ansi_default",
    "block-cursor-background": "ansi_default",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-text-style": "reverse",
    "block-cursor-blurred-background": "ansi_default",
    "block-cursor-blurred-foreground": "ansi_default",
    "block-cursor-blurred-text-style": "reverse",
}
"""Textual's own widgets on a ground whose colour nobody knows."""


def theme_from(palette: Palette) -> Theme:
    tones = {tone: _css(shade.text) for tone, shade in palette.tones.items()}
    quiet, line = tones[Tone.MUTED], _css(palette.line)
    surface, accent = _css(palette.surface), _css(palette.accent)
    variables = {
        "border": line,
        "muted": quiet,
        "selection": _css(palette.selection),
        "critical-tint": _css(palette.tones[Tone.CRITICAL].tint),
        "scrollbar": line,
        "scrollbar-hover": quiet,
        "scrollbar-active": quiet,
        "scrollbar-background": surface,
        "scrollbar-background-hover": surface,
        "scrollbar-background-active": surface,
        "scrollbar-corner-color": surface,
        "footer-background": _css(palette.raised),
        "input-selection-background": f"{accent} 35%",
    }
    return Theme(
        name=palette.name,
        primary=accent,
        secondary=tones[Tone.INFO],
        accent=accent,
        warning=tones[Tone.WARNING],
        error=tones[Tone.CRITICAL],
        success=tones[Tone.GOOD],
        foreground=tones[Tone.NEUTRAL],
        background=_css(palette.background),
        surface=surface,
        panel=_css(palette.raised),
        dark=palette.is_dark,
        ansi=not palette.has_tints,
        variables=variables if palette.has_tints else variables | OWN_GROUND,
    )


def _css(colour: str) -> str:
    return colour if colour.startswith("#") else f"ansi_{colour}"


THEMES = tuple(theme_from(palette) for palette in PALETTES.values())


def palette_named(theme: str) -> Palette:
    """The palette of a theme's name; the dark one for a theme that is not ours."""
    return PALETTES.get(theme, DARK)


def other_theme(theme: str) -> str:
    """The light one for a dark one, of as many colours, and the other way round."""
    for dark, light in FAMILIES.values():
        if theme in (dark.name, light.name):
            return light.name if theme == dark.name else dark.name
    return DARK.name


@lru_cache(maxsize=512)
def tone_style(
    theme: str,
    tone: Tone,
    *,
    tinted: bool = False,
    selected: bool = False,
    bold: bool = False,
) -> Style:
    """Text of a tone on the surface, on its own tint, or on the selection. Where there are no
    tints, what is selected stands in reverse, whatever its tone."""
    palette = palette_named(theme)
    shade = palette.tones[tone]
    if selected and not palette.has_tints:
        own = palette.tones[Tone.NEUTRAL].text
        return Style(color=own, bgcolor=palette.background, bold=bold, reverse=True)
    background = palette.selection if selected else shade.tint if tinted else palette.background
    return Style(color=shade.text, bgcolor=background, bold=bold)
