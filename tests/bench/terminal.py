"""The terminal console beside its floors, on a real pseudo-terminal of 80x24."""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.api import Api, demo_api
from tests.bench.commands import CONSOLE
from tests.bench.rows import Row, in_turn, progress

RUNNERS = 1_000
START_RUNS = 9
POLL_SECONDS = 3.0
WATCHED_SECONDS = 15.0
SETTLING_SECONDS = 2.5
LIMIT_SECONDS = 30.0
COLUMNS, LINES = 80, 24
BARE_TUI = [sys.executable, str(Path(__file__).with_name("bare_tui.py"))]
TUI = [CONSOLE, "tui"]


class Screen:
    """The reading end of a terminal in which a program runs."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def wait_for(self, text: str) -> None:
        """Reads until the text has been written. Raises TimeoutError."""
        written = b""
        deadline = time.monotonic() + LIMIT_SECONDS
        while text.encode() not in written:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{text!r} was not written in {LIMIT_SECONDS:g} s")
            written += self._read(0.5)

    def bytes_within(self, seconds: float) -> int:
        count = 0
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            count += len(self._read(left))
        return count

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._handle], [], [], seconds)
        try:
            return os.read(self._handle, 65536) if ready else b""
        except OSError as closed:
            raise EOFError("the program ended before it should") from closed


@contextmanager
def terminal(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Screen]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = {**environment, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        yield Screen(ours)
    finally:
        process.terminate()
        process.wait()
        os.close(ours)


def terminal_rows() -> list[Row]:
    with demo_api(RUNNERS) as api:
        first = _first_name(api)[:10]
        return [
            _start_row(api, "Status", "the empty table"),
            _start_row(api, first, f"first painted table, {RUNNERS:,} runners"),
            _unchanged_row(api),
        ]


def _start_row(api: Api, awaited: str, what: str) -> Row:
    progress(f"start of the terminal console to {what} …")
    ours, floor = in_turn(
        START_RUNS,
        lambda: _milliseconds_to(awaited, TUI, api),
        lambda: _milliseconds_to("Runner", BARE_TUI, api),
    )
    return Row(
        f"terminal: start to {what}",
        "bare Textual app with an empty DataTable",
        ours,
        floor,
        "ms",
        most_ratio=1.3,
    )


def _unchanged_row(api: Api) -> Row:
    progress("bytes to the terminal …")
    return Row(
        "terminal: bytes a second while polls find nothing changed",
        "bare Textual app, one line of which counts the seconds",
        _bytes_a_second(TUI, api),
        _bytes_a_second(BARE_TUI, api),
        "B",
        most=150,
    )


def _milliseconds_to(text: str, command: Sequence[str], api: Api) -> float:
    begin = time.perf_counter()
    with terminal(command, api.environment()) as screen:
        screen.wait_for(text)
        return (time.perf_counter() - begin) * 1000


def _bytes_a_second(command: Sequence[str], api: Api) -> float:
    """Over several polls; the age of the data is written again each second, poll or not."""
    environment = api.environment(MAIA_CONSOLE_POLL_SECONDS=str(POLL_SECONDS))
    with terminal(command, environment) as screen:
        screen.wait_for("Runner")
        screen.bytes_within(SETTLING_SECONDS)
        return screen.bytes_within(WATCHED_SECONDS) / WATCHED_SECONDS


def _first_name(api: Api) -> str:
    listing = subprocess.run(
        [CONSOLE, "list", "--output", "json"],
        env=api.environment(),
        capture_output=True,
        check=True,
    )
    return str(json.loads(listing.stdout)[0]["name"])
