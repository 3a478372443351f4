"""The terminal console's own work at 10,000 runners beside the same at 100, and its memory after a
day of polls. In one process, without a terminal: what is timed is ours alone."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from tests.bench.rows import Row, progress

FEW, MANY = 100, 10_000
RUNS = 15
SIMULATED, SETTLED = 240, 40
"""Polls that stand for a day's 5,760, each of them with 1 % of the runners changed, which is more
change than a day brings; and after how many of them memory has settled."""

VARIANTS, PAGE = 4, 100
MEGABYTE = 1_000_000


def motion_rows() -> list[Row]:
    progress("moving, filtering and sorting 100 and 10,000 runners …")
    few, many = asyncio.run(_motions(FEW)), asyncio.run(_motions(MANY))
    rows = [
        Row(
            f"terminal: {what}, {MANY:,} runners",
            f"the same with {FEW}",
            many[what],
            few[what],
            "ms",
            most_ratio=1.5,
        )
        for what in few
    ]
    progress(f"memory over {SIMULATED} polls of {MANY:,} runners …")
    settled, last = _memory()
    return [
        *rows,
        Row(
            f"terminal: memory after {SIMULATED} polls of {MANY:,} runners",
            f"after {SETTLED} polls",
            last,
            settled,
            "MB",
            most_ratio=1.05,
            most=120,
        ),
    ]


async def _motions(runners: int) -> dict[str, float]:
    """Milliseconds of processor time for each, until it is drawn."""
    from tests.tui.conftest import opened

    spent: dict[str, float] = {}
    async with opened((80, 24), runners=runners) as console:
        for what, keys in MOTIONS.items():
            times = []
            for _ in range(RUNS):
                for key in keys:
                    begin = time.process_time()
                    await console.press(key)
                    times.append((time.process_time() - begin) * 1000)
                await console.press("escape")
            spent[what] = statistics.median(times)
    return spent


MOTIONS: dict[str, tuple[str, ...]] = {
    "the cursor moves a line": ("down", "up", "down"),
    "a letter is typed into the filter": ("slash", "p", "r"),
    "the table is sorted by another column": ("s",),
}


def _memory() -> tuple[float, float]:
    """Of a process of its own, which knows no demo: after it has settled, and at the end, in
    megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        _write_fleets(Path(folder))
        command = [sys.executable, "-m", "tests.bench.motions", folder]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    settled, last = map(float, said.split())
    return settled, last


def _write_fleets(folder: Path) -> None:
    from console.demo.world import World

    world = World(MANY)
    for number in range(VARIANTS):
        pages = (world.written_page(page, PAGE) for page in range(MANY // PAGE))
        (folder / f"{number}.json").write_bytes(b"\n".join(pages))
        world.change(0.01, seed=number)


async def _polls(folder: Path) -> tuple[float, float]:
    from pydantic import TypeAdapter

    from console.api.models.record import Page, parsed
    from console.api.models.runners import RunnerRecord
    from console.fleet.store import FleetStore
    from console.session import Session
    from tui.app import ConsoleApp

    files = cycle(folder / f"{number}.json" for number in range(VARIANTS))
    pages = TypeAdapter(Page[RunnerRecord])
    clock = _Clock()

    def records(path: Path) -> Iterator[RunnerRecord]:
        with path.open("rb") as lines:
            for line in lines:
                yield from parsed(pages, line).results

    async def read() -> tuple[RunnerRecord, ...]:
        return tuple(records(next(files)))

    store = FleetStore(read, clock=clock, poll_seconds=15)
    app = ConsoleApp(Session("bench", store, None))
    settled = 0.0
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(SIMULATED):
            clock.now += timedelta(seconds=15)
            await store.refresh()
            await pilot.pause()
            if number == SETTLED:
                settled = _resident()
    return settled, _resident()


class _Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 10, 7, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


if __name__ == "__main__":
    print(*asyncio.run(_polls(Path(sys.argv[1]))))
