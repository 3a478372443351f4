"""What the terminal console writes, in bytes on a real pseudo-terminal, beside what `watch` and a
stock table write."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.api import Api, demo_api
from tests.bench.commands import CONSOLE
from tests.bench.rows import Row, progress
from tests.bench.screen import NARROW, WIDE, Screen, terminal
from tests.bench.terminal import BARE_TUI, TUI

RUNNERS = 1_000
CALM_FLEET = 24
POLL_SECONDS = 3.0
WATCHED_SECONDS = 15.0
HOUR = 3600.0
WATCH_SECONDS = 30.0
SETTLING_SECONDS = 2.5
CHANGES = 5
STOCK = {NARROW: 6_800.0, WIDE: 22_700.0}
"""What Textual's DataTable was measured to write for one such poll, once it was tuned."""

MOUSE_MOVED = "\x1b[<35;10;10M"
BY_NAME = "sssssssssssss"


def wire_rows() -> list[Row]:
    progress("bytes to the terminal …")
    with demo_api(RUNNERS) as api:
        rows = [_unchanged_row(api), *_first_rows(api), *_key_rows(api)]
        for size, most in ((NARROW, 400), (WIDE, 600)):
            rows += _changed_rows(api, size, most)
    return [*rows, *_hour_rows()]


@contextmanager
def _console(
    api: Api,
    size: tuple[int, int],
    *options: str,
    poll: float = POLL_SECONDS,
    is_far: bool = False,
) -> Iterator[Screen]:
    """Once its first rows are seen and it has come to rest. One that `is_far` was told of SSH."""
    with tempfile.TemporaryDirectory() as data:
        environment = api.environment(MAIA_CONSOLE_POLL_SECONDS=str(poll), XDG_DATA_HOME=data)
        environment |= {"SSH_TTY": "/dev/pts/0"} if is_far else {}
        with terminal([*TUI, *options], environment, size) as screen:
            screen.first = screen.wait_for("s old") + screen.bytes_within(SETTLING_SECONDS)
            yield screen


def _unchanged_row(api: Api) -> Row:
    with _console(api, NARROW) as screen:
        ours = screen.bytes_within(WATCHED_SECONDS) / WATCHED_SECONDS
    with terminal(BARE_TUI, api.environment()) as screen:
        screen.wait_for("Runner")
        screen.bytes_within(SETTLING_SECONDS)
        floor = screen.bytes_within(WATCHED_SECONDS) / WATCHED_SECONDS
    return Row(
        "terminal: bytes a second while polls find nothing changed",
        "bare Textual app, one line of which counts the seconds",
        ours,
        floor,
        "B",
        most=150,
    )


def _first_rows(api: Api) -> list[Row]:
    rows = []
    for options, most in (((), 25_000), (("--calm",), 10_000)):
        with _console(api, NARROW, *options) as screen:
            named = " ".join(("first screen of 80x24", *options))
            floor = "80 by 24 letters"
            rows.append(Row(f"terminal: {named}", floor, screen.first, 80 * 24, "B", most=most))
    return rows


def _key_rows(api: Api) -> list[Row]:
    with _console(api, NARROW, poll=600.0) as screen:
        rest = screen.bytes_within(2.0) / 2.0
        spent = []
        for _ in range(CHANGES):
            screen.type("j")
            spent.append(screen.bytes_within(1.0) - rest)
        screen.type(MOUSE_MOVED)
        moved = max(0.0, screen.bytes_within(1.0) - rest)
    floor = "two lines of 80 letters"
    key = Row("terminal: an arrow key, 80x24", floor, max(spent), 160, "B", most=500)
    mouse = Row("terminal: the mouse is moved over the table", "nothing", moved, 0, "B", most=60)
    return [key, mouse]


def _changed_rows(api: Api, size: tuple[int, int], most: float) -> list[Row]:
    """In the order of names the changed stay where they are; in that of attention those that are
    no longer connected come in above."""
    rows = []
    orders = (("in the order of names", ("R",), most), ("which come in above", (), None))
    for what, keys, limit in orders:
        with _console(api, size) as screen:
            for key in keys:
                screen.type(key)
            screen.bytes_within(2 * POLL_SECONDS)
            rest = screen.bytes_within(POLL_SECONDS)
            spent = []
            for _ in range(CHANGES):
                api.change(0.01)
                spent.append(screen.bytes_within(POLL_SECONDS + 0.3) - rest)
        named = (
            f"terminal: a poll that finds 1 % of {RUNNERS:,} changed, {what}, {size[0]}x{size[1]}"
        )
        ours = max(0.0, sum(spent) / len(spent))
        rows.append(
            Row(named, "stock DataTable, as once measured", ours, STOCK[size], "B", most=limit)
        )
    return rows


def _hour_rows() -> list[Row]:
    if shutil.which("watch") is None:
        return []
    with demo_api(CALM_FLEET) as api:
        with _console(api, NARROW, poll=5.0, is_far=True) as screen:
            ours = screen.bytes_within(WATCH_SECONDS) * HOUR / WATCH_SECONDS
        with _console(api, NARROW, "--calm", poll=5.0) as screen:
            calm = screen.bytes_within(WATCH_SECONDS) * HOUR / WATCH_SECONDS
        command = ["watch", "-n", "5", CONSOLE, "list"]
        with terminal(command, api.environment(COLUMNS="80")) as screen:
            screen.wait_for("logistics-aci")
            screen.bytes_within(6.0)
            watched = screen.bytes_within(WATCH_SECONDS) * HOUR / WATCH_SECONDS
    floor = "`watch -n 5 maia-console list`"
    what = "terminal: an hour of a calm fleet of 24, polled every 5 s"
    return [
        Row(f"{what}, over SSH", floor, ours, watched, "B", most_ratio=0.2),
        Row(f"{what}, --calm", floor, calm, watched, "B", most_ratio=0.2),
    ]
