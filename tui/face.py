"""Starts the terminal console, once it is sure that there is a terminal to draw on."""

import gc
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from tui.terminal import terminal, why_not_drawable

if TYPE_CHECKING:
    from typing import NoReturn

    from console.accounts import SessionRequest
    from console.user_files import UserFiles
    from tui.app import ConsoleApp
    from tui.newcomer import Newcomer
    from tui.terminal import Terminal

NO_TERMINAL = (
    "There is no terminal to draw on ({reason})."
    " The same screens as lines of text: maia-console tui --plain"
)
CALM_FRAMES = "2"
"""How often a second the calm mode paints at most."""


def add_arguments(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("how it looks")
    group.add_argument("--light", action="store_true", help="dark text on a light background")
    group.add_argument("--ascii", action="store_true", help="only ASCII symbols")
    group.add_argument("--calm", action="store_true", help="few colours, and painted rarely")
    mouse = group.add_mutually_exclusive_group()
    mouse.add_argument("--mouse", action="store_true", help="the mouse over SSH too")
    mouse.add_argument("--no-mouse", action="store_true", help="no mouse, as over SSH")


def run(request: "SessionRequest", options: Namespace, check: "Check | None" = None) -> int:
    """The exit code: 2 without a terminal. `check` raises for settings that cannot be used, before
    anything is drawn; on a terminal an account may be missing."""
    check = check or _fine
    reason = why_not_drawable(sys.stdin.isatty() and sys.stderr.isatty(), os.environ)
    if reason:
        check()
        sys.stderr.write(NO_TERMINAL.format(reason=reason) + "\n")
        return 2
    gc.disable()
    settled = checked_meanwhile(partial(check, may_lack_account=True))
    here = terminal(os.environ, sys.stderr.encoding)
    told = here.settings | ({"TEXTUAL_FPS": CALM_FRAMES} if options.calm else {})
    os.environ.update({name: text for name, text in told.items() if name not in os.environ})
    import asyncio

    app = _app(here, options, request, settled)
    has_mouse = (options.mouse or not here.is_remote) and not options.no_mouse
    return asyncio.run(_run(app, request, has_mouse))


class Check(Protocol):
    """Raises for what is wrong. Whether the account is missing, where it may be."""

    def __call__(self, *, may_lack_account: bool = False) -> bool: ...


def _fine(*, may_lack_account: bool = False) -> bool:
    return False


def checked_meanwhile(check: Callable[[], bool]) -> Callable[[], bool]:
    """Has the settings checked by a second process while this one imports the toolkit, for either
    takes a tenth of a second. The answer waits for it, and gives or raises what `check` does."""
    if sys.platform != "linux":
        is_lacking = check()
        return lambda: is_lacking
    child = os.fork()
    if not child:
        _end_after(check)

    def settled() -> bool:
        return bool(os.waitpid(child, 0)[1]) and check()

    return settled


def _end_after(check: Callable[[], bool]) -> "NoReturn":
    """Nothing is said here, nor flushed: the first process does."""
    is_fine = False
    try:
        is_fine = not check()
    finally:
        os._exit(not is_fine)


def _app(
    here: "Terminal", options: Namespace, request: "SessionRequest", lacks: Callable[[], bool]
) -> "ConsoleApp":
    from tui.app import ConsoleApp

    def files() -> "UserFiles":
        from console.user_files import user_files

        return user_files(os.environ, request.config)

    return ConsoleApp(
        light=options.light,
        colours=here.colours,
        calm=options.calm,
        ascii_only=options.ascii or not here.is_unicode,
        spares=here.is_remote,
        files=files,
        newcomer=_newcomer(request) if lacks() else None,
    )


def _newcomer(request: "SessionRequest") -> "Newcomer":
    from console.connecting import connected, first_run_of, form_of
    from tui.newcomer import Newcomer

    return Newcomer(first_run_of(request)[1], form_of(request), partial(connected, request))


async def _run(app: "ConsoleApp", request: "SessionRequest", has_mouse: bool) -> int:
    """The session is opened behind the first picture, and closed when the last is gone."""
    import asyncio

    from tui.signals import hang_up_with, leave_on_signals

    leave_on_signals(lambda code: app.exit(return_code=code))
    hang_up_with(sys.stderr.fileno())

    def end(_: object) -> None:
        app.exit()

    session = asyncio.create_task(_serve(app, request))
    session.add_done_callback(end)
    try:
        await app.run_async(mouse=has_mouse)
    finally:
        session.remove_done_callback(end)
        session.cancel()
        await asyncio.wait((session,))
    if not session.cancelled():
        session.result()
    return app.return_code or 0


async def _serve(app: "ConsoleApp", request: "SessionRequest") -> None:
    """The fleet is asked for while the screens are still being imported, in a thread."""
    import asyncio
    from importlib import import_module

    await app.is_drawn.wait()
    if app.asks_first:
        await app.is_chosen.wait()
    wants_demo = request.demo or (app.choice is not None and app.choice.wants_demo)
    module = await asyncio.to_thread(import_module, "console.sessions")
    sessions = module.Sessions(replace(request, demo=wants_demo))
    try:
        session = await sessions.open()
        await asyncio.to_thread(import_module, "tui.screens.runners")
        app.call_later(app.begin, session, sessions)
        gc.freeze()
        gc.enable()
        await asyncio.Event().wait()
    finally:
        await sessions.close()
