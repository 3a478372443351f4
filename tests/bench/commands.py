"""The command line beside its floors: listing large fleets, and --help."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.api import Api, demo_api
from tests.bench.rows import Row, in_turn, milliseconds, progress

CONSOLE = str(Path(sys.executable).with_name("maia-console"))
BARE_LIST = str(Path(__file__).with_name("bare_list.py"))
LIST_RUNS = {1_000: 11, 10_000: 5}
HELP_RUNS = 25


def command_rows() -> list[Row]:
    return [*(_list_row(runners, runs) for runners, runs in LIST_RUNS.items()), _help_row()]


def _list_row(runners: int, runs: int) -> Row:
    progress(f"list of {runners:,} runners …")
    with demo_api(runners) as api:
        ours, floor = in_turn(
            runs,
            lambda: _timed([CONSOLE, "list", "--output", "json"], api),
            lambda: _timed([sys.executable, BARE_LIST, api.url], api),
        )
    return Row(
        f"`list --output json`, {runners:,} runners",
        "bare script: token, pages in parallel with httpx, JSON parsed",
        ours,
        floor,
        "ms",
        most_ratio=1.5,
    )


def _help_row() -> Row:
    progress("--help …")
    ours, floor = in_turn(
        HELP_RUNS,
        lambda: _timed([CONSOLE, "--help"]),
        lambda: _timed([sys.executable, "-c", "import argparse"]),
    )
    return Row("`--help`", "interpreter importing argparse", ours, floor, "ms", most_ratio=1.5)


def _timed(command: Sequence[str], api: Api | None = None) -> float:
    environment = api.environment() if api else None

    def run() -> None:
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)

    return milliseconds(run)
