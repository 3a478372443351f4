"""`login`: asks for an account's credentials, tries them on the API, and stores them."""

import asyncio
import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pydantic import SecretStr

from console.api.client import open_api
from console.cli.exits import Exit
from console.cli.formats import note
from console.credentials import Keeper, secrets_path, store_secret
from console.errors import UsageError
from console.settings import (
    VARIABLES,
    Profile,
    config_path,
    load_profile,
    profile_from,
    profile_names,
    save_profile,
)

REGIONS = ("eu1", "us1")


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
    profile = _profile(options, path)
    count = asyncio.run(_count(profile))
    note(f"Signed in: {count} {'runner' if count == 1 else 'runners'}.")
    assert profile.client_secret is not None
    keeper = store_secret(profile.name, profile.client_secret)
    save_profile(path, profile)
    if keeper is Keeper.FILE:
        note(
            f"Warning: no keyring was found, so the secret is in {secrets_path()},"
            " which only you can read."
        )
    note(f"Profile {profile.name} is in {path}. Open the console with: maia-console")
    return Exit.FINE


def _profile(options: Namespace, path: Path) -> Profile:
    """The profile to try: what the file has of it already, its proxy for instance, with the
    account that was named now."""
    name = _name(options.profile)
    values: dict[str, object] = {"name": name}
    if name in profile_names(path):
        known = load_profile(name, {}, {}, path)
        values = {field: getattr(known, field) for field in known.model_fields_set}
    for variable in ("MAIA_CONSOLE_API_URL", "MAIA_CONSOLE_TOKEN_URL"):
        if os.environ.get(variable):
            values[VARIABLES[variable]] = os.environ[variable]
    values |= {
        "region": options.region or _ask("Region (eu1 or us1)", "eu1", REGIONS),
        "client_id": options.client_id or _ask("Client id"),
        "client_secret": _secret(),
    }
    if options.account_id:
        values["account_id"] = options.account_id
    return profile_from(values, {field: variable for variable, field in VARIABLES.items()})


async def _count(profile: Profile) -> int:
    async with open_api(profile) as api:
        return len(await api.list_runners())


def _name(text: str) -> str:
    if not text or not all(letter.isalnum() or letter in "-_" for letter in text):
        raise UsageError(f"“{text}” is not a profile name: use letters, digits, - and _.")
    return text


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
