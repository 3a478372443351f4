"""Currency says how the installed version stands to the newest of its track, and nothing else."""

from dataclasses import replace

import pytest

from console.rules.currency import Currency, currency, has_update
from tests.console.fleets import HEALTHY


@pytest.mark.parametrize(
    ("installed", "newest", "api_says", "expected"),
    [
        ("10.1303.0", "10.1303.0", False, Currency.LATEST),
        ("10.1302.0", "10.1303.0", False, Currency.BEHIND),
        ("10.1302.0", "10.1303.0", None, Currency.BEHIND),
        ("10.1304.0", "10.1303.0", True, Currency.AHEAD),
        ("nightly", "nightly", True, Currency.LATEST),
        ("nightly", "weekly", True, Currency.BEHIND),
        ("nightly", "weekly", False, Currency.UNKNOWN),
        ("v10.1", "10.1", False, Currency.UNKNOWN),
        ("v10.1", "10.1", True, Currency.BEHIND),
        (None, "10.1303.0", None, Currency.UNKNOWN),
        ("10.1303.0", None, None, Currency.UNKNOWN),
        (None, None, True, Currency.BEHIND),
    ],
)
def test_versions_decide_and_the_api_s_word_only_where_they_cannot(
    installed: str | None, newest: str | None, api_says: bool | None, expected: Currency
) -> None:
    runner = replace(HEALTHY, version=installed, latest_version=newest, update_available=api_says)
    assert currency(runner) is expected


@pytest.mark.parametrize(
    ("installed", "api_says", "expected"),
    [
        ("10.1302.0", False, True),
        ("10.1303.0", False, False),
        ("10.1303.0", True, True),
        (None, None, False),
    ],
)
def test_an_update_is_there_when_the_api_or_the_versions_say_so(
    installed: str | None, api_says: bool | None, expected: bool
) -> None:
    assert has_update(replace(HEALTHY, version=installed, update_available=api_says)) is expected


def test_support_plays_no_part_in_currency() -> None:
    assert currency(replace(HEALTHY, api_support="out_of_support")) is Currency.LATEST
