"""What can be asked of a wall, and that nothing wrong in its address stops it."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.view.tone import Palette, Tone
from console.view.wall_options import OPTIONS, WallOptions, wall_options
from console.view.wall_palettes import GREYED, WALL_PALETTES

PALETTES = [*(each for both in WALL_PALETTES.values() for each in both), GREYED]


def test_an_address_without_options_gives_what_is_usual() -> None:
    assert wall_options({}) == (WallOptions(), ())


def test_each_option_is_taken_over_that_of_the_screens_profile() -> None:
    profile = {"size": "8", "theme": "light", "zone": "Europe/Berlin"}
    made, notes = wall_options({"size": "3", "rotate": "30", "sound": "on"}, UTC, profile)
    assert notes == ()
    assert (made.metres, made.theme, made.rotate, made.sound) == (3, "light", 30, True)
    assert made.zone == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("size", "4"),
        ("screen", "999"),
        ("theme", "blue"),
        ("colours", "pink"),
        ("rotate", "5"),
        ("clock", "13"),
        ("zone", "Mars/North"),
        ("language", "klingonish"),
        ("sound", "loud"),
        ("codes", ""),
        ("filter", "status:runing"),
    ],
)
def test_a_wrong_value_falls_back_to_what_is_usual_and_is_told(name: str, value: str) -> None:
    made, (note,) = wall_options({name: value})
    assert made == WallOptions()
    assert OPTIONS[name].usual in note.lower()


def test_an_unknown_option_is_told_with_the_nearest() -> None:
    _, (note,) = wall_options({"colour": "none"})
    assert note == "“colour” is not an option of the wall. Did you mean colours?"


@given(st.dictionaries(st.one_of(st.sampled_from(list(OPTIONS)), st.text()), st.text()))
def test_no_address_is_refused(parameters: dict[str, str]) -> None:
    made, notes = wall_options(parameters)
    assert isinstance(made, WallOptions)
    assert len(notes) <= 3


def test_walls_that_are_told_the_same_have_one_look() -> None:
    assert wall_options({"size": "3"})[0].look == wall_options({"theme": "light"})[0].look
    assert wall_options({"filter": "x"})[0].look != wall_options({})[0].look


@pytest.mark.parametrize("palette", PALETTES, ids=lambda each: each.name)
def test_every_text_has_seven_to_one_on_every_ground(palette: Palette) -> None:
    for tone, shade in palette.tones.items():
        own = [palette.tones[tone].tint, palette.tones[Tone.NEUTRAL].tint]
        for ground in (palette.background, palette.surface, palette.raised, *own):
            assert contrast(shade.text, ground) >= 7, (tone, ground)
    for shade in palette.tones.values():
        assert contrast(palette.tones[Tone.NEUTRAL].text, shade.tint) >= 7


@pytest.mark.parametrize(
    ("name", "weak"), [("red-green", "deutan"), ("red-green", "protan"), ("blue-yellow", "tritan")]
)
def test_the_tones_stay_apart_for_weak_colour_vision(name: str, weak: str) -> None:
    for palette in WALL_PALETTES[name]:
        seen = [
            _simulated(palette.tones[tone].text, weak)
            for tone in (Tone.GOOD, Tone.WARNING, Tone.CRITICAL)
        ]
        pairs = [(a, b) for place, a in enumerate(seen) for b in seen[place + 1 :]]
        assert min(_distance(a, b) for a, b in pairs) > 40


def contrast(first: str, second: str) -> float:
    """WCAG's ratio."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return tuple(p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


SEEN_BY = {
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""Machado, Oliveira and Fernandes 2009, at full strength."""


def _simulated(colour: str, weak: str) -> tuple[float, ...]:
    linear = _linear(colour)
    seen = (sum(w * p for w, p in zip(row, linear, strict=True)) for row in SEEN_BY[weak])
    bounded = (min(1.0, max(0.0, part)) for part in seen)
    return tuple(
        255 * (12.92 * p if p <= 0.0031 else 1.055 * p ** (1 / 2.4) - 0.055) for p in bounded
    )


def _distance(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5
