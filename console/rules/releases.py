"""Releases: what each line has had, and when its next ones are expected.

Cadence and support window are the vendor's published ones (agent-updates page, and "Runner Release
Tracks" of its deployment library): Current usually on Tuesday and Thursday, Stable on the first of
the month, Snowflake's native app on the second Tuesday. What is expected is never promised.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, pairwise

from console.fleet.lines import Family, Line
from console.fleet.memory import Memory, Release
from console.fleet.snapshot import Track
from console.fleet.versions import version_order

A_DAY = timedelta(days=1)


class Sureness(StrEnum):
    """What a date rests on: a release that the operator's file announces, the usual cadence, or
    nothing."""

    SCHEDULED = "scheduled"
    CADENCE = "cadence"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Expected:
    """A release that is not out. `at` has the hour at which the line's releases usually come, or
    midnight UTC where none is known; `version` is None when nothing says it."""

    line: Line
    at: datetime
    sureness: Sureness
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """`days` are the usual days of release after a day, for ever; `longest_gap` lies between two
    releases that are next to each other, so that a longer one hides a release or an exception.
    `slack` is how far an announced day may be from the usual one that it stands for."""

    days: Callable[[date], Iterator[date]]
    longest_gap: timedelta
    slack: timedelta


def cadence(line: Line) -> Cadence | None:
    """The published cadence of a line; None for one without."""
    if line.family is Family.SNOWFLAKE:
        return SECOND_TUESDAY
    return _MAIA_CADENCES.get(line.track) if line.family is Family.MAIA else None


def expected_releases(
    memory: Memory, line: Line, now: datetime, count: int, newest_out: datetime | None = None
) -> tuple[Expected, ...]:
    """The next `count` releases of a line, soonest first; fewer without a cadence.

    A usual day stays expected until it is over. An announced release takes the place of the usual
    one that is nearest to it. `newest_out` is when the newest release came out, for a caller who
    knows more than the memory.
    """
    today = now.astimezone(UTC).date()
    known = [each.out_since for each in memory.releases.get(line, ())]
    outs = [*known, newest_out] if newest_out else known
    last = max(outs).astimezone(UTC).date() if outs else today - A_DAY
    after = max(last, today - A_DAY)
    usual_time = _usual_time(memory.releases.get(line, ()))
    named, out = _named(line), {each.version for each in memory.releases.get(line, ())}
    announced = {
        each.day: each.version
        for each in memory.announced
        if each.track == named and each.day > after and each.version not in out
    }
    days = _merged(announced, cadence(line), after, count)
    return tuple(
        Expected(
            line,
            datetime.combine(day, usual_time, UTC),
            Sureness.SCHEDULED if day in announced else Sureness.CADENCE,
            announced.get(day) or _expected_cut(memory, line, day),
        )
        for day in days
    )


def releases_between(memory: Memory, line: Line, older: str, newer: str) -> tuple[Release, ...]:
    """The known releases of a line after `older` up to and with `newer`, oldest first."""
    low, high = version_order(older), version_order(newer)
    if not low or not high:
        return ()
    return tuple(
        each for each in memory.releases.get(line, ()) if low < version_order(each.version) <= high
    )


def releases_behind(memory: Memory, line: Line, installed: str, newest: str) -> int | None:
    """How many releases of its line lie between, the newest included; None when that cannot be
    known: the installed version was never seen as a release of the line, or the console did not
    see every release since."""
    known = memory.releases.get(line, ())
    usual = cadence(line)
    versions = [each.version for each in known]
    if usual is None or installed not in versions or newest not in versions:
        return None
    span = known[versions.index(installed) : versions.index(newest) + 1]
    gaps = (later.out_since - earlier.out_since for earlier, later in pairwise(span))
    if any(gap > usual.longest_gap for gap in gaps):
        return None
    return len(span) - 1


def cut_for_stable(memory: Memory, month: date) -> Release | None:
    """The Current release that Stable is expected to carry when it comes out in `month`: the newest
    one that was out on the first of the month before (deployment library)."""
    first = month.replace(day=1)
    cut_day = (first - A_DAY).replace(day=1)
    cut_at = datetime.combine(cut_day, time(), UTC)
    releases = sorted(
        memory.releases.get(Line(Family.MAIA, Track.CURRENT), ()), key=lambda each: each.out_since
    )
    place = bisect_right([each.out_since for each in releases], cut_at)
    if place == 0:
        return None
    newest = releases[place - 1]
    next_usual = next(CURRENT_CADENCE.days(newest.out_since.astimezone(UTC).date()))
    return newest if next_usual >= cut_day else None


def _expected_cut(memory: Memory, line: Line, day: date) -> str | None:
    if line != Line(Family.MAIA, Track.STABLE):
        return None
    cut = cut_for_stable(memory, day)
    return cut.version if cut else None


def _merged(
    announced: Mapping[date, str | None], usual: Cadence | None, after: date, count: int
) -> list[date]:
    slots = list(islice(usual.days(after), count + len(announced))) if usual else []
    for day in sorted(announced):
        near = [each for each in slots if usual and abs(each - day) <= usual.slack]
        if near:
            slots.remove(min(near, key=lambda each: abs(each - day)))
    return sorted({*slots, *announced})[:count]


def _named(line: Line) -> str:
    return line.track if line.family is Family.MAIA else line.family


def _usual_time(releases: tuple[Release, ...]) -> time:
    """The middle one of the times of day of the last releases whose date is known."""
    times = sorted(each.released.astimezone(UTC).time() for each in releases[-9:] if each.released)
    return times[len(times) // 2].replace(second=0, microsecond=0) if times else time()


def _tuesdays_and_thursdays(after: date) -> Iterator[date]:
    day = after
    while True:
        day += A_DAY
        if day.weekday() in (1, 3):
            yield day


def _firsts(after: date) -> Iterator[date]:
    first = after.replace(day=1)
    while True:
        first = (first + timedelta(days=32)).replace(day=1)
        yield first


def _second_tuesdays(after: date) -> Iterator[date]:
    first = after.replace(day=1)
    while True:
        tuesday = first + timedelta(days=(1 - first.weekday()) % 7 + 7)
        if tuesday > after:
            yield tuesday
        first = (first + timedelta(days=32)).replace(day=1)


CURRENT_CADENCE = Cadence(_tuesdays_and_thursdays, timedelta(days=6), timedelta(days=2))
STABLE_CADENCE = Cadence(_firsts, timedelta(days=33), timedelta(days=15))
SECOND_TUESDAY = Cadence(_second_tuesdays, timedelta(days=36), timedelta(days=13))

_MAIA_CADENCES: Mapping[str, Cadence] = {
    Track.CURRENT: CURRENT_CADENCE,
    Track.STABLE: STABLE_CADENCE,
}
