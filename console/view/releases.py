"""The calendar of releases: what is out, who runs it, what is expected next and whom it pushes out.

What is expected is worded as expected, always. The support window is the vendor's published one;
the API's own word on each runner is told where runners are listed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from console.fleet.learning import SUPPORTED_RELEASES
from console.fleet.lines import Family, Line, line_of
from console.fleet.memory import Memory, Release
from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import Assessment, assessments
from console.rules.releases import Expected, Sureness, expected_releases
from console.rules.support import Support
from console.view.dates import day_words, has_hour, release_date, utc_beside
from console.view.overview import outlook_sentence
from console.view.release_filters import LEAVING, UNSUPPORTED, filter_in, running
from console.view.release_words import (
    CURRENT,
    NO_WINDOW,
    OUTSIDE,
    OUTSIDE_AND_RUN,
    STABLE,
    SURENESS,
    WITHIN,
    carried,
    elsewhere_words,
    expected_date,
    leaving_words,
    line_title,
    newest_words,
    older_words,
    unsupported_words,
    usual_days,
)
from console.view.runners import runner_count
from console.view.table import Cell
from console.view.text import folded, shown
from console.view.tone import Tone

LOOKED_AHEAD = 3
"""How many releases of a line are told ahead."""

MOST = 10
"""How many releases of a line are listed, apart from older ones that runners have."""


@dataclass(frozen=True, slots=True)
class OutRelease:
    """One release that is out. `is_dated` is False where only is known when it was first seen.
    `in_window` is None for a line without a published support window. `filter` finds who runs it,
    "" where nobody does."""

    version: str
    at: datetime
    is_dated: bool
    date: str
    runners: int
    runs: str
    in_window: bool | None
    support: Cell
    filter: str


@dataclass(frozen=True, slots=True)
class ComingRelease:
    """One release that is expected. `date` is in the user's zone, `utc` the same beside it, or ""
    where it would say nothing new. `leaving` counts the runners that are expected to leave support
    with it, `effect` says it in words; `filter` finds all of its line that are to leave."""

    at: datetime
    has_hour: bool
    date: str
    utc: str
    sureness: Sureness
    sure: Cell
    version: str | None
    carries: str
    leaving: int
    effect: str
    filter: str


@dataclass(frozen=True, slots=True)
class LineCalendar:
    """One line. `coming` is soonest first, `out` newest first; `older` says how many are not
    listed, `elsewhere` who runs what it never had, `unsupported` who is out of support already;
    "" where there is nothing to say. `filter` finds those who are out of support."""

    line: Line
    title: str
    runners: int
    newest: str
    unsupported: Cell
    filter: str
    cadence: str
    coming: tuple[ComingRelease, ...]
    out: tuple[OutRelease, ...]
    older: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """`outlook` is the fleet's, "" while nobody leaves support soon."""

    lines: tuple[LineCalendar, ...]
    outlook: str


def releases_view(
    snapshot: Snapshot, now: datetime, zone: tzinfo, most: int | None = MOST
) -> Calendar:
    """Current and Stable, Snowflake, then the other lines that are known. `most` releases of each,
    or all of them, and the older ones that a runner has."""
    assessed = assessments(snapshot, now)
    by_line: dict[Line | None, list[Assessment]] = {}
    for each in assessed:
        by_line.setdefault(line_of(each.runner), []).append(each)
    lines = tuple(
        _line(line, by_line.get(line, []), snapshot.memory, now, zone, most)
        for line in known_lines(snapshot)
    )
    return Calendar(lines, outlook_sentence(assessed))


def known_lines(snapshot: Snapshot) -> tuple[Line, ...]:
    """In the order to show: Current and Stable even where the fleet has neither."""
    of_runners = {line for runner in snapshot.runners if (line := line_of(runner)) is not None}
    found = {CURRENT, STABLE, *snapshot.memory.releases, *of_runners}
    return tuple(sorted(found, key=_place))


def has_window(line: Line) -> bool:
    """Whether the vendor publishes a support window for it: it does for Current and Stable."""
    return line in (CURRENT, STABLE)


