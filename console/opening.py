"""Opens what a session needs of one account: its API, a store that polls, its journal and, unless
it is read-only, an executor.

The only place that knows about read-only.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.accounts import Account, SessionRequest
from console.fleet.memory import Memory
from console.fleet.store import FleetStore

if TYPE_CHECKING:
    from console.actions.execute import Executor
    from console.fleet.usage_reading import UsageReader
    from console.journal.journal import Journal
    from console.journal.lookups import Lookups
    from console.settings import Profile
    from console.traffic import Traffic

JOURNAL_RESTS = 0.5
"""Seconds for which the journal lets what was read be shown before it writes anything."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Of one account. `executor` is None where it is read-only, `journal` and `lookups` where
    nothing is recorded."""

    profile: "Profile"
    store: FleetStore
    usage: "UsageReader"
    traffic: "Traffic"
    executor: "Executor | None" = None
    journal: "Journal | None" = None
    lookups: "Lookups | None" = None


async def open_parts(
    stack: AsyncExitStack,
    account: Account,
    memory: Memory,
    request: SessionRequest,
    *,
    is_one_of_several: bool = False,
) -> Parts:
    """They last as long as the stack."""
    from console.api.client import open_api
    from console.fleet.usage_reading import UsageReader
    from console.journal.lookups import Lookups

    profile = account.profile
    api = await stack.enter_async_context(open_api(profile))
    store = FleetStore(
        api.list_runners,
        clock=request.clock,
        poll_seconds=profile.poll_seconds,
        memory=memory,
        account=profile.name if is_one_of_several else "",
    )
    usage = await stack.enter_async_context(UsageReader(api, store))
    journal = lookups = None
    if request.polls:
        journal = await stack.enter_async_context(_journal(account, store, request.face))
        lookups = Lookups(journal, store)
        stack.push_async_callback(lookups.close)
    executor = None
    if request.polls and not (request.read_only or profile.read_only):
        from console.actions.execute import Executor

        executor = await stack.enter_async_context(Executor(api, store, who=_user()))
    if request.polls and request.tells:
        from console.notices.notifier import open_notices

        await stack.enter_async_context(open_notices(profile, store))
    if request.polls:
        polling = asyncio.create_task(store.run())
        polling.add_done_callback(_ended)
        stack.push_async_callback(_stop, polling)
    return Parts(profile, store, usage, api.traffic, executor, journal, lookups)


@asynccontextmanager
async def _journal(account: Account, store: FleetStore, face: str) -> AsyncIterator["Journal"]:
    from console.journal.journal import open_journal

    profile = account.profile
    async with open_journal(
        account.database,
        store,
        account=profile.name,
        face=face,
        who=_user(),
        history_days=profile.history_days,
        rest=JOURNAL_RESTS,
    ) as journal:
        yield journal


def _user() -> str:
    """The name of the user of this process, or its number where it has none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return f"user {os.getuid()}"


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _ended(polling: asyncio.Task[None]) -> None:
    if not polling.cancelled() and polling.exception() is not None:
        polling.get_loop().call_exception_handler(
            {
                "message": "the fleet is no longer read, by a fault of ours",
                "exception": polling.exception(),
            }
        )
