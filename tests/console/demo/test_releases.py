"""The release calendar follows the vendor's cadence at any moment."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.demo.releases import LINES, history, next_release_at, standing

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


def test_current_comes_out_on_tuesdays_and_thursdays() -> None:
    days = {one.released_at.weekday() for one in history("current", at(2026, 11, 24), 30)}
    assert days == {1, 3}


def test_a_current_release_is_out_at_nine_and_not_before() -> None:
    before = history("current", at(2026, 11, 24, 8, 59), 1)[0]
    after = history("current", at(2026, 11, 24, 9), 1)[0]
    assert (before.version, after.version) == ("10.1316.0", "10.1317.0")
    assert after.released_at == at(2026, 11, 24, 9)


def test_stable_of_the_first_is_the_newest_current_of_a_month_before() -> None:
    stable = history("stable", at(2026, 11, 24), 1)[0]
    assert stable.released_at == at(2026, 11, 1, 6)
    assert stable.version == history("current", at(2026, 10, 1, 6), 1)[0].version


@given(MOMENTS)
def test_every_line_has_a_history_of_ever_older_releases(now: datetime) -> None:
    for line in LINES:
        releases = history(line, now, 6)
        dates = [release.released_at for release in releases]
        assert dates == sorted(dates, reverse=True)
        assert len({release.version for release in releases}) == 6
        assert dates[0] <= now < next_release_at(line, now)


@given(MOMENTS)
def test_the_newest_and_the_one_before_are_supported(now: datetime) -> None:
    for line in LINES:
        newest, before = history(line, now, 2)
        assert standing(line, now).supported == {newest.version, before.version}


@given(MOMENTS)
def test_the_next_release_is_the_newest_once_its_moment_comes(now: datetime) -> None:
    for line in LINES:
        due = next_release_at(line, now)
        assert standing(line, due).newest.released_at == due
        assert standing(line, due - timedelta(seconds=1)).newest == standing(line, now).newest


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
