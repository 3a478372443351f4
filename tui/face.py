"""Starts the terminal console, once it is sure that there is a terminal to draw on."""

import os
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.accounts import SessionRequest

NO_TERMINAL = (
    "There is no terminal to draw on ({reason})."
    " For lines of text use: maia-console list --output plain"
)
CALM = {"TEXTUAL_ANIMATIONS": "none"}


def add_arguments(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("how it looks")
    group.add_argument("--light", action="store_true", help="dark text on a light background")
    group.add_argument("--ascii", action="store_true", help="only ASCII symbols")
    group.add_argument("--no-mouse", action="store_true", help="no mouse: less traffic over SSH")


def run(request: "SessionRequest", options: Namespace) -> int:
    """The exit code: 2 without a terminal."""
    reason = why_not_drawable(sys.stdin.isatty() and sys.stderr.isatty(), os.environ)
    if reason:
        sys.stderr.write(NO_TERMINAL.format(reason=reason) + "\n")
        return 2
    os.environ.update({key: value for key, value in CALM.items() if key not in os.environ})
    import asyncio

    return asyncio.run(_run(request, options))


def why_not_drawable(is_terminal: bool, environ: "os._Environ[str] | dict[str, str]") -> str:
    """What keeps a screen from being drawn, "" if nothing does."""
    if not is_terminal:
        return "standard input or error is not a terminal"
    term = environ.get("TERM", "")
    if term in ("", "dumb"):
        return f"TERM is {term or 'not set'}"
    return ""


def _is_ascii_only() -> bool:
    """The font of the Linux console has too few symbols."""
    encoding = (sys.stderr.encoding or "").lower()
    return "utf" not in encoding or os.environ.get("TERM") == "linux"


async def _run(request: "SessionRequest", options: Namespace) -> int:
    """The fleet is asked for while Textual is still being imported, in a thread."""
    import asyncio
    from importlib import import_module

    from console.session import open_session

    async with open_session(request) as session:
        toolkit = await asyncio.to_thread(import_module, "tui.app")
        ascii_only = options.ascii or _is_ascii_only()
        app = toolkit.ConsoleApp(session, light=options.light, ascii_only=ascii_only)
        await app.run_async(mouse=not options.no_mouse)
    return app.return_code or 0
