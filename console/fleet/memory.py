"""What earlier readings taught that the newest one does not tell: which releases there have been,
which restarts moved nothing, which runners changed their track.

Values without opinions: how they are learnt is in `learning`, what follows from them is in
`console.rules`. The journal keeps them over restarts of this program.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from console.fleet.lines import Line


@dataclass(frozen=True, slots=True)
class Release:
    """A version seen as the newest of its line. `released` is None where the API gave no date that
    can be believed; `first_seen` is when this console first heard of it."""

    line: Line
    version: str
    released: datetime | None
    first_seen: datetime

    @property
    def out_since(self) -> datetime:
        """When it came out, or at the latest was out."""
        return self.released or self.first_seen


@dataclass(frozen=True, slots=True)
class Announced:
    """A release from the operator's own file. `track` is current, stable, another track, or
    snowflake or streaming for those lines. Without a version only its day is known."""

    track: str
    day: date
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt of one runner.

    `unmoved` is when it came back from a restart on `unmoved_version` although its track had a
    newer one. `track_changed` is when it was seen to leave the track `track_left`; forgotten once
    it reports a version that its new track supports. `away_version` is what it ran when it was
    last seen to go down, while it is down.
    """

    unmoved: datetime | None = None
    unmoved_version: str = ""
    track_changed: datetime | None = None
    track_left: str = ""
    away_version: str = ""


NOTHING_LEARNT = Lesson()


@dataclass(frozen=True, eq=False)
class Memory:
    """Replaced whole when something is learnt, so that the same object means nothing new.

    `releases` are in the order of their versions, oldest first. `lessons` are by runner id."""

    releases: Mapping[Line, tuple[Release, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    lessons: Mapping[str, Lesson] = field(default_factory=lambda: MappingProxyType({}))
    announced: tuple[Announced, ...] = ()


NOTHING_REMEMBERED = Memory()
