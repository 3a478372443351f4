"""What the wall display shows: problems first and large, the healthy folded into a count."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from console.fleet.snapshot import Snapshot
from console.view.columns import RUNNER_COLUMNS
from console.view.matching import matching
from console.view.names import runner_label
from console.view.overview import Headline, overview, problem_text, stale_after
from console.view.query import Query
from console.view.releases import next_releases_line
from console.view.runners import sighting
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

SHOWN = ("attention", "status", "support", "platform")
"""The columns of a tile, below its name; the first says what is wrong."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One runner that needs a look. Of several accounts its name has its own before it."""

    key: str
    name: Cell
    tone: Tone
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """`tiles` are the problems, worst first. `rest` says how many runners are not among them.
    `stale_seconds` is the age from which the data must not be taken for fresh; `outlook` says who
    leaves support soon, `releases` what is expected next."""

    verdict: str
    tone: Tone
    headlines: tuple[Headline, ...]
    tiles: tuple[Tile, ...]
    rest: str
    banner: str
    stale_seconds: float
    outlook: str = ""
    releases: str = ""


def wall(snapshot: Snapshot, now: datetime, zone: tzinfo = UTC) -> Wall:
    top = overview(snapshot, now)
    problems = [each for each in matching(snapshot, Query(), now) if each.is_problem]
    columns = {each.column.key: each for each in RUNNER_COLUMNS}
    tiles = []
    for each in problems:
        seen = sighting(each, snapshot, now)
        cells = tuple(columns[key].cell(seen) for key in SHOWN)
        tone = Tone.CRITICAL if each.severity > 2 else Tone.WARNING
        hint = shown(each.runner.description)
        name = Cell(runner_label(each.runner), Tone.NEUTRAL, hint=hint)
        tiles.append(Tile(each.runner.id, name, tone, cells))
    others = len(snapshot.runners) - len(tiles)
    rest = f"{others} without a problem" if others else ""
    return Wall(
        verdict=top.verdict,
        tone=top.verdict_tone,
        headlines=top.headlines,
        tiles=tuple(tiles),
        rest=rest,
        banner=problem_text(snapshot),
        stale_seconds=stale_after(snapshot).total_seconds(),
        outlook=top.outlook,
        releases=next_releases_line(snapshot, now, zone),
    )
