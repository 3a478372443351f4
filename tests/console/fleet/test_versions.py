"""Versions are opaque text, ordered by the integers in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.versions import version_order

TEXT = st.text(max_size=40)
VERSION = st.lists(st.integers(0, 10**18 - 1), min_size=1, max_size=5).map(
    lambda parts: ".".join(str(part) for part in parts)
)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("10.9.0", "10.10.0"),
        ("10.1290", "10.1303.2"),
        ("10.2", "10.2.1"),
        ("v2.1.0", "2.1.1"),
        ("1.0.0-rc1", "1.0.0-rc2"),
        ("9", "10"),
    ],
)
def test_versions_are_compared_number_by_number(older: str, newer: str) -> None:
    assert version_order(older) < version_order(newer)


@pytest.mark.parametrize("version", ["", "latest", "-", "9" * 19, "9" * 5000])
def test_text_without_a_sensible_number_has_no_order(version: str) -> None:
    assert version_order(version) == ()


@given(TEXT)
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(0 <= number < 10**18 for number in version_order(text))


@given(TEXT, TEXT, TEXT)
def test_order_is_total_and_transitive(one: str, two: str, three: str) -> None:
    a, b, c = sorted((version_order(one), version_order(two), version_order(three)))
    assert a <= b <= c
    assert a <= c


@given(VERSION)
def test_a_prefix_of_letters_does_not_change_the_order(version: str) -> None:
    assert version_order(f"v{version}") == version_order(version)
