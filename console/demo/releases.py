"""The release history of the demo world, computed from a moment alone.

Current comes out on Tuesdays and Thursdays; Stable on the first of each month, being the Current
cut of a month before; Snowflake's app on the second Tuesday, being the newest Stable; streaming
runners have a numbering of their own, once a month.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Literal

Line = Literal["current", "stable", "snowflake", "streaming"]

FIRST_CURRENT = datetime(2026, 1, 6, 9, tzinfo=UTC)
FIRST_NUMBER = 1225
WEEK = timedelta(days=7)
THURSDAY = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Release:
    version: str
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What a release line offers at a moment: its newest release, and the versions in support."""

    newest: Release
    supported: frozenset[str]
    next_at: datetime


def standing(line: Line, now: datetime) -> Standing:
    """The vendor supports the newest release of a line and the one before."""
    newest, before = history(line, now, 2)
    return Standing(newest, frozenset({newest.version, before.version}), next_release_at(line, now))


def history(line: Line, now: datetime, count: int) -> tuple[Release, ...]:
    """The last `count` releases up to `now`, newest first."""
    position, release = LINES[line]
    last = position(now)
    return tuple(release(number) for number in islice(range(last, last - count, -1), count))


def next_release_at(line: Line, now: datetime) -> datetime:
    position, release = LINES[line]
    return release(position(now) + 1).released_at


def _current_position(now: datetime) -> int:
    weeks, rest = divmod(now - FIRST_CURRENT, WEEK)
    return FIRST_NUMBER + 2 * weeks + (rest >= THURSDAY)


def _current_release(number: int) -> Release:
    weeks, second = divmod(number - FIRST_NUMBER, 2)
    return Release(f"10.{number}.0", FIRST_CURRENT + weeks * WEEK + second * THURSDAY)


def _stable_position(now: datetime) -> int:
    month = now.year * 12 + now.month - 1
    return month if now >= _month(month, 1, 6) else month - 1


def _stable_release(number: int) -> Release:
    cut = _current_release(_current_position(_month(number - 1, 1, 6)))
    return Release(cut.version, _month(number, 1, 6))


def _snowflake_position(now: datetime) -> int:
    month = now.year * 12 + now.month - 1
    return month if now >= _second_tuesday(month) else month - 1


def _snowflake_release(number: int) -> Release:
    released_at = _second_tuesday(number)
    return Release(_stable_release(_stable_position(released_at)).version, released_at)


def _second_tuesday(number: int) -> datetime:
    first = _month(number, 1, 8)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 7)


def _streaming_position(now: datetime) -> int:
    month = now.year * 12 + now.month - 1
    return month if now >= _month(month, 15, 10) else month - 1


def _streaming_release(number: int) -> Release:
    return Release(f"3.{number - 2025 * 12}.0", _month(number, 15, 10))


def _month(number: int, day: int, hour: int) -> datetime:
    year, month = divmod(number, 12)
    return datetime(year, month + 1, day, hour, tzinfo=UTC)


LINES: dict[Line, tuple[Callable[[datetime], int], Callable[[int], Release]]] = {
    "current": (_current_position, _current_release),
    "stable": (_stable_position, _stable_release),
    "snowflake": (_snowflake_position, _snowflake_release),
    "streaming": (_streaming_position, _streaming_release),
}
