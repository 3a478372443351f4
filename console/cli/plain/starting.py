"""Starts the dialogue on standard input and output, and ends it when the process is told to."""

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

from console.cli.exits import Exit
from console.cli.plain.dialogue import Dialogue
from console.cli.plain.printer import Printer
from console.cli.plain.typed import standard_lines
from console.sessions import Sessions

if TYPE_CHECKING:
    from console.accounts import SessionRequest

ENDINGS = ("SIGTERM", "SIGHUP")
"""Told to end, or the terminal is gone."""


def run(request: "SessionRequest", *, ascii_only: bool, is_first: bool = False) -> int:
    """`is_first` says that there is no account to open yet."""
    wanted = _chosen(request) if is_first else request
    if wanted is None:
        return Exit.FINE
    try:
        return asyncio.run(_run(wanted, ascii_only))
    except asyncio.CancelledError:
        return Exit.INTERRUPTED


def _chosen(request: "SessionRequest") -> "SessionRequest | None":
    from console.cli.plain.first_run import chosen

    return chosen(request)


async def _run(request: "SessionRequest", ascii_only: bool) -> int:
    _end_on_signals()
    typed = standard_lines()
    on_terminal = typed is not None and typed.is_terminal and sys.stdout.isatty()
    printer = Printer(sys.stdout, prompts_on_terminal=on_terminal, ascii_only=ascii_only)
    sessions = Sessions(request)
    try:
        return await Dialogue(await sessions.open(), typed, printer, sessions).run()
    finally:
        await sessions.close()


def _end_on_signals() -> None:
    """All is left in order first. A signal that this process was started to ignore stays so."""
    task = asyncio.current_task()
    if task is None:
        return
    for name in ENDINGS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
