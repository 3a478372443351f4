"""Opens a session: a store that polls, its journal and, unless read-only, an executor.

The only place that knows about read-only.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from console.accounts import Account, SessionRequest, open_account, require_credentials
from console.fleet.store import FleetStore
from console.zones import zone_named

if TYPE_CHECKING:
    from console.actions.action import Action
    from console.actions.execute import Executor
    from console.actions.plan import Plan
    from console.fleet.usage_reading import UsageReader
    from console.journal.journal import Journal
    from console.journal.lookups import Lookups
    from console.view.detail import Detail


@dataclass(frozen=True, slots=True)
class Session:
    """`executor` is None in a read-only session, which refuses every plan with one reason;
    `journal` and `lookups` where nothing is recorded, `usage` where nobody asks. `zone` is the
    user's."""

    name: str
    store: FleetStore
    executor: "Executor | None"
    journal: "Journal | None" = None
    lookups: "Lookups | None" = None
    usage: "UsageReader | None" = None
    zone: tzinfo = UTC

    @property
    def is_read_only(self) -> bool:
        return self.executor is None

    @property
    def history_problem(self) -> str:
        """Why nothing can be recorded at present, in one sentence; "" while all is well."""
        return self.journal.problem if self.journal is not None else ""

    def plan(self, action: "Action", runner_ids: Iterable[str]) -> "Plan":
        """The plan for these runners; who uses those that it disturbs is read meanwhile."""
        from console.actions.plan import plan

        store = self.store
        made = plan(action, runner_ids, store.snapshot, store.now, read_only=self.is_read_only)
        if made.disturbs:
            self.want_usage(step.runner.id for step in made.allowed)
        return made

    def with_usage(self, made: "Plan") -> "Plan":
        """The same plan, with what is known by now of who uses its runners."""
        return replace(made, usage=self.store.snapshot.usage, made_at=self.store.now)

    def want_usage(self, runner_ids: Iterable[str]) -> None:
        """Has it read who uses these runners, unless it is known; later snapshots tell it."""
        if self.usage is not None:
            self.usage.want(runner_ids)

    def fitting_action(self, key: str, runner_ids: Iterable[str]) -> "Action":
        from console.actions.catalogue import fitting_action

        return fitting_action(key, tuple(runner_ids), self.store.snapshot, self.store.now)

    def look_up(self, runner_id: str) -> None:
        """Has it read what is told of one runner only where it is looked at: its history, and who
        uses it. Later snapshots bring it."""
        self.want_usage((runner_id,))
        if self.lookups is not None:
            self.lookups.want(runner_id)

    def detail(self, runner_id: str) -> "Detail | None":
        """The runner in full, as far as is known by now; None when it is gone."""
        from console.view.detail import runner_detail

        store, lookups = self.store, self.lookups
        return runner_detail(
            store.snapshot,
            runner_id,
            store.now,
            read_only=self.is_read_only,
            history=lookups.history(runner_id) if lookups is not None else None,
            zone=self.zone,
        )


@asynccontextmanager
async def open_session(request: SessionRequest) -> AsyncIterator[Session]:
    """Raises UsageError for a wrong setting and CredentialsMissing before anything is sent. That
    the API does not answer is not raised: it is the snapshot's problem; and that the journal cannot
    be written is its own."""
    from console.api.client import open_api
    from console.fleet.usage_reading import UsageReader
    from console.journal.lookups import Lookups

    async with AsyncExitStack() as stack:
        account = await stack.enter_async_context(open_account(request))
        profile = account.profile
        require_credentials(profile)
        memory = await account.recalled(request.clock())
        api = await stack.enter_async_context(open_api(profile))
        store = FleetStore(
            api.list_runners,
            clock=request.clock,
            poll_seconds=profile.poll_seconds,
            memory=memory,
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
        if request.polls:
            polling = asyncio.create_task(store.run())
            polling.add_done_callback(_ended)
            stack.push_async_callback(_stop, polling)
        zone = zone_named(profile.time_zone)
        yield Session(profile.name, store, executor, journal, lookups, usage, zone)


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
