"""Opens a session: a store that polls, its journal and, unless read-only, an executor; of one
account, or of several at once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from console.accounts import SessionRequest, open_accounts, require_all_credentials
from console.fleet.fleet import Fleet
from console.opening import Parts, open_parts
from console.zones import zone_named

if TYPE_CHECKING:
    from console.actions.action import Action
    from console.actions.execute import Executor
    from console.actions.plan import Plan
    from console.actions.routing import RoutingExecutor
    from console.fleet.usage_reading import UsageReader
    from console.fleet.usage_union import UsageReaders
    from console.journal.journal import Journal
    from console.journal.lookups import Lookups
    from console.journal.union import JournalUnion, LookupsUnion
    from console.traffic import Traffic
    from console.view.detail import Detail


@dataclass(frozen=True, slots=True)
class Session:
    """Of one account, or of several at once; who uses it does not see the difference.

    `executor` is None in a read-only session, which refuses every plan with one reason;
    `journal` and `lookups` where nothing is recorded, `usage` where nobody asks. `zone` is the
    user's, `traffic` what is counted of each account's API, by the account's name."""

    name: str
    store: Fleet
    executor: "Executor | RoutingExecutor | None"
    journal: "Journal | JournalUnion | None" = None
    lookups: "Lookups | LookupsUnion | None" = None
    usage: "UsageReader | UsageReaders | None" = None
    zone: tzinfo = UTC
    traffic: "Mapping[str, Traffic]" = field(default_factory=dict)

    @property
    def is_read_only(self) -> bool:
        return self.executor is None

    def is_read_only_for(self, runner_id: str) -> bool:
        """Whether nothing may be done to this runner, because of the session or of its account."""
        snapshot = self.store.snapshot
        runner = snapshot.by_id.get(runner_id)
        account = snapshot.by_account.get(runner.account) if runner is not None else None
        return self.is_read_only or (account is not None and account.is_read_only)

    @property
    def profiles(self) -> tuple[str, ...]:
        """The names of the profiles that are open."""
        return tuple(self.store.snapshot.by_account) or (self.name,)

    @property
    def history_problem(self) -> str:
        """Why nothing can be recorded at present, in one sentence; "" while all is well."""
        return self.journal.problem if self.journal is not None else ""

    def plan(self, action: "Action", runner_ids: Iterable[str], *, forbidden: str = "") -> "Plan":
        """The plan for these runners; who uses those that it disturbs is read meanwhile.
        `forbidden` is why whoever asks may not do it."""
        from console.actions.plan import plan

        store = self.store
        made = plan(
            action,
            runner_ids,
            store.snapshot,
            store.now,
            read_only=self.is_read_only,
            forbidden=forbidden,
        )
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

    def detail(
        self, runner_id: str, *, may: "Callable[[Action], bool]" = lambda action: True
    ) -> "Detail | None":
        """The runner in full, as far as is known by now; None when it is gone. `may` says which
        actions whoever looks is offered."""
        from console.view.detail import runner_detail

        store, lookups = self.store, self.lookups
        return runner_detail(
            store.snapshot,
            runner_id,
            store.now,
            read_only=self.is_read_only_for(runner_id),
            history=lookups.history(runner_id) if lookups is not None else None,
            zone=self.zone,
            may=may,
        )


@asynccontextmanager
async def open_session(request: SessionRequest) -> AsyncIterator[Session]:
    """Raises UsageError for a wrong setting and CredentialsMissing before anything is sent. That
    the API does not answer is not raised: it is the snapshot's problem; and that the journal cannot
    be written is its own. Several profiles are one session over all of them."""
    async with AsyncExitStack() as stack:
        accounts = await stack.enter_async_context(open_accounts(request))
        require_all_credentials([account.profile for account in accounts])
        now = request.clock()
        memories = await asyncio.gather(*(account.recalled(now) for account in accounts))
        stacks = [AsyncExitStack() for _ in accounts]
        stack.push_async_callback(_close_all, stacks)
        opened = [
            await open_parts(each, account, memory, request, is_one_of_several=len(accounts) > 1)
            for each, account, memory in zip(stacks, accounts, memories, strict=True)
        ]
        yield _of_one(opened[0]) if len(opened) == 1 else _of_several(opened)


def _of_one(parts: Parts) -> Session:
    return Session(
        parts.profile.name,
        parts.store,
        parts.executor,
        parts.journal,
        parts.lookups,
        parts.usage,
        zone_named(parts.profile.time_zone),
        {parts.profile.name: parts.traffic},
    )


def _of_several(opened: Sequence[Parts]) -> Session:
    """The zone is that of the first profile that has one. Where some are read-only and some are
    not, the name says which."""
    from console.actions.routing import RoutingExecutor
    from console.fleet.union import FleetUnion, Member
    from console.fleet.usage_union import UsageReaders
    from console.journal.union import JournalUnion, LookupsUnion

    parts = {each.profile.name: each for each in opened}
    fleet = FleetUnion(
        Member(name, each.store, each.executor is None) for name, each in parts.items()
    )
    executors = {name: each.executor for name, each in parts.items() if each.executor is not None}
    journals = {name: each.journal for name, each in parts.items() if each.journal is not None}
    lookups = {name: each.lookups for name, each in parts.items() if each.lookups is not None}
    mixed = 0 < len(executors) < len(parts)
    marked = [f"{name} (read-only)" if mixed and name not in executors else name for name in parts]
    zones = (each.profile.time_zone for each in opened)
    return Session(
        ", ".join(marked),
        fleet,
        RoutingExecutor(executors) if executors else None,
        JournalUnion(journals, fleet) if journals else None,
        LookupsUnion(lookups, fleet) if lookups else None,
        UsageReaders({name: each.usage for name, each in parts.items()}, fleet),
        zone_named(next(filter(None, zones), None)),
        {name: each.traffic for name, each in parts.items()},
    )


async def _close_all(stacks: Iterable[AsyncExitStack]) -> None:
    """At the same time, because each may have something left to write; and to the end, which each
    reaches within seconds, also when the program is interrupted meanwhile."""
    closing = asyncio.gather(*(each.aclose() for each in stacks), return_exceptions=True)
    try:
        ended = await asyncio.shield(closing)
    except asyncio.CancelledError:
        await closing
        raise
    for each in ended:
        if isinstance(each, BaseException):
            raise each
