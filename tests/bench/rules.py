"""What the rules cost at a poll of a large fleet with a year's releases in memory, beside reading
the same fleet's JSON. Each job begins on a heap without garbage, so that none pays for another's.
"""

import gc
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from pydantic import TypeAdapter

from console.api.models.record import Page, parsed
from console.api.models.runners import RunnerRecord
from console.demo.releases import history
from console.demo.world import World
from console.fleet.learning import learnt, with_releases
from console.fleet.lines import Family, Line
from console.fleet.memory import Memory, Release
from console.fleet.reading import runner_from
from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import assessments
from tests.bench.rows import Row, in_turn, milliseconds, progress

RUNNERS = 10_000
PAGE_SIZE = 100
CHANGED = 100
RUNS = 15
OF_A_YEAR: Mapping[Literal["current", "stable"], int] = {"current": 104, "stable": 12}
NOW = datetime(2026, 10, 7, 12, tzinfo=UTC)
FLOOR_IS = "parsing the same fleet's JSON into models"


def rule_rows() -> list[Row]:
    progress(f"rules for {RUNNERS:,} runners …")
    world = World(RUNNERS, clock=lambda: NOW)
    pages = [world.written_page(number, PAGE_SIZE) for number in range(RUNNERS // PAGE_SIZE)]
    adapter = TypeAdapter(Page[RunnerRecord])

    def floor() -> float:
        return _measured(lambda: [parsed(adapter, page) for page in pages])

    runners = tuple(
        runner_from(record) for page in pages for record in parsed(adapter, page).results
    )
    before = _snapshot_of(runners)
    changed = (
        *(replace(each, connected=not each.connected) for each in runners[:CHANGED]),
        *runners[CHANGED:],
    )
    return [
        _row("forecasts and findings", lambda: _assessed(before), floor, 0.5),
        _row("learning from an unchanged poll", lambda: _learnt(before, runners), floor, 0.1),
        _row("learning from a poll with 1 % changed", lambda: _learnt(before, changed), floor, 0.1),
    ]


def _row(what: str, ours: Callable[[], float], floor: Callable[[], float], most: float) -> Row:
    return Row(f"{what}, {RUNNERS:,} runners", FLOOR_IS, *in_turn(RUNS, ours, floor), "ms", most)


def _snapshot_of(runners: tuple[Runner, ...]) -> Snapshot:
    return Snapshot(
        runners=runners,
        taken=NOW,
        status_since={each.id: NOW for each in runners},
        memory=learnt(Memory(_releases_of_a_year()), Snapshot(), runners, NOW),
    )


def _releases_of_a_year() -> Mapping[Line, tuple[Release, ...]]:
    return with_releases(
        {},
        (
            Release(line, each.version, each.released_at, each.released_at)
            for line, out in (
                (Line(Family.MAIA, track), history(track, NOW, count))
                for track, count in OF_A_YEAR.items()
            )
            for each in out
        ),
    )


def _assessed(snapshot: Snapshot) -> float:
    """With a memory of its own, so that nothing that was judged before is looked up."""
    fresh = replace(snapshot, memory=replace(snapshot.memory))
    return _measured(lambda: assessments(fresh, NOW))


def _learnt(before: Snapshot, runners: tuple[Runner, ...]) -> float:
    """From a reading before it, whose index by id is made again as after every reading."""
    fresh = replace(before)
    return _measured(lambda: learnt(fresh.memory, fresh, runners, NOW))


def _measured(job: Callable[[], object]) -> float:
    gc.collect()
    return milliseconds(job)
