"""Textual themes and rich styles made from the core's palettes; no colour is chosen here."""

from functools import lru_cache

from rich.style import Style
from textual.theme import Theme

from console.view.tone import DARK, LIGHT, Palette, Tone

PALETTES = {palette.name: palette for palette in (DARK, LIGHT)}


def theme_from(palette: Palette) -> Theme:
    return Theme(
        name=palette.name,
        primary=palette.accent,
        secondary=palette.tones[Tone.INFO].text,
        accent=palette.accent,
        warning=palette.tones[Tone.WARNING].text,
        error=palette.tones[Tone.CRITICAL].text,
        success=palette.tones[Tone.GOOD].text,
        foreground=palette.tones[Tone.NEUTRAL].text,
        background=palette.background,
        surface=palette.surface,
        panel=palette.raised,
        dark=palette.is_dark,
        variables={
            "border": palette.line,
            "muted": palette.tones[Tone.MUTED].text,
            "selection": palette.selection,
            "critical-tint": palette.tones[Tone.CRITICAL].tint,
            "scrollbar": palette.line,
            "scrollbar-hover": palette.tones[Tone.MUTED].text,
            "scrollbar-active": palette.tones[Tone.MUTED].text,
            "scrollbar-background": palette.surface,
            "scrollbar-background-hover": palette.surface,
            "scrollbar-background-active": palette.surface,
            "scrollbar-corner-color": palette.surface,
            "footer-background": palette.raised,
            "input-selection-background": f"{palette.accent} 35%",
        },
    )


THEMES = tuple(theme_from(palette) for palette in PALETTES.values())


def palette_named(theme: str) -> Palette:
    """The palette of a theme's name; the dark one for a theme that is not ours."""
    return PALETTES.get(theme, DARK)


@lru_cache(maxsize=512)
def tone_style(
    theme: str,
    tone: Tone,
    *,
    tinted: bool = False,
    selected: bool = False,
    bold: bool = False,
    few_colours: bool = False,
) -> Style:
    """Text of a tone on the surface, on its own tint, or on the selection. With few colours, of
    which none is a quiet ground for all tones, what is selected stands in reverse."""
    palette = palette_named(theme)
    shade = palette.tones[tone]
    if selected and few_colours:
        reverse = palette.tones[Tone.NEUTRAL].text
        return Style(color=palette.background, bgcolor=reverse, bold=bold)
    background = palette.selection if selected else shade.tint if tinted else palette.background
    return Style(color=shade.text, bgcolor=background, bold=bold)
