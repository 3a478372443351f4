"""`screens`: the walls that sign in themselves. One that shows a code is let in on the settings
page of the web console, which alone knows the codes; here a link is made for one that is to come,
and screens are listed, changed and switched off."""

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from console.cli.exits import Exit
from console.cli.formats import note
from console.cli.sharing import add_database_options, open_shared, operator
from console.errors import UsageError

if TYPE_CHECKING:
    from console.access.access import Access
    from console.access.screens import Screen

EPILOG = (
    "screens list [--output plain|json]\n"
    "screens add NAME [OPTIONS]       prints a link: whichever browser opens it first, within\n"
    "                                 ten minutes, is this screen from then on\n"
    "screens set ID OPTIONS           options as in a wall's address, such as size=8&theme=light\n"
    "screens rename ID NAME\n"
    "screens revoke ID                the id is in the list; the screen says so within seconds"
)
OPENED_SOON = "Open it on the screen within ten minutes. It works once."
BELOW = " The address of the console goes before it; public_url in [web] would put it there."


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("deed", choices=("list", *DEEDS), metavar="DEED", help="see below")
    parser.add_argument("which", nargs="?", metavar="ID", help="which screen, or its name")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="its new name, or its options")
    parser.add_argument("--output", choices=("plain", "json"), default="plain")
    add_database_options(parser)
    parser.epilog = EPILOG


def run(options: Namespace) -> int:
    deed, which, value = options.deed, options.which, options.value
    if deed == "list":
        if which:
            raise UsageError("screens list takes no id.")
        return asyncio.run(_list(options))
    if options.output != "plain":
        raise UsageError("--output is for screens list.")
    if not which:
        needed = "the name of a screen" if deed == "add" else "an id, which is in screens list"
        raise UsageError(f"screens {deed} needs {needed}.")
    if value is None and deed in NEEDED:
        raise UsageError(f"screens {deed} needs {NEEDED[deed]}.")
    if value is not None and deed == "revoke":
        raise UsageError("screens revoke takes an id alone.")
    return asyncio.run(_do(options))


async def _do(options: Namespace) -> int:
    value = options.value or ""
    address = _address(options) if options.deed == "add" else ""
    chosen = _chosen(value) if options.deed in ("add", "set") else {}
    async with open_shared(options) as access:
        told, said = await DEEDS[options.deed](access, options.which, value, chosen)
    if told:
        sys.stdout.write(f"{address}{told}\n")
        said += "" if "://" in address else BELOW
    note(said)
    return Exit.FINE


def _chosen(text: str) -> dict[str, str]:
    from console.view.screens import options_from

    options, fault = options_from(text)
    if fault:
        raise UsageError(fault)
    return options


def _address(options: Namespace) -> str:
    """Of the console, as far as its settings tell it: at least the path that it is below."""
    from console.serving_settings import load_serving
    from console.settings import config_path

    serving = load_serving({}, os.environ, options.config or config_path(os.environ))
    return serving.public_address or serving.path_prefix


async def _add(access: "Access", name: str, value: str, options: dict[str, str]) -> tuple[str, str]:
    secret = await access.screens.expect(name, options, by=operator())
    return f"/wall?key={secret}", OPENED_SOON


async def _set(
    access: "Access", which: str, value: str, options: dict[str, str]
) -> tuple[str, str]:
    await access.screens.set(which, options=options, by=operator())
    return "", f"The options of the screen {which} are set."


async def _rename(
    access: "Access", which: str, value: str, options: dict[str, str]
) -> tuple[str, str]:
    await access.screens.set(which, name=value, by=operator())
    return "", f"The screen {which} has its new name."


async def _revoke(
    access: "Access", which: str, value: str, options: dict[str, str]
) -> tuple[str, str]:
    await access.screens.revoke(which, by=operator())
    return "", f"The screen {which} is switched off."


Deed = Callable[["Access", str, str, dict[str, str]], Awaitable[tuple[str, str]]]
"""What goes to standard output, behind the address of the console, and what is said of it."""

DEEDS: dict[str, Deed] = {"add": _add, "set": _set, "rename": _rename, "revoke": _revoke}
NEEDED = {"set": 'options, such as "size=8&theme=light", or "" for the usual', "rename": "a name"}


async def _list(options: Namespace) -> int:
    async with open_shared(options) as access:
        now, screens = access.now, access.screens.all()
    if options.output == "json":
        import json

        sys.stdout.write(json.dumps([_record(each, now) for each in screens]) + "\n")
        return Exit.FINE
    from console.view.text import shown

    names = max((len(shown(each.name)) for each in screens), default=0)
    places = max((len(shown(each.address)) for each in screens), default=0)
    for each in screens:
        seen = f"last seen {each.seen:%Y-%m-%d %H:%M} UTC" if each.seen else "never seen"
        line = (
            f"{each.id}  {shown(each.name):<{names}}  {each.state(now):<8}"
            f"  {shown(each.address):<{places}}  {seen}  {shown(each.version)}"
        )
        sys.stdout.write(line.rstrip() + "\n")
    if not screens:
        note("No screen was let in. Open /wall on one, and type its code in Settings, Screens.")
    return Exit.FINE


def _record(screen: "Screen", now: datetime) -> dict[str, object]:
    return {
        "id": screen.id,
        "name": screen.name,
        "state": screen.state(now),
        "options": dict(screen.options),
        "address": screen.address,
        "version": screen.version,
        "seen": _moment(screen.seen),
        "made_by": screen.by,
        "made": screen.made.isoformat(),
        "opened": _moment(screen.opened),
        "revoked_by": screen.revoked_by,
        "revoked": _moment(screen.revoked),
    }


def _moment(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
