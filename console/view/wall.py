"""What a wall display shows: problems first and large, the healthy folded into a count, beside them
what is about to become one. Whether it is a page or a terminal, it draws this."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from console.fleet.snapshot import Snapshot
from console.rules.assessment import Assessment, assessments
from console.rules.findings import Severity
from console.view.filter import EVERYTHING, Filter
from console.view.headlines import Headline
from console.view.matching import matching
from console.view.overview import overview, problem_text, stale_after
from console.view.query import Query
from console.view.runners import table_basis
from console.view.tone import Tone
from console.view.wall_panels import Panel, paused, releases, support, work
from console.view.wall_problems import Band, Tile, bands, old_accounts, tiles
from console.view.wall_versions import VersionBar, version_bars
from console.view.wall_words import Dates, planned_words

MOST_TILES = 32
"""With more problems than this, none has a tile of its own: nobody reads so many from afar."""

MOST_IN_BANDS = 200
"""With more problems than this, their names say less than how many they are."""

GREYED_AFTER = 2
"""How many times as old as marked data must be for the whole wall to be taken for old."""

SYMBOLS = {Tone.GOOD: "✓", Tone.WARNING: "!", Tone.CRITICAL: "✕"}


class Shape(StrEnum):
    """How the problems are told, as far as there is room."""

    TILES = "tiles"
    BANDS = "bands"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Wall:
    """`tiles` are the problems, worst first, none where there are too many for it; `bands` are the
    same by kind. `rest` says how many runners are not among them, `problems`
    is the filter for those that are. `stale_seconds` is the age from
    which data is marked as old, `grey_seconds` that from which the whole wall is. `outlook` says
    who leaves support soon, `old` which of several accounts were not read for too long, `planned`
    marks planned work, `date` is today's; each is "" where there is nothing to say."""

    verdict: str
    tone: Tone
    symbol: str
    headlines: tuple[Headline, ...]
    shape: Shape
    tiles: tuple[Tile, ...]
    bands: tuple[Band, ...]
    rest: str
    problems: str
    banner: str
    outlook: str
    old: str
    planned: str
    date: str
    panels: tuple[Panel, ...]
    versions: tuple[VersionBar, ...]
    stale_seconds: float
    grey_seconds: float


def wall(
    snapshot: Snapshot,
    now: datetime,
    zone: tzinfo = UTC,
    among: Filter = EVERYTHING,
    language: str = "en",
) -> Wall:
    """The wall of the runners that a filter leaves. It changes only when there is something new to
    say, once a minute at the most for ages."""
    dates = Dates(zone, language)
    top = overview(snapshot, now, among)
    seen = among.among(assessments(snapshot, now))
    alike = Counter([each.judged for each in seen])
    problems = _problems(seen, snapshot, now, among)
    shape = _shape(len(problems))
    others = len(seen) - len(problems)
    under_way = snapshot.open_operations
    planned = sum(each.runner.id in under_way for each in seen) if under_way else 0
    marked = stale_after(snapshot).total_seconds()
    panels = (
        work(snapshot, now),
        support(alike, now, dates),
        paused(seen, snapshot, now),
        releases(alike, snapshot, now, dates),
    )
    return Wall(
        verdict=top.verdict,
        tone=top.verdict_tone,
        symbol=SYMBOLS.get(top.verdict_tone, ""),
        headlines=top.headlines,
        shape=shape,
        tiles=tiles(problems, snapshot, now, dates) if shape is Shape.TILES else (),
        bands=bands(problems, snapshot, now, dates, among.text),
        rest=f"{others} without a problem" if others else "",
        problems=f"{among.text} is:problem".strip(),
        banner=problem_text(snapshot),
        outlook=top.outlook,
        old=", ".join(
            f"{name} {since}" for name, since in old_accounts(snapshot, now, dates).items()
        ),
        planned=planned_words(planned),
        date=dates.full(now),
        panels=tuple(each for each in panels if each.lines),
        versions=version_bars(alike),
        stale_seconds=marked,
        grey_seconds=GREYED_AFTER * marked,
    )


def wall_basis(snapshot: Snapshot, now: datetime) -> tuple[object, ...]:
    """What a wall rests on: while it is equal, the wall is too. During trouble, age counts."""
    trouble = snapshot.problems
    return (*table_basis(snapshot, now), trouble, now if trouble else None, snapshot.poll_seconds)


def critical_findings(snapshot: Snapshot, now: datetime, among: Filter) -> frozenset[str]:
    """What a wall with sound listens to: each runner's critical findings, but for those under
    planned work."""
    return frozenset(
        f"{finding.code} {each.runner.id}"
        for each in among.among(assessments(snapshot, now))
        if each.findings
        and each.severity >= Severity.CRITICAL
        and each.runner.id not in snapshot.open_operations
        for finding in each.findings
        if finding.severity >= Severity.CRITICAL
    )


def _problems(
    seen: Sequence[Assessment], snapshot: Snapshot, now: datetime, among: Filter
) -> Sequence[Assessment]:
    """In the order of the table, unless they are too many for anybody to see it."""
    found = [each for each in seen if each.is_problem]
    if len(found) > MOST_TILES:
        return found
    return [each for each in matching(snapshot, Query(among), now) if each.is_problem]


def _shape(problems: int) -> Shape:
    if problems > MOST_IN_BANDS:
        return Shape.COUNTS
    return Shape.BANDS if problems > MOST_TILES else Shape.TILES
