"""Memories for tests: releases of a line, as versions with the days on which they came out."""

from datetime import UTC, date, datetime, time

from console.fleet.learning import with_releases
from console.fleet.lines import Family, Line
from console.fleet.memory import Announced, Memory, Release
from console.fleet.snapshot import Track

CURRENT = Line(Family.MAIA, Track.CURRENT)
STABLE = Line(Family.MAIA, Track.STABLE)
SNOWFLAKE = Line(Family.SNOWFLAKE, Track.STABLE)
STREAMING = Line(Family.STREAMING, Track.CURRENT)


def moment(day: str, hour: int = 9) -> datetime:
    """That hour of a day such as "2026-10-06", in UTC."""
    return datetime.combine(date.fromisoformat(day), time(hour), UTC)


def memory_of(lines: dict[Line, dict[str, str]], *announced: tuple[str, str, str | None]) -> Memory:
    """Each line's versions by the day on which they came out, and what is announced as track, day
    and version. A day that ends in "?" is the one on which it was first seen, the API having told
    no date."""
    releases = [
        Release(line, version, None if day.endswith("?") else out, out)
        for line, versions in lines.items()
        for version, day in versions.items()
        for out in [moment(day.rstrip("?"))]
    ]
    return Memory(
        releases=with_releases({}, releases),
        announced=tuple(
            Announced(track, date.fromisoformat(day), version) for track, day, version in announced
        ),
    )
