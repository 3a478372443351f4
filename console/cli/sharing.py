"""What the commands for users, tokens and screens have in common: the database that they
work on, who works on it, and passwords that are typed or piped."""

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from console.errors import UsageError

if TYPE_CHECKING:
    from console.access.access import Access
    from console.access.person import Person

LONGEST_LINE = 10_000


def add_database_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--profile", metavar="NAMES", help="as for web; the first one's database is meant"
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="another settings file")


@asynccontextmanager
async def open_shared(options: Namespace) -> AsyncIterator["Access"]:
    """Raises AccessUnavailable when the database of users cannot be used."""
    import logging

    from console.access.opening import open_access
    from console.access.refusals import AccessUnavailable
    from console.accounts import users_database

    logging.getLogger("console").addHandler(logging.NullHandler())
    database = users_database(options.profile, {}, os.environ, options.config)
    async with open_access(database) as access:
        if access.problem:
            raise AccessUnavailable(access.problem)
        yield access


def operator() -> "Person":
    """Whoever can run this command can read the database, so is an admin."""
    from console.access.person import Person
    from console.access.roles import Role

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = f"user {os.getuid()}"
    return Person(name, Role.ADMIN, "command line")


def asked_password(of: str) -> str:
    """Typed twice on a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline(LONGEST_LINE)
        if not line:
            raise UsageError("There is no password on standard input.")
        return line.rstrip("\r\n")
    first = getpass.getpass(f"Password of {of} (not shown): ", stream=sys.stderr)
    if getpass.getpass("The same again: ", stream=sys.stderr) != first:
        raise UsageError("The two are not the same.")
    return first
