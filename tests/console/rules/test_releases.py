"""What each line has had is known or said not to be; when its next releases come is expected."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.lines import Family, Line
from console.fleet.memory import NOTHING_REMEMBERED
from console.rules.releases import (
    CURRENT_CADENCE,
    SECOND_TUESDAY,
    STABLE_CADENCE,
    Sureness,
    cut_for_stable,
    expected_releases,
    never_had,
    releases_behind,
    releases_between,
)
from tests.console.rules.ledgers import CURRENT, SNOWFLAKE, STABLE, STREAMING, memory_of, moment

WEEK = {"10.1": "2026-10-01", "10.2": "2026-10-06", "10.3": "2026-10-08", "10.4": "2026-10-13"}


def days(line: Line, now: datetime, count: int = 2, **memory: object) -> list[str]:
    known = memory.get("known", NOTHING_REMEMBERED)
    return [
        each.at.date().isoformat()
        for each in expected_releases(known, line, now, count)  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(
    ("line", "now", "expected"),
    [
        (CURRENT, "2026-10-07", ["2026-10-08", "2026-10-13"]),
        (CURRENT, "2026-12-31", ["2026-12-31", "2027-01-05"]),
        (CURRENT, "2028-02-28", ["2028-02-29", "2028-03-02"]),
        (STABLE, "2026-10-07", ["2026-11-01", "2026-12-01"]),
        (STABLE, "2026-12-15", ["2027-01-01", "2027-02-01"]),
        (STABLE, "2027-01-31", ["2027-02-01", "2027-03-01"]),
        (STABLE, "2028-02-29", ["2028-03-01", "2028-04-01"]),
        (SNOWFLAKE, "2026-09-01", ["2026-09-08", "2026-10-13"]),
        (SNOWFLAKE, "2026-09-09", ["2026-10-13", "2026-11-10"]),
        (SNOWFLAKE, "2026-12-09", ["2027-01-12", "2027-02-09"]),
        (STREAMING, "2026-10-07", []),
        (Line(Family.MAIA, "beta"), "2026-10-07", []),
    ],
)
def test_the_next_days_are_the_usual_ones_of_the_line(
    line: Line, now: str, expected: list[str]
) -> None:
    assert days(line, moment(now)) == expected


@given(st.dates(date(2025, 1, 1), date(2035, 1, 1)))
def test_usual_days_go_on_without_a_gap(day: date) -> None:
    current = next(CURRENT_CADENCE.days(day))
    assert current.isoweekday() in (2, 4)
    assert 1 <= (current - day).days <= 5
    first = next(STABLE_CADENCE.days(day))
    assert first.day == 1
    assert 1 <= (first - day).days <= 31
    tuesday = next(SECOND_TUESDAY.days(day))
    assert tuesday.isoweekday() == 2
    assert 8 <= tuesday.day <= 14
    assert 1 <= (tuesday - day).days <= 35


def test_a_usual_day_is_expected_until_it_is_over() -> None:
    known = memory_of({CURRENT: {"10.1": "2026-10-01"}})
    late = datetime(2026, 10, 6, 23, 59, tzinfo=UTC)
    assert days(CURRENT, late, known=known) == ["2026-10-06", "2026-10-08"]
    assert days(CURRENT, late + timedelta(minutes=1), known=known) == ["2026-10-08", "2026-10-13"]


def test_a_day_that_has_had_its_release_is_not_expected_again() -> None:
    known = memory_of({CURRENT: {"10.1": "2026-10-06"}})
    assert days(CURRENT, moment("2026-10-06", 10), known=known)[0] == "2026-10-08"


def test_a_release_a_day_late_does_not_take_the_next_one_s_place() -> None:
    known = memory_of({CURRENT: {"10.1": "2026-10-07"}})
    assert days(CURRENT, moment("2026-10-07", 10), known=known)[0] == "2026-10-08"


def test_days_are_those_of_utc_wherever_the_clock_is() -> None:
    kiribati = datetime(2026, 10, 8, 1, tzinfo=timezone(timedelta(hours=14)))
    assert days(CURRENT, kiribati)[0] == "2026-10-08"
    hawaii = datetime(2026, 10, 8, 20, tzinfo=timezone(timedelta(hours=-10)))
    assert days(CURRENT, hawaii)[0] == "2026-10-13"


def test_the_hour_is_the_usual_one_and_midnight_where_none_is_known() -> None:
    assert expected_releases(NOTHING_REMEMBERED, CURRENT, moment("2026-10-07"), 1)[0].at.hour == 0
    known = memory_of({CURRENT: WEEK})
    assert expected_releases(known, CURRENT, moment("2026-10-14"), 1)[0].at.hour == 9


@pytest.mark.parametrize(
    ("announced", "now", "expected"),
    [
        ([("current", "2026-10-09", "10.9")], "2026-10-07", ["2026-10-09!", "2026-10-13"]),
        ([("current", "2026-10-09", None)], "2026-10-07", ["2026-10-09!", "2026-10-13"]),
        ([("current", "2026-10-14", "10.9")], "2026-10-12", ["2026-10-14!", "2026-10-15"]),
        ([("current", "2026-10-14", "10.9")], "2026-10-14", ["2026-10-14!", "2026-10-15"]),
        ([("current", "2026-10-07", "10.2")], "2026-10-07", ["2026-10-08", "2026-10-13"]),
        ([("current", "2026-10-06", "10.9")], "2026-10-07", ["2026-10-08", "2026-10-13"]),
        ([("stable", "2026-10-09", "10.9")], "2026-10-07", ["2026-10-08", "2026-10-13"]),
        ([("current", "2026-10-17", "10.9")], "2026-10-07", ["2026-10-08", "2026-10-13"]),
    ],
)
def test_an_announced_release_takes_the_place_of_the_nearest_usual_one(
    announced: list[tuple[str, str, str | None]], now: str, expected: list[str]
) -> None:
    known = memory_of({CURRENT: {"10.1": "2026-10-01", "10.2": "2026-10-06"}}, *announced)
    releases = expected_releases(known, CURRENT, moment(now, 10), 2)
    marked = [
        each.at.date().isoformat() + "!" * (each.sureness is Sureness.SCHEDULED)
        for each in releases
    ]
    assert marked == expected


def test_an_announced_release_that_came_early_is_not_expected_again_on_the_usual_day() -> None:
    known = memory_of(
        {CURRENT: {"10.1": "2026-10-06", "10.2": "2026-10-07"}}, ("current", "2026-10-07", "10.2")
    )
    assert days(CURRENT, moment("2026-10-07", 10), known=known) == ["2026-10-13", "2026-10-15"]


def test_an_announced_stable_before_the_month_carries_that_month_s_cut() -> None:
    known = memory_of({CURRENT: {"10.1": "2026-10-29"}}, ("stable", "2026-11-30", None))
    release = expected_releases(known, STABLE, moment("2026-11-20"), 2)
    assert [(each.at.date().isoformat(), each.version) for each in release] == [
        ("2026-11-30", "10.1"),
        ("2027-01-01", None),
    ]


@pytest.mark.parametrize(
    ("line", "track"), [(SNOWFLAKE, "snowflake"), (STREAMING, "streaming"), (STABLE, "stable")]
)
def test_lines_that_are_no_track_are_announced_by_their_own_names(line: Line, track: str) -> None:
    known = memory_of({}, (track, "2026-10-20", "7.1"))
    assert "7.1" in [
        each.version for each in expected_releases(known, line, moment("2026-10-07"), 2)
    ]


@pytest.mark.parametrize(
    ("installed", "newest", "behind"),
    [
        ("10.1", "10.4", 3),
        ("10.3", "10.4", 1),
        ("10.2", "10.2", 0),
        ("10.0", "10.4", None),
        ("10.1", "10.9", None),
    ],
)
def test_releases_are_counted_where_every_one_of_them_is_known(
    installed: str, newest: str, behind: int | None
) -> None:
    assert releases_behind(memory_of({CURRENT: WEEK}), CURRENT, installed, newest) == behind


@pytest.mark.parametrize(
    ("line", "older", "newer", "behind"),
    [
        (CURRENT, "2026-10-08", "2026-10-13", 1),
        (CURRENT, "2026-10-06", "2026-10-13", None),
        (CURRENT, "2026-10-07", "2026-10-13", None),
        (CURRENT, "2026-10-07", "2026-10-08", 1),
        (CURRENT, "2026-10-08?", "2026-10-13", None),
        (CURRENT, "2026-10-08", "2026-10-13?", 1),
        (CURRENT, "2026-10-13", "2026-10-08", None),
        (STABLE, "2026-10-01", "2026-11-01", 1),
        (STABLE, "2026-10-01", "2026-11-02", 1),
        (STABLE, "2026-10-02", "2026-11-01", 1),
        (STABLE, "2026-10-01", "2026-12-01", None),
        (STABLE, "2026-12-01", "2027-01-01", 1),
        (STREAMING, "2026-10-01", "2026-10-02", None),
    ],
)
def test_a_release_that_nobody_saw_makes_the_number_unknown(
    line: Line, older: str, newer: str, behind: int | None
) -> None:
    known = memory_of({line: {"10.1": older, "10.2": newer}})
    assert releases_behind(known, line, "10.1", "10.2") == behind


def test_releases_between_are_those_after_the_older_up_to_the_newer() -> None:
    known = memory_of({CURRENT: WEEK})
    assert [each.version for each in releases_between(known, CURRENT, "10.1", "10.3")] == [
        "10.2",
        "10.3",
    ]
    assert releases_between(known, CURRENT, "nightly", "10.3") == ()


@pytest.mark.parametrize(
    ("version", "never"),
    [("10.9", True), ("10.3.5", True), ("10.3", False), ("10.1.5", False), ("9.9", False)],
)
def test_a_line_is_known_to_lack_a_version_only_where_nothing_can_be_hidden(
    version: str, never: bool
) -> None:
    gap = {"10.1": "2026-09-24", "10.2": "2026-10-06", "10.3": "2026-10-08", "10.4": "2026-10-13"}
    assert never_had(memory_of({CURRENT: gap}), CURRENT, version) is never
    assert not never_had(NOTHING_REMEMBERED, CURRENT, version)


@pytest.mark.parametrize(
    ("current", "month", "carries"),
    [
        ({"10.1": "2026-10-29", "10.2": "2026-11-03"}, "2026-12-01", "10.1"),
        ({"10.1": "2026-10-27", "10.2": "2026-11-03"}, "2026-12-01", None),
        ({"10.2": "2026-11-03"}, "2026-12-01", None),
        ({"10.1": "2026-09-29", "10.2": "2026-10-01"}, "2026-11-01", "10.1"),
        ({"10.1": "2026-11-26", "10.2": "2026-12-01"}, "2027-01-01", "10.1"),
        ({"10.1": "2026-10-29?", "10.2": "2026-11-03"}, "2026-12-01", None),
        ({"10.1": "2028-01-27", "10.2": "2028-02-01"}, "2028-03-01", "10.1"),
    ],
)
def test_stable_carries_the_current_release_of_the_month_before_where_that_is_known(
    current: dict[str, str], month: str, carries: str | None
) -> None:
    cut = cut_for_stable(memory_of({CURRENT: current}), date.fromisoformat(month))
    assert (cut.version if cut else None) == carries


def test_a_newest_release_that_the_memory_does_not_know_is_counted_too() -> None:
    now = moment("2026-10-08", 12)
    known = memory_of({CURRENT: {"10.1": "2026-10-06"}})
    assert expected_releases(known, CURRENT, now, 1)[0].at.date() == now.date()
    later = expected_releases(known, CURRENT, now, 1, now - timedelta(hours=1))[0]
    assert later.at.date().isoformat() == "2026-10-13"


def test_equal_memories_expect_the_same() -> None:
    known = memory_of({CURRENT: WEEK}, ("current", "2026-10-16", "10.9"))
    now = moment("2026-10-14")
    assert expected_releases(known, CURRENT, now, 3) == expected_releases(
        replace(known), CURRENT, now, 3
    )