def next_releases_line(snapshot: Snapshot, now: datetime, zone: tzinfo) -> str:
    """The next Current and Stable release: "Next: Current Thu 26 Nov (expected), …"."""
    nexts = [
        f"{line_title(line)} {day_words(release_date(each.at, zone), year=False)} (expected)"
        for line in (CURRENT, STABLE)
        for each in expected_releases(snapshot.memory, line, now, 1)
    ]
    return f"Next: {', '.join(nexts)}"


def leaving_with(release: Expected, assessed: Iterable[Assessment]) -> tuple[Runner, ...]:
    """The runners that are expected to leave support with this release, by name."""
    return _by_name(
        each.runner
        for each in assessed
        if each.judged.support.leaves is not None
        and each.judged.support.leaves.date() == release.at.date()
        and line_of(each.runner) == release.line
    )


def _line(
    line: Line,
    assessed: Sequence[Assessment],
    memory: Memory,
    now: datetime,
    zone: tzinfo,
    most: int | None,
) -> LineCalendar:
    known = memory.releases.get(line, ())[::-1]
    runs = Counter(each.runner.version for each in assessed)
    out = tuple(
        _out(release, place, runs, zone)
        for place, release in enumerate(known)
        if most is None or place < most or runs[release.version]
    )
    coming = expected_releases(memory, line, now, LOOKED_AHEAD)
    lost = _by_name(each.runner for each in assessed if each.support is Support.UNSUPPORTED)
    return LineCalendar(
        line=line,
        title=line_title(line),
        runners=len(assessed),
        newest=_newest(out, len(assessed)),
        unsupported=Cell(unsupported_words(lost), Tone.CRITICAL, "✕", "x"),
        filter=filter_in(line, UNSUPPORTED) if lost else "",
        cadence=usual_days(line),
        coming=tuple(_coming(each, assessed, memory, now, zone) for each in coming),
        out=out,
        older=older_words(len(known) - len(out)),
        elsewhere=elsewhere_words(runs, {release.version for release in known}),
    )


def _out(release: Release, place: int, runs: Mapping[str | None, int], zone: tzinfo) -> OutRelease:
    in_window = place < SUPPORTED_RELEASES if has_window(release.line) else None
    day = day_words(release_date(release.out_since, zone))
    number = runs.get(release.version, 0)
    return OutRelease(
        version=shown(release.version, 24),
        at=release.out_since,
        is_dated=release.released is not None,
        date=day if release.released is not None else f"seen first on {day}",
        runners=number,
        runs=f"on {runner_count(number, number)}" if number else "",
        in_window=in_window,
        support=_window(in_window, number),
        filter=filter_in(release.line, running(release.version)) if number else "",
    )


def _coming(
    release: Expected,
    assessed: Sequence[Assessment],
    memory: Memory,
    now: datetime,
    zone: tzinfo,
) -> ComingRelease:
    leaving = leaving_with(release, assessed)
    return ComingRelease(
        at=release.at,
        has_hour=has_hour(release.at),
        date=expected_date(release.at, zone),
        utc=utc_beside(release.at, zone) if has_hour(release.at) else "",
        sureness=release.sureness,
        sure=SURENESS[release.sureness],
        version=shown(release.version, 24) if release.version else None,
        carries=carried(release, memory, now, zone),
        leaving=len(leaving),
        effect=leaving_words(leaving),
        filter=filter_in(release.line, LEAVING) if leaving else "",
    )


def _window(in_window: bool | None, runners: int) -> Cell:
    if in_window is None:
        return NO_WINDOW
    if in_window:
        return WITHIN
    return OUTSIDE_AND_RUN if runners else OUTSIDE


def _by_name(runners: Iterable[Runner]) -> tuple[Runner, ...]:
    return tuple(sorted(runners, key=lambda runner: (folded(runner.name), runner.id)))


def _newest(out: Sequence[OutRelease], runners: int) -> str:
    if not out:
        return "No release of it has been seen."
    newest = out[0]
    since = f"out since {newest.date}" if newest.is_dated else newest.date
    return newest_words(newest.version, since, newest.runners, runners)


def _place(line: Line) -> tuple[int, str, str]:
    rank = 2 if line.family is Family.SNOWFLAKE else 3
    return {CURRENT: 0, STABLE: 1}.get(line, rank), line.family, line.track
