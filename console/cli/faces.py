"""`tui` and `web`: finds the front end by its entry point, because the core imports none."""

import os
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from types import ModuleType

from console.cli.options import add_session_options, session_request
from console.errors import UsageError

DISTRIBUTION = "maia-runner-console"
GROUP = "maia_console.faces"
INSTALL = {
    "tui": "pip install maia-runner-console",
    "web": "pip install 'maia-runner-console[web]'",
}
FACES = {"tui": "terminal", "web": "web page"}
"""What the record of an action calls the front end it came from."""

PLAIN_FACE = "tui"
"""The one that there is as plain lines too; they need no toolkit."""

TOOLKIT = {"tui": "textual", "web": "nicegui"}


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.set_defaults(face=name)
    if name == PLAIN_FACE:
        parser.add_argument(
            "--plain",
            action="store_true",
            help="lines of text instead of a screen: for screen readers, braille, slow lines",
        )
    add_session_options(parser)
    _face(name).add_arguments(parser)


def run(options: Namespace) -> int:
    if options.face == PLAIN_FACE and options.plain:
        return _run_plain(options)
    _require(options.face)
    request = replace(session_request(options, polls=True), face=FACES[options.face])
    check = partial(_check, options, request.demo)
    return int(_face(options.face).run(request, options, check))


def _run_plain(options: Namespace) -> int:
    from console.cli.plain.starting import run as run_plain

    request = replace(session_request(options, polls=True), face=FACES[options.face])
    can_ask = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    is_first = _check(options, request.demo, may_lack_account=can_ask)
    return run_plain(request, ascii_only=getattr(options, "ascii", False), is_first=is_first)


@cache
def _face(name: str) -> ModuleType:
    """Our own entry points first: looking through every installed distribution takes its time."""
    from importlib.metadata import EntryPoints, PackageNotFoundError, distribution, entry_points

    try:
        ours = distribution(DISTRIBUTION).entry_points.select(group=GROUP, name=name)
    except PackageNotFoundError:
        ours = EntryPoints()
    for entry in ours or entry_points(group=GROUP, name=name):
        return import_module(entry.value)
    raise UsageError(f"The {name} front end is not installed. Run: {INSTALL[name]}")


def _require(name: str) -> None:
    from importlib.util import find_spec

    if find_spec(TOOLKIT[name]) is None:
        raise UsageError(
            f"The {name} front end needs {TOOLKIT[name]}, which is not installed."
            f" Run: {INSTALL[name]}"
        )


def _check(options: Namespace, is_demo: bool, *, may_lack_account: bool = False) -> bool:
    """Wrong settings and missing credentials are told before a screen is drawn or a port taken.
    Whether the only account has no credentials, where it `may_lack` them."""
    if is_demo:
        return False
    from console.accounts import can_sign_in, profiles_for, require_all_credentials

    profiles = profiles_for(options.profile, {}, os.environ, options.config)
    if may_lack_account and len(profiles) == 1 and not can_sign_in(profiles[0]):
        return True
    require_all_credentials(profiles)
    return False
