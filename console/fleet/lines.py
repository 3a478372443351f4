"""Release lines: which releases a runner's version is one of.

A track alone does not say it: Streaming runners and Snowflake's native app are numbered and
released on schedules of their own.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from console.fleet.kinds import is_native_app, is_streaming

if TYPE_CHECKING:
    from console.fleet.snapshot import Runner


class Family(StrEnum):
    MAIA = "maia"
    STREAMING = "streaming"
    SNOWFLAKE = "snowflake"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A family's track. The track is the API's word, and may be one that nobody has heard of."""

    family: Family
    track: str

    @property
    def key(self) -> str:
        """The line as one word, for a database or a file: "maia/stable"."""
        return f"{self.family}/{self.track}"


def line_of(runner: "Runner") -> Line | None:
    """The runner's line, or None while the API does not tell its track."""
    if runner.track is None:
        return None
    if is_native_app(runner):
        return _line(Family.SNOWFLAKE, runner.track)
    return _line(Family.STREAMING if is_streaming(runner) else Family.MAIA, runner.track)


def line_from(key: str) -> Line | None:
    """The line of a `key`, or None when no line has it."""
    family, separator, track = key.partition("/")
    if not separator or family not in set(Family):
        return None
    return _line(Family(family), track)


@lru_cache(maxsize=1024)
def _line(family: Family, track: str) -> Line:
    return Line(family, track)
