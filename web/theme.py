"""The stylesheet's colours, made from the core's palettes; no colour is chosen here."""

from console.view.tone import DARK, LIGHT, Palette


def theme_css() -> str:
    """Variables for both themes: the browser's preference decides, `data-theme` overrides it; paper
    is always light."""
    dark, light = variables(DARK), variables(LIGHT)
    return (
        f":root {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f':root[data-theme="light"] {{ {light} }}\n'
        f':root[data-theme="dark"] {{ {dark} }}\n'
        f"@media print {{ :root:root {{ {light} }} }}\n"
    )


def variables(palette: Palette) -> str:
    """One palette as the custom properties of a rule."""
    values = {
        "background": palette.background,
        "surface": palette.surface,
        "raised": palette.raised,
        "line": palette.line,
        "accent": palette.accent,
        "selection": palette.selection,
        **{f"{tone}-text": shade.text for tone, shade in palette.tones.items()},
        **{f"{tone}-tint": shade.tint for tone, shade in palette.tones.items()},
    }
    scheme = f"color-scheme: {'dark' if palette.is_dark else 'light'};"
    return scheme + " ".join(f"--{name}: {value};" for name, value in values.items())
