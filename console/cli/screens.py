"""`screens`: the walls that sign in themselves. They are let in on the settings page of the web
console, by the code that they show; here they are listed and switched off."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from console.cli.exits import Exit
from console.cli.formats import note
from console.cli.sharing import add_database_options, open_shared, operator
from console.errors import UsageError

if TYPE_CHECKING:
    from console.access.screens import Screen

EPILOG = (
    "screens list [--output plain|json]\n"
    "screens revoke ID                the id is in the list; the screen says so within seconds"
)


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("deed", choices=("list", "revoke"), metavar="DEED", help="see below")
    parser.add_argument("id", nargs="?", metavar="ID", help="which screen")
    parser.add_argument("--output", choices=("plain", "json"), default="plain")
    add_database_options(parser)
    parser.epilog = EPILOG


def run(options: Namespace) -> int:
    if options.deed == "list":
        if options.id:
            raise UsageError("screens list takes no id.")
        return asyncio.run(_list(options))
    if options.output != "plain":
        raise UsageError("--output is for screens list.")
    if not options.id:
        raise UsageError("screens revoke needs an id, which is in screens list.")
    return asyncio.run(_revoke(options))


async def _revoke(options: Namespace) -> int:
    async with open_shared(options) as access:
        await access.screens.revoke(options.id, by=operator())
    note(f"The screen {options.id} is switched off.")
    return Exit.FINE


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
