"""What the benchmark's table is made of: rows beside their floors, medians, and the page."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

INTRODUCTION = """\
# Benchmarks

Written by `make bench`. Each figure stands beside its floor, measured in the same run and in turn
with it: what the bare toolkit needs for the same job. Times are medians. Speed differs between
machines, ratios hardly do.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `most_ratio` is the allowed multiple of the floor, `most` the allowed value;
    either may be None."""

    what: str
    floor_is: str
    ours: float
    floor: float
    unit: str
    most_ratio: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def is_kept(self) -> bool:
        ratio = self.ratio
        if self.most is not None and self.ours > self.most:
            return False
        return self.most_ratio is None or ratio is None or ratio <= self.most_ratio

    @property
    def cells(self) -> tuple[str, ...]:
        ratio = self.ratio
        limits = []
        if self.most_ratio is not None:
            limits.append(f"{self.most_ratio:g} ×")
        if self.most is not None:
            limits.append(f"{self.most:g} {self.unit}")
        return (
            self.what,
            f"{self.ours:.0f} {self.unit}",
            f"{self.floor:.0f} {self.unit}: {self.floor_is}",
            "–" if ratio is None else f"{ratio:.2f}",
            ", ".join(limits) or "–",
            "yes" if self.is_kept else "**no**",
        )


def page(rows: Iterable[Row]) -> str:
    """The Markdown page."""
    header = ("what", "ours", "floor", "ratio", "allowed", "kept")
    lines = [header, ("---",) * len(header), *(row.cells for row in rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    machine = (
        f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} processors."
    )
    return f"{INTRODUCTION}{table}\n\n{machine}\n"


def in_turn(
    runs: int, ours: Callable[[], float], floor: Callable[[], float]
) -> tuple[float, float]:
    """The medians of both, measured alternately after one run of each that does not count."""
    ours(), floor()
    pairs = [(ours(), floor()) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def milliseconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return (time.perf_counter() - begin) * 1000


def progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
