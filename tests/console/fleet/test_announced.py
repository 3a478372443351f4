"""The operator's file of releases: what it may hold, and what becomes of it."""

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.errors import SettingError
from console.fleet.announced import (
    LARGEST,
    MOST,
    announced_from,
    past_releases,
    read_announced,
    with_announced,
)
from console.fleet.lines import Family, Line
from console.fleet.memory import Announced, Memory, Release

NOW = datetime(2026, 10, 7, 12, tzinfo=UTC)
STABLE = Line(Family.MAIA, "stable")
GOOD = b"""
[[release]]
track = "Stable"
date = 2026-11-01
version = "10.1309.0"

[[release]]
track = "current"
date = "2026-10-08"

[[release]]
track = "snowflake"
date = 2026-09-08
version = "10.1275.0"
"""


def refused(content: bytes) -> str:
    with pytest.raises(SettingError) as refusal:
        announced_from(content, "my.toml")
    sentence = str(refusal.value)
    assert sentence.isprintable()
    return sentence


def release(body: str) -> bytes:
    return f"[[release]]\n{body}\n".encode()


def test_a_date_may_be_written_with_quotes_and_without(tmp_path: Path) -> None:
    path = tmp_path / "releases.toml"
    path.write_bytes(GOOD)
    assert read_announced(path) == (
        Announced("stable", date(2026, 11, 1), "10.1309.0"),
        Announced("current", date(2026, 10, 8)),
        Announced("snowflake", date(2026, 9, 8), "10.1275.0"),
    )


def test_an_empty_file_announces_nothing() -> None:
    assert announced_from(b"", "my.toml") == ()


def test_a_byte_order_mark_is_no_fault() -> None:
    assert len(announced_from(b"\xef\xbb\xbf" + GOOD, "my.toml")) == 3


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "track = 'stable'\ndate = 'soon'",
            "date of release 1 of my.toml: “soon” cannot be used; it should be a day such as"
            " 2026-12-01.",
        ),
        ("track = 'stable'\ndate = 2026-12-01T10:00:00Z", "should be a day such as 2026-12-01."),
        ("track = 'stable'\ndate = 20261201", "should be a day such as 2026-12-01."),
        ("date = 2026-12-01", "release 1 of my.toml has no track."),
        ("track = 'stable'", "release 1 of my.toml has no date."),
        ("track = ''\ndate = 2026-12-01", "it should be current, stable, snowflake, streaming or"),
        ('track = "a\\u0007b"\ndate = 2026-12-01', "it should be current, stable, snowflake,"),
        ("track = 'stable'\ndate = 2026-12-01\nversion = 10.1", "a version in quotes"),
        ("track = 'stable'\ndate = 2026-12-01\nversion = 'newest'", "a version with a number"),
        (
            "track = 'stable'\ndate = 2026-12-01\nverson = '10.1'",
            "“verson” is not a key of release 1 of my.toml. Did you mean version? Allowed: track,"
            " date, version.",
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place_and_what_is_allowed(
    body: str, sentence: str
) -> None:
    assert sentence in refused(release(body))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"releases = 3", "“releases” is not a key of my.toml. Did you mean release?"),
        (b"[release]\ntrack = 'a'", "each release should begin with a line [[release]]."),
        (b"release = [1, 2]", "each release should begin with a line [[release]]."),
        (b"release = ", "my.toml cannot be read: "),
        (b"\xff\xfe", "my.toml cannot be read: "),
    ],
)
def test_a_file_of_another_kind_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    assert sentence in refused(content)


def test_the_number_of_the_wrong_release_is_told() -> None:
    assert "release 4 of my.toml has no track" in refused(GOOD + release("date = 2026-01-01"))


def test_a_release_that_is_there_twice_is_refused() -> None:
    assert "is the same as release 1." in refused(
        GOOD + release("track='stable'\ndate=2026-11-01\nversion='10.1309.0'")
    )


def test_two_versions_may_come_out_on_one_day() -> None:
    two = release("track='stable'\ndate=2026-11-01\nversion='10.1309.1'")
    assert len(announced_from(GOOD + two, "my.toml")) == 4


def test_a_file_without_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (LARGEST + 5))
    with pytest.raises(SettingError, match="too large for a file of releases"):
        read_announced(path)
    many = b"[[release]]\ntrack='a'\ndate=2026-01-01\n" * (MOST + 1)
    assert f"{MOST} are the most" in refused(many)


def test_a_file_that_is_gone_is_a_wrong_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"cannot be read: No such file"):
        read_announced(tmp_path / "none.toml")


@given(st.binary(max_size=200))
def test_no_content_is_a_fault_of_ours(content: bytes) -> None:
    with suppress(SettingError):
        announced_from(content, "my.toml")


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000])
def test_a_number_without_end_is_refused(number: str) -> None:
    assert refused(release(f"track = 'stable'\ndate = {number}"))


def test_what_lies_ahead_or_has_no_version_is_no_history() -> None:
    announced = (
        Announced("stable", date(2026, 10, 8), "10.2"),
        Announced("stable", date(2026, 10, 7), "10.1"),
        Announced("stable", date(2026, 9, 1)),
        Announced("stable", date(2026, 8, 1), "10.0"),
    )
    out = datetime(2026, 8, 1, tzinfo=UTC)
    assert past_releases(announced, (), NOW) == (Release(STABLE, "10.0", out, out),)


def test_snowflake_and_streaming_name_the_lines_that_are_known_of_them() -> None:
    announced = (Announced("snowflake", date(2026, 9, 8), "10.1"),)
    (alone,) = past_releases(announced, (STABLE,), NOW)
    assert alone.line == Line(Family.SNOWFLAKE, "stable")
    known = (STABLE, Line(Family.SNOWFLAKE, "current"), Line(Family.STREAMING, "current"))
    (found,) = past_releases(announced, known, NOW)
    assert found.line == Line(Family.SNOWFLAKE, "current")


def test_what_was_seen_is_more_precise_than_the_file_and_stays() -> None:
    seen = Release(STABLE, "10.0", datetime(2026, 7, 31, 6, tzinfo=UTC), NOW)
    memory = Memory({STABLE: (seen,)})
    announced = (
        Announced("stable", date(2026, 8, 1), "10.0"),
        Announced("stable", date(2026, 9, 1), "10.1"),
        Announced("stable", date(2026, 11, 1)),
    )
    told = with_announced(memory, announced, NOW)
    assert told.announced == announced
    assert [each.version for each in told.releases[STABLE]] == ["10.0", "10.1"]
    assert told.releases[STABLE][0].released == seen.released
