"""Starts the web console on this machine's own address, all it may have without sign-in."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.accounts import SessionRequest

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def add_arguments(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("where it is served")
    group.add_argument("--host", default="127.0.0.1", help="a loopback address; default 127.0.0.1")
    group.add_argument("--port", type=int, default=8080, help="default 8080; 0 takes a free one")


def run(
    request: "SessionRequest", options: Namespace, check: Callable[[], None] = lambda: None
) -> int:
    """The exit code: 2 for an address or port that cannot be used. `check` raises for settings
    that cannot be used."""
    check()
    if options.host not in LOOPBACK:
        return _refuse(
            f"The web console has no sign-in yet, so it is served on this machine only:"
            f" --host {options.host} is refused. Allowed: {', '.join(LOOPBACK)}."
        )
    if not 0 <= options.port <= 65535:
        return _refuse(f"“{options.port}” is not a port: 0 to 65535.")
    _choose_storage()
    from web.serving import PortTaken, serve

    try:
        serve(request, options.host, options.port)
    except PortTaken as taken:
        return _refuse(f"{taken} Give another with --port.")
    return 0


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"maia-console: {sentence}\n")
    return 2


def _choose_storage() -> None:
    """NiceGUI makes a folder where it is started unless told otherwise, before it is imported."""
    import platformdirs

    state = platformdirs.user_state_dir("maia-console", appauthor=False)
    os.environ.setdefault("NICEGUI_STORAGE_PATH", os.path.join(state, "web"))
