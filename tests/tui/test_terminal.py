"""What a terminal says of itself decides its colours, its letters and whether the mouse is used."""

import pytest
from rich.color import Color, ColorSystem

from console.view.tone import Palette, Tone
from tui.terminal import Colours, colours, terminal
from tui.theme import FAMILIES, THEMES, other_theme

LEAST = 4.5
"""The contrast that WCAG 2 asks of text."""


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Colours.TRUE),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, Colours.TRUE),
        ({"TERM": "xterm-direct"}, Colours.TRUE),
        ({"TERM": "xterm-256color"}, Colours.MANY),
        ({"TERM": "tmux-256color", "COLORTERM": ""}, Colours.MANY),
        ({"TERM": "xterm-256color", "COLORTERM": "yes"}, Colours.MANY),
        ({"TERM": "xterm"}, Colours.FEW),
        ({"TERM": "linux"}, Colours.FEW),
        ({"TERM": "screen"}, Colours.FEW),
        ({"TERM": "a-terminal-nobody-knows"}, Colours.FEW),
        ({"TERM": "vt100"}, Colours.NONE),
        ({"TERM": "vt220"}, Colours.NONE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Colours.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, Colours.MANY),
        ({"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "256"}, Colours.MANY),
        ({"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "auto"}, Colours.FEW),
        ({"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "256", "NO_COLOR": "1"}, Colours.NONE),
    ],
)
def test_a_terminal_is_given_as_many_colours_as_it_promises(
    environ: dict[str, str], expected: Colours
) -> None:
    assert colours(environ) == expected


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
def test_a_terminal_at_the_other_end_of_ssh_is_remote(name: str) -> None:
    assert terminal({"TERM": "xterm", name: "10.0.0.7 50022 10.0.0.1 22"}, "utf-8").is_remote


def test_a_terminal_of_this_machine_is_not_remote() -> None:
    assert not terminal({"TERM": "xterm", "SSH_AUTH_SOCK": "/run/agent"}, "utf-8").is_remote


@pytest.mark.parametrize(
    ("encoding", "term", "expected"),
    [
        ("utf-8", "xterm", True),
        ("UTF8", "xterm", True),
        ("ascii", "xterm", False),
        ("iso8859-1", "xterm", False),
        (None, "xterm", False),
        ("utf-8", "linux", False),
    ],
)
def test_symbols_beyond_ascii_need_utf_8_and_a_font_that_has_them(
    encoding: str | None, term: str, expected: bool
) -> None:
    assert terminal({"TERM": term}, encoding).is_unicode is expected


def test_nothing_is_animated_and_textual_is_told_the_colours() -> None:
    told = terminal({"TERM": "xterm-256color"}, "utf-8").settings
    assert told == {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_COLOR_SYSTEM": "256"}


def test_without_colours_textual_is_told_so_in_its_own_way() -> None:
    told = terminal({"TERM": "vt100"}, "utf-8").settings
    assert (told["NO_COLOR"], told["TEXTUAL_COLOR_SYSTEM"]) == ("1", "standard")


@pytest.mark.parametrize(
    ("many", "system"),
    [(Colours.TRUE, ColorSystem.TRUECOLOR), (Colours.MANY, ColorSystem.EIGHT_BIT)],
)
@pytest.mark.parametrize("place", [0, 1])
def test_every_text_is_legible_on_every_ground_it_stands_on(
    many: Colours, system: ColorSystem, place: int
) -> None:
    """As the terminal shows it, after Rich has chosen the nearest of its colours."""
    palette = FAMILIES[many][place]
    weak = [
        (tone.value, ground, round(contrast, 2))
        for tone, shade in palette.tones.items()
        for ground in (*grounds(palette), shade.tint)
        if (contrast := _contrast(shade.text, ground, system)) < LEAST
    ]
    assert weak == []


@pytest.mark.parametrize("many", [Colours.FEW, Colours.NONE])
def test_with_few_colours_only_the_terminal_s_own_are_used(many: Colours) -> None:
    for palette in FAMILIES[many]:
        named = {*grounds(palette), palette.line, palette.accent}
        named |= {colour for shade in palette.tones.values() for colour in (shade.text, shade.tint)}
        assert not any(name.startswith("#") for name in named)
        assert {*grounds(palette), *(each.tint for each in palette.tones.values())} == {"default"}
        assert all(Color.parse(name).type.name in ("STANDARD", "DEFAULT") for name in named)


def test_light_and_dark_are_each_other_s_other_with_as_many_colours() -> None:
    for dark, light in FAMILIES.values():
        assert other_theme(dark.name) == light.name
    assert other_theme(FAMILIES[Colours.FEW][1].name) == FAMILIES[Colours.FEW][0].name
    assert len({theme.name for theme in THEMES}) == len(THEMES)


def grounds(palette: Palette) -> tuple[str, ...]:
    return palette.background, palette.surface, palette.raised, palette.selection


def _contrast(text: str, ground: str, system: ColorSystem) -> float:
    lights = sorted((_light(text, system), _light(ground, system)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(colour: str, system: ColorSystem) -> float:
    """The relative luminance of WCAG 2."""
    shown = Color.parse(colour).downgrade(system).get_truecolor()
    linear = [
        each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4
        for each in shown.normalized
    ]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_the_critical_banner_is_legible_in_256_colours() -> None:
    for palette in FAMILIES[Colours.MANY]:
        shade = palette.tones[Tone.CRITICAL]
        assert _contrast(shade.text, shade.tint, ColorSystem.EIGHT_BIT) >= LEAST
