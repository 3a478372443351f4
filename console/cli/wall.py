"""`wall`: the wall on a text screen, or the command that shows a served one on a screen of its own.

The page itself is served by `web`."""

import os
import shlex
import shutil
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from urllib.parse import urlsplit

from console.cli.exits import Exit
from console.cli.options import add_session_options, session_request
from console.errors import UsageError

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

KIOSK = (
    "--kiosk",
    "--noerrdialogs",
    "--disable-infobars",
    "--disable-session-crashed-bubble",
    "--disable-features=Translate",
    "--no-first-run",
    "--password-store=basic",
    "--autoplay-policy=no-user-gesture-required",
    "--check-for-update-interval=31536000",
)
"""What makes a browser show one page and never ask anything; docs/wall.md explains each."""


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument(
        "url", nargs="?", help="of a served wall: prints the command that shows it on a screen"
    )
    parser.add_argument("--open", action="store_true", help="run that command instead")
    parser.add_argument("--terminal", action="store_true", help="draw the wall on this terminal")
    parser.add_argument("--filter", default="", metavar="FILTER", help="only these runners")
    parser.add_argument("--ascii", action="store_true", help="no symbols that a font may lack")
    add_session_options(parser)


def run(options: Namespace) -> int:
    if options.terminal == bool(options.url):
        raise UsageError(
            "Give the address of a wall, such as http://console.example:8080/wall, or --terminal."
        )
    return _terminal(options) if options.terminal else _kiosk(options.url, options.open)


def kiosk_command(url: str, browser: str, profile: str) -> list[str]:
    return [browser, *KIOSK, f"--user-data-dir={profile}", url]


def _kiosk(url: str, opens: bool) -> int:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"“{url}” is no address of a wall: http://… or https://…")
    if parts.path in ("", "/"):
        url = parts._replace(path="/wall").geturl()
    browser = next((name for name in BROWSERS if shutil.which(name)), None)
    profile = os.path.expanduser("~/.config/maia-wall")
    command = kiosk_command(url, browser or BROWSERS[0], profile)
    if not opens:
        print(shlex.join(command))
        return Exit.FINE
    if browser is None:
        raise UsageError(f"None of {', '.join(BROWSERS)} is installed.")
    os.execvp(browser, command)


def _terminal(options: Namespace) -> int:
    from console.cli.wall_terminal import show
    from console.view.filter import parse_filter

    request = replace(session_request(options, polls=True), read_only=True, face="wall")
    return show(request, parse_filter(options.filter), ascii_only=options.ascii)
