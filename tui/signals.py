"""How the program ends when its terminal is gone or somebody ends it, and whether there is a shell
that it could be suspended to."""

import asyncio
import os
import select
import signal
from collections.abc import Callable
from threading import Thread, Timer

ENDING = (signal.SIGHUP, signal.SIGTERM)
LEAVING_SECONDS = 3.0
"""How long leaving in order may take: a terminal that is gone may never take what is written."""

NO_SHELL = "There is no shell to suspend to here."


def leave_on_signals(leave: Callable[[int], object]) -> None:
    """Calls `leave` with the exit code once the process is hung up or ended. When it is still there
    after three seconds, it ends nevertheless.

    asyncio's own handlers would wait for the loop, and that may be waiting itself: for a terminal
    that takes no more letters."""
    loop = asyncio.get_running_loop()

    def on_signal(number: int, _: object = None) -> None:
        last = Timer(LEAVING_SECONDS, os._exit, (128 + number,))
        last.daemon = True
        last.start()
        loop.call_soon_threadsafe(leave, 128 + number)

    for number in ENDING:
        signal.signal(number, on_signal)


def hang_up_with(terminal: int) -> None:
    """Hangs this process up once the terminal behind the file descriptor is gone. The system does
    so itself only for the terminal that controls the process."""
    gone = select.poll()
    gone.register(terminal, 0)

    def wait() -> None:
        gone.poll()
        os.kill(os.getpid(), signal.SIGHUP)

    Thread(target=wait, name="hang-up", daemon=True).start()


def has_shell_behind() -> bool:
    """Whether a shell with job control started this program, to which it may be suspended: it is of
    the same session, and a group of its own. The command of an SSH key has none, and suspended
    it would hang there for ever."""
    parent = os.getppid()
    return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgid(0)
