"""Every state has words, a symbol that needs no colour, and a form in ASCII."""

import pytest

from console.errors import (
    ApiFailed,
    ApiNonsense,
    ApiThrottled,
    ApiUnreachable,
    ConsoleError,
    CredentialsMissing,
    NotFound,
    PermissionDenied,
    RequestRefused,
    SettingError,
    SignInRefused,
)
from console.fleet.snapshot import Status, Track
from console.rules.support import Support
from console.view.tone import DARK, LIGHT, SEVERITY, Palette, Tone
from console.view.version_words import SUPPORT
from console.view.words import (
    OFFLINE,
    STATUS,
    STATUS_EXPLAINED,
    TRACK,
    error_sentence,
)


def test_each_documented_state_has_its_word() -> None:
    assert set(STATUS) == set(STATUS_EXPLAINED) == set(Status)
    assert set(SUPPORT) == set(Support)
    assert set(TRACK) == set(Track)


def test_no_two_states_look_alike_without_colour() -> None:
    for cells in (STATUS, SUPPORT):
        assert len({cell.symbol for cell in cells.values()}) == len(cells)
        assert len({cell.ascii_symbol for cell in cells.values()}) == len(cells)
        assert len({cell.text for cell in cells.values()}) == len(cells)


def test_each_ascii_symbol_is_ascii() -> None:
    for cell in (*STATUS.values(), *OFFLINE.values(), *SUPPORT.values()):
        assert cell.ascii_symbol.isascii()
        assert len(cell.symbol) == len(cell.ascii_symbol) == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CredentialsMissing("x"), "No account is connected yet."),
        (SignInRefused("x"), "Run maia-console login."),
        (PermissionDenied("x"), "Super Admin or Admin"),
        (PermissionDenied("x", address_not_allowed=True), "set ipv4_only"),
        (ApiUnreachable("dns", "eu1.api"), "The Maia API cannot be reached ("),
        (ApiThrottled(None), "slow down"),
        (ApiFailed(503), "a fault of its own (HTTP 503)"),
        (ApiNonsense("broken JSON"), "or it is broken (broken JSON)"),
        (RequestRefused(400, detail="no"), "refused the request (HTTP 400: no)"),
        (NotFound(404), "refused the request (HTTP 404)"),
        (SettingError("“x” is not a region."), "“x” is not a region."),
        (ApiNonsense("{0} \x1b[2J {detail}"), "{0} ␛[2J {detail}"),
    ],
)
def test_each_error_of_ours_has_a_sentence(error: ConsoleError, words: str) -> None:
    sentence = error_sentence(error)
    assert words in sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda palette: palette.name)
@pytest.mark.parametrize("tone", Tone)
def test_each_tone_can_be_read_on_every_ground(palette: Palette, tone: Tone) -> None:
    shade = palette.tones[tone]
    for ground in (palette.background, palette.surface, palette.raised, shade.tint):
        assert contrast(shade.text, ground) >= 4.5


def test_tones_are_ranked_from_calm_to_alarming() -> None:
    assert SEVERITY[Tone.CRITICAL] > SEVERITY[Tone.WARNING] > SEVERITY[Tone.INFO]
    assert min(SEVERITY, key=SEVERITY.__getitem__) is Tone.NEUTRAL
