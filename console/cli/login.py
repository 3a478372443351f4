"""`login`: asks for an account's credentials, tries them on the API, and stores them."""

import asyncio
import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pydantic import SecretStr

from console.cli.exits import Exit
from console.cli.formats import note
from console.connecting import Connected, Credentials, connect, profile_to_try
from console.errors import UsageError
from console.settings import config_path
from console.view.first_run import REGIONS


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("--profile", default="default", metavar="NAME", help="what to call it")
    parser.add_argument("--region", choices=REGIONS, help="the account's region")
    parser.add_argument("--client-id", metavar="ID", help="of an API credential")
    parser.add_argument("--account-id", metavar="ID", help="only if the API asks for it")
    parser.add_argument("--config", type=Path, metavar="FILE", help="another settings file")
    parser.epilog = (
        "The credential needs the account role Super Admin or Admin. Its secret is asked for, or"
        "\nread from standard input or MATILLION_CLIENT_SECRET; never give it as an argument."
    )


def run(options: Namespace) -> int:
    path = options.config or config_path(os.environ)
    told_of(login(options.profile, path, options))
    return Exit.FINE


def login(name: str, path: Path, options: Namespace | None = None) -> Connected:
    """Asks for what the options leave open, tries it, and stores it."""

    def given() -> Credentials:
        return Credentials(
            (options and options.region) or _ask("Region (eu1 or us1)", "eu1", REGIONS),
            (options and options.client_id) or _ask("Client id"),
            _secret(),
            (options and options.account_id) or "",
        )

    return asyncio.run(connect(profile_to_try(name, given, os.environ, path), path))


def told_of(connected: Connected) -> None:
    """What is said of it, on standard error."""
    note(connected.signed_in)
    if connected.warning:
        note(connected.warning)
    name, path = connected.profile.name, connected.path
    note(f"Profile {name} is in {path}. Open the console with: maia-console")


def _ask(what: str, default: str = "", allowed: tuple[str, ...] = ()) -> str:
    if not sys.stdin.isatty():
        option = what.split(" (")[0].lower().replace(" ", "-")
        raise UsageError(f"There is no terminal to ask on; give --{option}.")
    while True:
        print(f"{what}{f' [{default}]' if default else ''}: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise UsageError("Nothing was typed.")
        answer = line.strip() or default
        if answer and (not allowed or answer in allowed):
            return answer
        if allowed:
            note(f"Allowed: {', '.join(allowed)}.")


def _secret() -> SecretStr:
    from_environment = os.environ.get("MATILLION_CLIENT_SECRET")
    if from_environment:
        return SecretStr(from_environment)
    if sys.stdin.isatty():
        text = getpass.getpass("Client secret (not shown): ", stream=sys.stderr)
    else:
        text = sys.stdin.readline().strip()
    if not text:
        raise UsageError("The client secret is empty.")
    return SecretStr(text)
