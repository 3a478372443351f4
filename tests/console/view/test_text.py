"""Text from the API is one line of harmless characters before anyone shows it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.view.text import folded, for_spreadsheet, shown

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = set("\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff\u115f\u1160\u3164\uffa0")
ODD = st.sampled_from(sorted(BIDI | INVISIBLE | {"\x1b", "\n", "\ud800", "\u2028"}))
ANY = st.text(st.characters(exclude_categories=()) | ODD, max_size=80)


@given(ANY, st.integers(2, 40))
def test_nothing_that_controls_or_hides_is_left(text: str, limit: int) -> None:
    safe = shown(text, limit)
    assert len(safe) <= limit
    assert not {unicodedata.category(char) for char in safe} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(safe) & (BIDI | INVISIBLE)
    safe.encode("utf-8")


@given(ANY)
def test_safe_text_stays_as_it_is_when_made_safe_again(text: str) -> None:
    assert shown(shown(text)) == shown(text)


@pytest.mark.parametrize("text", ["prod-eu", "Größe", "漢字", "e\u0301", "🚀", "العربية", "[b]<i>"])
def test_words_of_any_script_stay(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("two\nlines\tand\x7f", "two␊lines␉and␡"),
        ("\x9b31m", "�31m"),
        ("abc\u202egnp.exe", "abc�gnp.exe"),
        ("zero\u200bwidth", "zero�width"),
        ("half \ud83d surrogate", "half � surrogate"),
        ("tag\U000e0041", "tag�"),
        ("\u3164", "�"),
    ],
)
def test_each_danger_becomes_a_visible_mark(text: str, safe: str) -> None:
    assert shown(text) == safe


def test_long_text_is_cut_with_a_mark() -> None:
    assert shown("x" * 200) == "x" * 200
    assert shown("x" * 201) == "x" * 199 + "…"
    assert shown("\n" * 4000, 3) == "␊␊…"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(1)", "\tx", "\rx", "\n=1"])
def test_a_spreadsheet_is_given_no_formula(text: str) -> None:
    assert for_spreadsheet(text) == f"'{text}"


def test_ordinary_text_goes_to_a_spreadsheet_as_it_is() -> None:
    assert for_spreadsheet("prod=1") == "prod=1"
    assert for_spreadsheet("") == ""


def test_folding_ignores_case_width_and_composition() -> None:
    assert folded("ＰRÖD") == folded("pro\u0308d")
    assert folded("Straße") == folded("STRASSE")
