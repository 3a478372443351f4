"""Opens a session: a store that polls and, unless read-only, an executor.

The only place that knows about the demo and about read-only.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.actions.action import Action
from console.actions.catalogue import fitting_action
from console.actions.execute import Executor
from console.actions.plan import Plan, plan
from console.fleet.store import FleetStore, utc_now

if TYPE_CHECKING:
    from console.settings import Profile


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What to open. `overrides` are settings given as flags, by field name of a profile.
    `polls` is False for a command that reads once."""

    profile: str | None = None
    demo: bool = False
    demo_runners: int = 24
    scenario: str = "calm"
    read_only: bool = False
    polls: bool = True
    overrides: Mapping[str, object] = field(default_factory=dict)
    config: Path | None = None
    clock: Callable[[], datetime] = utc_now


@dataclass(frozen=True, slots=True)
class Session:
    """`executor` is None in a read-only session, which refuses every plan with one reason."""

    name: str
    store: FleetStore
    executor: Executor | None

    @property
    def is_read_only(self) -> bool:
        return self.executor is None

    def plan(self, action: Action, runner_ids: Iterable[str]) -> Plan:
        store = self.store
        return plan(action, runner_ids, store.snapshot, store.now, read_only=self.is_read_only)

    def fitting_action(self, key: str, runner_ids: Iterable[str]) -> Action:
        return fitting_action(key, tuple(runner_ids), self.store.snapshot, self.store.now)


@asynccontextmanager
async def open_session(request: SessionRequest) -> AsyncIterator[Session]:
    """Raises UsageError for a wrong setting and CredentialsMissing before anything is sent. That
    the API does not answer is not raised: it is the snapshot's problem."""
    from console.api.client import open_api

    async with AsyncExitStack() as stack:
        profile = await _profile(request, stack)
        api = await stack.enter_async_context(open_api(profile))
        store = FleetStore(api.list_runners, clock=request.clock, poll_seconds=profile.poll_seconds)
        executor = None
        if not (request.read_only or profile.read_only):
            executor = await stack.enter_async_context(Executor(api, store))
        if request.polls:
            stack.push_async_callback(_stop, asyncio.create_task(store.run()))
        yield Session(profile.name, store, executor)


async def _profile(request: SessionRequest, stack: AsyncExitStack) -> "Profile":
    from console.settings import Profile, config_path, load_profile

    if not request.demo:
        path = request.config or config_path(os.environ)
        return load_profile(request.profile, request.overrides, os.environ, path)
    from pydantic import SecretStr

    from console.demo.server import build_app
    from console.demo.serving import serve
    from console.demo.world import World

    world = World(request.demo_runners, clock=request.clock)
    app = build_app(world, request.scenario)
    url = await asyncio.to_thread(stack.enter_context, serve(app))
    values = {
        "name": "demo",
        "client_id": "demo",
        "client_secret": SecretStr("demo-secret"),
        "poll_seconds": 5.0,
        "requests_per_minute": 1000,
        **request.overrides,
        "api_url": f"{url}/dpc",
        "token_url": f"{url}/oauth/dpc/token",
    }
    return Profile.model_validate(values)


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
