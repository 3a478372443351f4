"""How soon the terminal console is seen, beside its floors, on a real pseudo-terminal of 80x24."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.api import Api, demo_api
from tests.bench.commands import CONSOLE
from tests.bench.rows import Row, in_turn, progress
from tests.bench.screen import terminal

FLEETS = {1_000: 1.3, 10_000: 2.0}
"""How many runners, and how many times its floor the start may take."""

START_RUNS = {1_000: 9, 10_000: 5}
HERE = Path(__file__)
BARE_TUI = [sys.executable, str(HERE.with_name("bare_tui.py"))]
BARE_READING = [sys.executable, str(HERE.with_name("bare_reading_tui.py"))]
TUI = [CONSOLE, "tui"]
OPENING = "Reading the fleet"
READ = "pages read"


def terminal_rows() -> list[Row]:
    rows = []
    for runners, most in FLEETS.items():
        with demo_api(runners) as api:
            rows += _start_rows(api, runners, most)
    return rows


def _start_rows(api: Api, runners: int, most: float) -> list[Row]:
    progress(f"start of the terminal console, {runners:,} runners …")
    first, runs = _first_name(api)[:10], START_RUNS[runners]
    bare = "bare Textual app with an empty DataTable"
    picture, empty = in_turn(
        runs, lambda: _until(OPENING, TUI, api), lambda: _until("Runner", BARE_TUI, api)
    )
    table, also_empty = in_turn(
        runs, lambda: _until(first, TUI, api), lambda: _until("Runner", BARE_TUI, api)
    )
    again, read = in_turn(
        runs, lambda: _until(first, TUI, api), lambda: _until(READ, [*BARE_READING, api.url], api)
    )
    reading = "bare Textual app that reads the pages with httpx and shows one name"
    painted = f"terminal: start to first painted table, {runners:,} runners"
    seen = f"terminal: start to first picture, {runners:,} runners"
    return [
        Row(seen, bare, picture, empty, "ms", most_ratio=most),
        Row(painted, bare, table, also_empty, "ms", most_ratio=most),
        Row(f"{painted}, reading included", reading, again, read, "ms", most_ratio=most),
    ]


def _until(text: str, command: Sequence[str], api: Api) -> float:
    """Milliseconds."""
    begin = time.perf_counter()
    with terminal(command, api.environment()) as screen:
        screen.wait_for(text)
        return (time.perf_counter() - begin) * 1000


def _first_name(api: Api) -> str:
    listing = subprocess.run(
        [CONSOLE, "list", "--output", "json"],
        env=api.environment(),
        capture_output=True,
        check=True,
    )
    return str(json.loads(listing.stdout)[0]["name"])
