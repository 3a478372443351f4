"""`tokens`: what programs show to read the shared web console. The secret of a new one is printed
once, to standard output, and stored nowhere."""

import asyncio
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from console.cli.exits import Exit
from console.cli.formats import note
from console.cli.sharing import add_database_options, open_shared, operator
from console.errors import UsageError

if TYPE_CHECKING:
    from console.access.tokens import Token

SCOPES = ("runners:read", "metrics:read")
"""As in `console.access.tokens`; a test holds both equal."""

EPILOG = (
    "tokens list [--output plain|json]\n"
    "tokens add NAME --scope SCOPE [--scope SCOPE] [--expires WHEN]\n"
    "tokens revoke ID                 the id is in the list\n\n"
    "WHEN is a span such as 90d or 12w, or a day such as 2027-01-31; without it a token lasts\n"
    "until it is revoked."
)


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("deed", choices=("list", "add", "revoke"), metavar="DEED", help="see below")
    parser.add_argument("name", nargs="?", metavar="NAME|ID", help="a new one's name, or an id")
    parser.add_argument(
        "--scope", action="append", choices=SCOPES, help="what it is for; can be given twice"
    )
    parser.add_argument("--expires", type=expires, metavar="WHEN", help="when it ends")
    parser.add_argument("--output", choices=("plain", "json"), default="plain")
    add_database_options(parser)
    parser.epilog = EPILOG


def run(options: Namespace) -> int:
    if options.deed != "add" and (options.scope or options.expires):
        raise UsageError("--scope and --expires are for tokens add.")
    if options.deed != "list" and options.output != "plain":
        raise UsageError("--output is for tokens list.")
    if options.deed == "list":
        if options.name:
            raise UsageError("tokens list takes no name.")
        return asyncio.run(_list(options))
    if not options.name:
        wanted = "a name" if options.deed == "add" else "an id, which is in tokens list"
        raise UsageError(f"tokens {options.deed} needs {wanted}.")
    if options.deed == "add" and not options.scope:
        raise UsageError(f"tokens add needs --scope: one of {', '.join(SCOPES)}.")
    return asyncio.run(_add(options) if options.deed == "add" else _revoke(options))


def expires(text: str) -> timedelta | date:
    """A span from now, or a day, for argparse."""
    from console.view.fields import span_from

    span = span_from(text)
    if span is not None and not text.isdecimal() and span <= timedelta(days=36500):
        return span
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1970 <= day.year <= 2999:
        raise ArgumentTypeError(
            f"“{text}” is neither a span such as 90d or 12w nor a day such as 2027-01-31"
        )
    return day


async def _add(options: Namespace) -> int:
    async with open_shared(options) as access:
        ends = _end(options.expires, access.now)
        token, secret = await access.add_token(options.name, options.scope, ends, operator())
    until = f"until {token.expires:%Y-%m-%d %H:%M} UTC" if token.expires else "until it is revoked"
    note(f"The token {token.id} is for {', '.join(token.scopes)}, {until}.")
    note("This is its secret. It is not stored and cannot be told again:")
    sys.stdout.write(secret + "\n")
    return Exit.FINE


async def _revoke(options: Namespace) -> int:
    async with open_shared(options) as access:
        await access.revoke_token(options.name, operator())
    note(f"The token {options.name} holds no longer.")
    return Exit.FINE


async def _list(options: Namespace) -> int:
    async with open_shared(options) as access:
        now, tokens = access.now, access.tokens()
    if options.output == "json":
        import json

        sys.stdout.write(json.dumps([_record(each, now) for each in tokens]) + "\n")
        return Exit.FINE
    from console.view.text import shown

    width = max((len(shown(each.name)) for each in tokens), default=0)
    for token in tokens:
        scopes = " ".join(token.scopes)
        line = f"{token.id}  {shown(token.name):<{width}}  {_state(token, now):<16}  {scopes}"
        sys.stdout.write(line + "\n")
    if not tokens:
        note("There is no token.")
    return Exit.FINE


def _state(token: "Token", now: datetime) -> str:
    if token.is_revoked:
        return "revoked"
    if token.has_expired(now):
        return "has ended"
    return f"until {token.expires:%Y-%m-%d}" if token.expires else "in force"


def _record(token: "Token", now: datetime) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": list(token.scopes),
        "made_by": token.by,
        "made": token.made.isoformat(),
        "expires": token.expires.isoformat() if token.expires else None,
        "used": token.used.isoformat() if token.used else None,
        "revoked": token.is_revoked,
        "in_force": not token.is_revoked and not token.has_expired(now),
    }


def _end(given: timedelta | date | None, now: datetime) -> datetime | None:
    if given is None:
        return None
    if isinstance(given, timedelta):
        return now + given
    return datetime.combine(given, time(), UTC)
