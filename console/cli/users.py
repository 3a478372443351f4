"""`users`: who may sign in to the shared web console. A running console takes changes within
seconds; a password is typed or piped, never an argument."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from console.cli.exits import Exit
from console.cli.formats import note
from console.cli.sharing import add_database_options, asked_password, open_shared, operator
from console.errors import UsageError

if TYPE_CHECKING:
    from console.access.access import Access
    from console.access.users import User

ROLES = ("viewer", "helpdesk", "operator", "admin")
"""As in `console.access.roles`; a test holds both equal."""

EPILOG = (
    "users list [--output plain|json]\n"
    "users add NAME [--role ROLE]     asks for a password, or reads it from standard input\n"
    "users passwd NAME                the same; ends the user's sessions\n"
    "users role NAME --role ROLE      ends the user's sessions\n"
    "users disable NAME               ends the user's sessions\n"
    "users enable NAME"
)


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("deed", choices=("list", *DEEDS), metavar="DEED", help="see below")
    parser.add_argument("name", nargs="?", help="the user's name")
    parser.add_argument("--role", choices=ROLES, help="what the user may do; viewer")
    parser.add_argument("--output", choices=("plain", "json"), default="plain")
    add_database_options(parser)
    parser.epilog = EPILOG


def run(options: Namespace) -> int:
    if options.deed == "list":
        if options.name or options.role:
            raise UsageError("users list takes neither a name nor a role.")
        return asyncio.run(_list(options))
    if not options.name:
        raise UsageError(f"users {options.deed} needs the name of a user.")
    if options.deed == "role" and not options.role:
        raise UsageError("users role needs --role.")
    if options.role and options.deed not in ("add", "role"):
        raise UsageError(f"users {options.deed} takes no --role.")
    if options.output != "plain":
        raise UsageError("--output is for users list.")
    return asyncio.run(_do(options))


async def _do(options: Namespace) -> int:
    password = asked_password(options.name) if options.deed in ("add", "passwd") else ""
    async with open_shared(options) as access:
        said = await DEEDS[options.deed](access, options.name, options.role, password)
    note(said)
    return Exit.FINE


async def _add(access: "Access", name: str, role: str | None, password: str) -> str:
    from console.access.roles import Role

    user = await access.add_user(name, Role(role or "viewer"), password, by=operator())
    return f"{user.name} can sign in now, as {user.role}."


async def _passwd(access: "Access", name: str, role: str | None, password: str) -> str:
    await access.set_password(name, password, by=operator())
    return f"{name} has a new password; all sessions of {name} have ended."


async def _role(access: "Access", name: str, role: str | None, password: str) -> str:
    from console.access.roles import Role

    await access.set_role(name, Role(role or "viewer"), by=operator())
    return f"{name} is {role} now."


async def _disable(access: "Access", name: str, role: str | None, password: str) -> str:
    await access.disable(name, by=operator())
    return f"{name} cannot sign in any more; all sessions of {name} have ended."


async def _enable(access: "Access", name: str, role: str | None, password: str) -> str:
    await access.enable(name, by=operator())
    return f"{name} can sign in."


DEEDS: dict[str, Callable[["Access", str, str | None, str], Awaitable[str]]] = {
    "add": _add,
    "passwd": _passwd,
    "role": _role,
    "disable": _disable,
    "enable": _enable,
}


async def _list(options: Namespace) -> int:
    async with open_shared(options) as access:
        users = access.users()
    if options.output == "json":
        import json

        sys.stdout.write(json.dumps([_record(user) for user in users]) + "\n")
        return Exit.FINE
    from console.view.text import shown

    width = max((len(shown(each.name)) for each in users), default=0)
    for user in users:
        state = "  disabled" if user.is_disabled else ""
        seen = user.last_sign_in
        last = f"last signed in {seen:%Y-%m-%d %H:%M} UTC" if seen else "never signed in"
        line = f"{shown(user.name):<{width}}  {user.role:<8}  {user.origin:<8}  {last}{state}"
        sys.stdout.write(line + "\n")
    if not users:
        note("There is no user. Add one with maia-console users add NAME --role admin.")
    return Exit.FINE


def _record(user: "User") -> dict[str, object]:
    seen = user.last_sign_in
    return {
        "name": user.name,
        "role": user.role,
        "origin": user.origin,
        "disabled": user.is_disabled,
        "made": user.made.isoformat(),
        "last_sign_in": seen.isoformat() if seen else None,
    }
