"""Durations and moments are told coarsely, in one unit, in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from console.ages import day, duration, moment
from tests.console.fleets import NOW


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-5), "0 s"),
        (timedelta(seconds=59.9), "59 s"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_a_duration_is_told_in_its_largest_fitting_unit(span: timedelta, words: str) -> None:
    assert duration(span) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (NOW + timedelta(hours=6), "18:00 UTC"),
        (NOW + timedelta(days=2), "9 Oct 12:00 UTC"),
        (datetime(2027, 1, 3, 4, 5, tzinfo=UTC), "3 Jan 2027 04:05 UTC"),
        (datetime(2026, 10, 8, 1, tzinfo=timezone(timedelta(hours=5))), "20:00 UTC"),
    ],
)
def test_a_moment_names_its_date_only_when_it_is_not_today(when: datetime, words: str) -> None:
    assert moment(when, NOW) == words


def test_a_day_has_its_year() -> None:
    assert day(NOW) == "7 Oct 2026"
