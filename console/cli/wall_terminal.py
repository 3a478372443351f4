"""Draws the wall on a terminal until it is told to end: only lines that changed are written. It
reads no key but ctrl+c, and can do nothing to a runner."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from console.cli.exits import Exit
from console.errors import UsageError
from console.session import Session, open_session
from console.view.filter import Filter
from console.view.pace import seconds_to_reading
from console.view.tone import Tone
from console.view.wall import Wall, wall, wall_basis
from console.view.wall_palettes import WALL_PALETTES
from console.view.wall_text import Moment, TextLine, wall_lines

if TYPE_CHECKING:
    from console.accounts import SessionRequest

BEGIN, END = "\x1b[?1049h\x1b[?25l\x1b[2J", "\x1b[0m\x1b[?25h\x1b[?1049l"
SIXTEEN = {
    Tone.NEUTRAL: "",
    Tone.MUTED: "",
    Tone.GOOD: "32",
    Tone.INFO: "36",
    Tone.WARNING: "33",
    Tone.CRITICAL: "91",
}
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Size = Callable[[], tuple[int, int]]


class TerminalWall:
    """What stands on the terminal, and what is to be written so that the newest wall does."""

    def __init__(
        self, session: Session, among: Filter, colours: Mapping[Tone, str], *, ascii_only: bool
    ) -> None:
        self._session = session
        self._among = among
        self._colours = colours
        self._ascii = ascii_only
        self._basis: tuple[object, ...] = ()
        self._wall: Wall | None = None
        self._shown: dict[int, str] = {}
        self._size = (0, 0)

    def update(self, width: int, height: int) -> str:
        """ "" when nothing is otherwise."""
        if (width, height) != self._size:
            self._size, self._shown = (width, height), {}
        store = self._session.store
        now, snapshot = store.now, store.snapshot
        at = Moment(now, snapshot.taken, seconds_to_reading(snapshot, now), self._session.zone)
        name, told = self._session.name, self._now(now)
        # A last column that is written to would be erased with the rest of its line.
        lines = wall_lines(name, told, at, width - 1, height, ascii_only=self._ascii)
        written = []
        for number, line in enumerate(lines):
            text = "".join(self._span(line))
            if self._shown.get(number) != text:
                self._shown[number] = text
                written.append(f"\x1b[{number + 1};1H{text}\x1b[0m\x1b[K")
        return "".join(written)

    def _now(self, now: datetime) -> Wall:
        snapshot = self._session.store.snapshot
        basis = wall_basis(snapshot, now)
        if self._wall is None or basis != self._basis:
            self._basis = basis
            self._wall = wall(snapshot, now, self._session.zone, self._among)
        return self._wall

    def _span(self, line: TextLine) -> list[str]:
        made = []
        for span in line:
            codes = [
                code for code in (self._colours[span.tone], "1" if span.is_bold else "") if code
            ]
            made.append(f"\x1b[0;{';'.join(codes)}m{span.text}" if codes else f"\x1b[0m{span.text}")
        return made


def show(request: "SessionRequest", among: Filter, *, ascii_only: bool) -> int:
    if not sys.stdout.isatty():
        raise UsageError("wall --terminal needs a terminal to draw on.")
    encoding = (sys.stdout.encoding or "").lower()
    return asyncio.run(
        _show(request, among, sys.stdout, ascii_only=ascii_only or "utf" not in encoding)
    )


def colours(environ: Mapping[str, str]) -> Mapping[Tone, str]:
    """The codes of the tones: none with NO_COLOR, the wall's own where the terminal has all
    colours, else those of its sixteen."""
    if environ.get("NO_COLOR"):
        return dict.fromkeys(Tone, "")
    if environ.get("COLORTERM", "").lower() not in ("truecolor", "24bit"):
        return SIXTEEN
    dark, _ = WALL_PALETTES["usual"]
    return {tone: f"38;2;{_numbers(shade.text)}" for tone, shade in dark.tones.items()}


def _numbers(colour: str) -> str:
    return ";".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))


async def _show(
    request: "SessionRequest", among: Filter, screen: TextIO, *, ascii_only: bool
) -> int:
    ended = asyncio.Event()
    for each in ENDINGS:
        asyncio.get_running_loop().add_signal_handler(each, ended.set)
    async with open_session(request) as session:
        drawn = TerminalWall(session, among, colours(os.environ), ascii_only=ascii_only)
        _write(screen, BEGIN)
        try:
            while not ended.is_set():
                _write(screen, drawn.update(*os.get_terminal_size(screen.fileno())))
                try:
                    async with asyncio.timeout(1):
                        await ended.wait()
                except TimeoutError:
                    continue
        finally:
            _write(screen, END)
    return Exit.FINE


def _write(screen: TextIO, text: str) -> None:
    if text:
        screen.write(text)
        screen.flush()
