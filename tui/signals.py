"""How the program ends when its terminal is gone or somebody ends it, and whether there is a shell
that it could be suspended to."""

import asyncio
import os
import signal
from collections.abc import Callable
from threading import Timer

ENDING = (signal.SIGHUP, signal.SIGTERM)
LEAVING_SECONDS = 3.0
"""How long leaving in order may take: a terminal that is gone may never take what is written."""

NO_SHELL = "There is no shell to suspend to here."


def leave_on_signals(leave: Callable[[int], object]) -> None:
    """Calls `leave` with the exit code once the process is hung up or ended. When it is still there
    after three seconds, it ends nevertheless."""
    loop = asyncio.get_running_loop()
    for number in ENDING:
        loop.add_signal_handler(number, _leave, 128 + number, leave)


def has_shell_behind() -> bool:
    """Whether a shell with job control started this program, to which it may be suspended: it is of
    the same session, and a group of its own. The command of an SSH key has none, and suspended
    it would hang there for ever."""
    parent = os.getppid()
    return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgid(0)


def _leave(code: int, leave: Callable[[int], object]) -> None:
    last = Timer(LEAVING_SECONDS, os._exit, (code,))
    last.daemon = True
    last.start()
    leave(code)
