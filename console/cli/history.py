"""`history`: what was recorded of one runner, newest first, for reading or as data."""

import asyncio
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from console.accounts import (
    Account,
    SessionRequest,
    open_accounts,
    open_history,
    require_all_credentials,
)
from console.cli.exits import Exit
from console.cli.failures import read_or_raise
from console.cli.formats import note, write_records
from console.cli.options import add_session_options, count, session_request
from console.cli.releases import add_zone_option
from console.fleet.store import FleetStore
from console.view.history import HistoryView, history_view
from console.view.history_records import history_records
from console.view.names import runners_named
from console.zones import zone_named

if TYPE_CHECKING:
    from console.journal.history import History

MOST = 200

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)
"""Between these no time zone leads out of the calendar."""


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("runner", help="its name or id; an id also of one that is gone")
    parser.add_argument(
        "--since", type=since, metavar="WHEN", help="a span such as 30d or 12h, or a day"
    )
    parser.add_argument(
        "--limit", type=count, default=MOST, metavar="N", help=f"at most so many; {MOST}"
    )
    parser.add_argument("--output", choices=("plain", "json", "yaml"), default="plain")
    add_zone_option(parser)
    add_session_options(parser)


def run(options: Namespace) -> int:
    return asyncio.run(_history(options))


def since(text: str) -> timedelta | date:
    """A span back from now, or a day, for argparse."""
    from console.view.fields import span_from

    span = span_from(text)
    if span is not None and not text.isdecimal():
        return span
    try:
        return min(max(date.fromisoformat(text), FIRST_DAY), LAST_DAY)
    except ValueError:
        raise ArgumentTypeError(
            f"“{text}” is neither a span such as 30d, 12h or 2w nor a day such as 2026-10-01"
        ) from None


async def _history(options: Namespace) -> int:
    request = replace(
        session_request(options, polls=False), overrides={"time_zone": options.time_zone}
    )
    async with open_accounts(request) as accounts:
        zone = zone_named(accounts[0].profile.time_zone)
        now = request.clock()
        history = await history_of(
            accounts, request, options.runner, _beginning(options.since, now, zone), options.limit
        )
    if options.output == "plain":
        view = history_view(history, now, zone)
        sys.stdout.write("\n".join(history_lines(options.runner, view)) + "\n")
    else:
        if history.problem:
            note(history_view(history, now, zone).note.text)
        write_records(history_records(history), options.output, sys.stdout)
    return Exit.REFUSED if history.problem else Exit.FINE


async def history_of(
    accounts: Sequence[Account],
    request: SessionRequest,
    name: str,
    since: datetime | None,
    limit: int,
) -> "History":
    """What was recorded of the runner of this name or id. One that is gone is found by its id.
    Raises UnknownName for one that neither the fleet nor the history knows."""
    async with AsyncExitStack() as stack:
        readers = [
            await stack.enter_async_context(open_history(account, request.clock))
            for account in accounts
        ]
        for reader in readers:
            by_id = await reader.history(name, since, limit)
            if by_id.recorded_since is not None or by_id.actions or by_id.problem:
                return by_id
        place, runner_id = await _found(accounts, request, name)
        return await readers[place].history(runner_id, since, limit)


def history_lines(name: str, view: HistoryView) -> Iterator[str]:
    """The history for reading from top to bottom, the newest first."""
    yield view.note.said
    for day in view.days:
        yield ""
        yield day.title
        for line in day.lines:
            yield f"  {line.clock:<9}  {line.cell.said}"
            if line.cell.hint:
                yield f"  {'':<9}    {line.cell.hint}"
    if view.more:
        yield ""
        yield view.more


async def _found(
    accounts: Sequence[Account], request: SessionRequest, name: str
) -> tuple[int, str]:
    """Which of the accounts has it now, and its id."""
    from console.api.client import open_api
    from console.fleet.union import FleetUnion, Member

    require_all_credentials([account.profile for account in accounts])
    names = [account.profile.name for account in accounts]
    async with AsyncExitStack() as stack:
        apis = [await stack.enter_async_context(open_api(each.profile)) for each in accounts]
        stores = [FleetStore(api.list_runners, clock=request.clock) for api in apis]
        fleet = FleetUnion(map(Member, names, stores)) if len(stores) > 1 else stores[0]
        (runner,) = runners_named(read_or_raise(await fleet.refresh()), [name])
    return names.index(runner.account) if runner.account else 0, runner.id


def _beginning(since: timedelta | date | None, now: datetime, zone: tzinfo) -> datetime | None:
    if isinstance(since, timedelta):
        return now - since
    if since is None:
        return None
    return datetime.combine(since, time(), zone).astimezone(UTC)
