"""Releases: what each line has had, and when its next ones are expected.

Cadence and support window are the vendor's published ones (agent-updates page, and "Runner Release
Tracks" of its deployment library): Current usually on Tuesday and Thursday, Stable on the first of
the month, Snowflake's native app on the second Tuesday. What is expected is never promised.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, pairwise, takewhile

from console.fleet.lines import Family, Line
from console.fleet.memory import Announced, Memory, Release
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
    """`days` are the usual days of release after a day, for ever. A release that is late by up to
    `grace` hides no other. `slack` is how far an announced day may be from the usual one that it
    stands for."""

    days: Callable[[date], Iterator[date]]
    grace: timedelta
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
    one that is nearest to it. `newest_out` is when the newest came out, for a caller who knows.
    """
    today = _day(now)
    known = memory.releases.get(line, ())
    outs = {_day(each.out_since): each.version for each in known}
    if newest_out and _day(newest_out) not in outs:
        outs[_day(newest_out)] = ""
    last = max(outs, default=today - A_DAY)
    announced = [each for each in memory.announced if each.track == _named(line)]
    out = {each.version for each in known}
    coming = {
        each.day: each.version
        for each in announced
        if each.day > last and each.day >= today and each.version not in out
    }
    usual, days = cadence(line), set(coming)
    if usual is not None:
        passed = max(last, _stood_for(usual, outs, last, announced))
        days.update(_usual_days(usual, passed, today, sorted(coming), count))
    usual_time = _usual_time(known)
    return tuple(
        Expected(
            line,
            datetime.combine(day, usual_time, UTC),
            Sureness.SCHEDULED if day in coming else Sureness.CADENCE,
            coming.get(day) or _expected_cut(memory, line, day),
        )
        for day in sorted(days)[:count]
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
    versions = [each.version for each in known]
    if installed not in versions or newest not in versions:
        return None
    span = known[versions.index(installed) : versions.index(newest) + 1]
    is_complete = all(_are_next_to_each_other(*pair) for pair in pairwise(span))
    return len(span) - 1 if is_complete else None


def never_had(memory: Memory, line: Line, version: str) -> bool:
    """Whether a line is known not to have had this version: it is newer than all that the line has
    had, or lies between two releases that are next to each other."""
    known = memory.releases.get(line, ())
    orders = [version_order(each.version) for each in known]
    place = bisect_left(orders, version_order(version))
    if place == len(known):
        return place > 0
    if place == 0 or orders[place] == version_order(version):
        return False
    return _are_next_to_each_other(known[place - 1], known[place])


def cut_for_stable(memory: Memory, month: date) -> Release | None:
    """The Current release that Stable is expected to carry when it comes out in `month`: the newest
    one that was out when the month before began (deployment library)."""
    cut_day = (month.replace(day=1) - A_DAY).replace(day=1)
    ready = [
        each
        for each in memory.releases.get(Line(Family.MAIA, Track.CURRENT), ())
        if _day(each.out_since) < cut_day
    ]
    newest = max(ready, key=lambda each: each.out_since, default=None)
    return None if newest is None or _may_hide(CURRENT_CADENCE, newest, cut_day) else newest


def _expected_cut(memory: Memory, line: Line, day: date) -> str | None:
    """Of the month whose first the day is nearest to, as an announced one may be another day."""
    if line != Line(Family.MAIA, Track.STABLE):
        return None
    cut = cut_for_stable(memory, day + timedelta(days=14))
    return cut.version if cut else None


def _are_next_to_each_other(older: Release, newer: Release) -> bool:
    """Whether the line is known to have had none between them."""
    usual = cadence(older.line)
    if usual is None or newer.out_since < older.out_since:
        return False
    return not _may_hide(usual, older, _day(newer.out_since) - usual.grace)


def _may_hide(usual: Cadence, older: Release, until: date) -> bool:
    """Whether one that nobody saw may have come out after `older`: a usual day lies between, or
    nobody knows the date of `older`."""
    return older.released is None or next(usual.days(_day(older.released))) < until


def _stood_for(
    usual: Cadence, outs: Mapping[date, str], last: date, announced: Iterable[Announced]
) -> date:
    """The usual day that the newest release stood for: where it was announced the one nearest to
    the announced day, which may be still to come, else its own."""
    planned = [
        each.day
        for each in announced
        if (each.version == outs.get(last) if each.version else each.day == last)
    ]
    if not planned:
        return last
    before = max((day for day in outs if day < last), default=last - usual.slack)
    begin = max(before, planned[0] - usual.slack - A_DAY)
    near = takewhile(lambda day: day <= planned[0] + usual.slack, usual.days(begin))
    return min(near, key=lambda day: abs(day - planned[0]), default=last)


def _usual_days(
    usual: Cadence, passed: date, today: date, announced: Sequence[date], count: int
) -> list[date]:
    """The next usual days after the one that has passed, from today on, without those whose place
    an announced day takes."""
    begin = max(passed, today - usual.slack - A_DAY)
    end = next(islice(usual.days(today), count + len(announced), None))
    slots = list(takewhile(lambda day: day <= end, usual.days(begin)))
    for day in announced:
        near = [each for each in slots if abs(each - day) <= usual.slack]
        if near:
            slots.remove(min(near, key=lambda each: abs(each - day)))
    return [each for each in slots if each >= today]


def _named(line: Line) -> str:
    return line.track if line.family is Family.MAIA else line.family


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


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


CURRENT_CADENCE = Cadence(_tuesdays_and_thursdays, timedelta(), timedelta(days=2))
STABLE_CADENCE = Cadence(_firsts, timedelta(days=7), timedelta(days=15))
SECOND_TUESDAY = Cadence(_second_tuesdays, timedelta(days=7), timedelta(days=13))

_MAIA_CADENCES: Mapping[str, Cadence] = {
    Track.CURRENT: CURRENT_CADENCE,
    Track.STABLE: STABLE_CADENCE,
}
