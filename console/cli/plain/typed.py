"""Lines that a person or a script types, read without holding up the event loop.

What is given depends on what standard input is: a terminal, a pipe or a file gives lines, the null
device and a closed input give none.
"""

import asyncio
import os
import stat
import sys
from contextlib import suppress
from typing import Protocol

LONGEST = 8192
"""Bytes of a line; what is beyond is dropped."""

AT_ONCE = 65_536


class Typed(Protocol):
    """Where lines come from."""

    @property
    def is_terminal(self) -> bool: ...

    async def line(self) -> str | None:
        """The next line without its end; None once there will be no more."""
        ...


class TypedLines:
    """Reads a file descriptor that stays its owner's. Only one caller at a time."""

    def __init__(self, descriptor: int, *, is_terminal: bool, encoding: str = "utf-8") -> None:
        self.is_terminal = is_terminal
        self._descriptor = descriptor
        self._encoding = encoding
        self._rest = bytearray()
        self._has_ended = False

    async def line(self) -> str | None:
        while b"\n" not in self._rest and not self._has_ended:
            await self._readable()
            self._read()
        if not self._rest:
            return None
        line, _, self._rest = self._rest.partition(b"\n")
        return line[:LONGEST].decode(self._encoding, "replace").rstrip("\r")

    async def _readable(self) -> None:
        """At once for a file on a disk, which the loop cannot watch and need not."""
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        with suppress(PermissionError):
            loop.add_reader(self._descriptor, ready.set)
            try:
                await ready.wait()
            finally:
                loop.remove_reader(self._descriptor)

    def _read(self) -> None:
        try:
            chunk = os.read(self._descriptor, AT_ONCE)
        except BlockingIOError:
            return
        except OSError:  # the terminal is gone
            chunk = b""
        self._has_ended = not chunk
        self._rest += chunk
        if b"\n" not in self._rest:
            del self._rest[LONGEST:]


def standard_lines() -> TypedLines | None:
    """Those of standard input; None where nobody can type."""
    if sys.stdin is None or sys.stdin.closed:
        return None
    descriptor = sys.stdin.fileno()
    is_terminal = os.isatty(descriptor)
    if not is_terminal and stat.S_ISCHR(os.fstat(descriptor).st_mode):
        return None
    encoding = sys.stdin.encoding or "utf-8"
    return TypedLines(descriptor, is_terminal=is_terminal, encoding=encoding)
