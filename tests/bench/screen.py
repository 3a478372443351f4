"""A real pseudo-terminal in which a program runs, and its reading end."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

LIMIT_SECONDS = 30.0
NARROW, WIDE = (80, 24), (160, 50)


class Screen:
    """The reading end of a terminal in which a program runs. `first` is how many bytes its first
    screen took, where somebody has counted."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.first = 0

    def wait_for(self, text: str) -> int:
        """Reads until the text has been written; how many bytes that took. Raises TimeoutError."""
        written = b""
        deadline = time.monotonic() + LIMIT_SECONDS
        while text.encode() not in written:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{text!r} was not written in {LIMIT_SECONDS:g} s")
            written += self._read(0.5)
        return len(written)

    def bytes_within(self, seconds: float) -> int:
        count = 0
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            count += len(self._read(left))
        return count

    def type(self, keys: str) -> None:
        os.write(self._handle, keys.encode())

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._handle], [], [], seconds)
        try:
            return os.read(self._handle, 65536) if ready else b""
        except OSError as closed:
            raise EOFError("the program ended before it should") from closed


@contextmanager
def terminal(
    command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = NARROW
) -> Iterator[Screen]:
    """`size` is in columns and lines."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
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
