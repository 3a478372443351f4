"""Opens a session: a store that polls, its journal and, unless read-only, an executor.

The only place that knows about the demo and about read-only.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from console.errors import CredentialsMissing
from console.fleet.memory import Memory
from console.fleet.store import FleetStore, utc_now

if TYPE_CHECKING:
    from console.actions.action import Action
    from console.actions.execute import Executor
    from console.actions.plan import Plan
    from console.fleet.usage_reading import UsageReader
    from console.journal.databases import Database
    from console.journal.history import History
    from console.journal.journal import Journal
    from console.settings import Profile

MOST_HISTORY = 500
RECALL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What to open. `overrides` are settings given as flags, by field name of a profile.
    `polls` is False for a command that reads once, which therefore cannot act, and which keeps no
    journal unless it `reads_history`. `face` is the front end, for the record of what was done."""

    profile: str | None = None
    demo: bool = False
    demo_runners: int = 24
    scenario: str = "calm"
    read_only: bool = False
    polls: bool = True
    reads_history: bool = False
    face: str = "command line"
    overrides: Mapping[str, object] = field(default_factory=dict)
    config: Path | None = None
    clock: Callable[[], datetime] = utc_now


@dataclass(frozen=True, slots=True)
class Session:
    """`executor` is None in a read-only session, which refuses every plan with one reason;
    `journal` where nothing is recorded, `usage` where nobody asks. `zone` is the user's."""

    name: str
    store: FleetStore
    executor: "Executor | None"
    journal: "Journal | None" = None
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

    async def history(
        self, runner_id: str, since: datetime | None = None, limit: int = MOST_HISTORY
    ) -> "History":
        """What was recorded of a runner, newest first. Raises nothing for a database's trouble."""
        from console.journal.history import History

        if self.journal is None:
            return History(problem="Nothing is recorded in this session.")
        return await self.journal.history(runner_id, since, limit)


@asynccontextmanager
async def open_session(request: SessionRequest) -> AsyncIterator[Session]:
    """Raises UsageError for a wrong setting and CredentialsMissing before anything is sent. That
    the API does not answer is not raised: it is the snapshot's problem; and that the journal cannot
    be written is its own."""
    from console.api.client import open_api
    from console.fleet.usage_reading import UsageReader

    async with AsyncExitStack() as stack:
        account = await stack.enter_async_context(open_account(request))
        profile = account.profile
        require_credentials(profile)
        memory = await account.recalled()
        api = await stack.enter_async_context(open_api(profile))
        store = FleetStore(
            api.list_runners,
            clock=request.clock,
            poll_seconds=profile.poll_seconds,
            memory=memory,
        )
        usage = await stack.enter_async_context(UsageReader(api, store))
        journal = None
        if request.polls or request.reads_history:
            journal = await stack.enter_async_context(_journal(account, store, request.face))
        executor = None
        if request.polls and not (request.read_only or profile.read_only):
            from console.actions.execute import Executor

            executor = await stack.enter_async_context(Executor(api, store, who=_user()))
        if request.polls:
            polling = asyncio.create_task(store.run())
            polling.add_done_callback(_ended)
            stack.push_async_callback(_stop, polling)
        yield Session(profile.name, store, executor, journal, usage, _zone(profile))


@dataclass(frozen=True, slots=True)
class Account:
    """A profile with where its history is kept, and what was learnt of it, if that is known."""

    profile: "Profile"
    database: "Database"
    memory: Memory | None = None

    async def recalled(self) -> Memory:
        """What earlier sessions learnt, with the operator's releases. A database that does not
        answer costs two seconds and what it knew."""
        from console.journal.recall import recall

        if self.memory is not None:
            return self.memory
        hurried = replace(self.database, patience=RECALL_SECONDS)
        memory, _ = await asyncio.to_thread(recall, hurried, self.profile.name)
        return memory


@asynccontextmanager
async def open_account(request: SessionRequest) -> AsyncIterator[Account]:
    """The account to use; for the demo, with its API served on loopback as long as it is open."""
    from console.journal.databases import database_at

    if not request.demo:
        profile = profile_for(request.profile, request.overrides, os.environ, request.config)
        address = profile.database_url
        yield Account(profile, database_at(address.get_secret_value() if address else None))
        return
    from console.demonstration import open_demonstration

    async with open_demonstration(
        request.demo_runners, request.scenario, request.clock, request.overrides
    ) as demo:
        yield Account(demo.profile, demo.database, demo.memory)


def profile_for(
    name: str | None,
    overrides: Mapping[str, object],
    environ: Mapping[str, str],
    config: Path | None,
) -> "Profile":
    """The profile with its secret, from the environment or from where `login` stored it, if any."""
    from console.credentials import read_secret
    from console.settings import config_path, load_profile

    profile = load_profile(name, overrides, environ, config or config_path(environ))
    if profile.client_secret is None:
        profile = profile.model_copy(update={"client_secret": read_secret(profile.name)})
    return profile


def require_credentials(profile: "Profile") -> None:
    """Raises CredentialsMissing when the profile cannot sign in."""
    if not profile.client_id or profile.client_secret is None:
        raise CredentialsMissing(f"profile {profile.name} has no credentials")


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


def _zone(profile: "Profile") -> tzinfo:
    """The profile's time zone, else this machine's as it is today."""
    if profile.time_zone is not None:
        from zoneinfo import ZoneInfo

        return ZoneInfo(profile.time_zone)
    return datetime.now().astimezone().tzinfo or UTC


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
