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

from console.errors import CredentialsMissing
from console.fleet.store import FleetStore, utc_now

if TYPE_CHECKING:
    from console.actions.action import Action
    from console.actions.execute import Executor
    from console.actions.plan import Plan
    from console.settings import Profile


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What to open. `overrides` are settings given as flags, by field name of a profile.
    `polls` is False for a command that reads once, which therefore cannot act."""

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
    executor: "Executor | None"

    @property
    def is_read_only(self) -> bool:
        return self.executor is None

    def plan(self, action: "Action", runner_ids: Iterable[str]) -> "Plan":
        from console.actions.plan import plan

        store = self.store
        return plan(action, runner_ids, store.snapshot, store.now, read_only=self.is_read_only)

    def fitting_action(self, key: str, runner_ids: Iterable[str]) -> "Action":
        from console.actions.catalogue import fitting_action

        return fitting_action(key, tuple(runner_ids), self.store.snapshot, self.store.now)


@asynccontextmanager
async def open_session(request: SessionRequest) -> AsyncIterator[Session]:
    """Raises UsageError for a wrong setting and CredentialsMissing before anything is sent. That
    the API does not answer is not raised: it is the snapshot's problem."""
    from console.api.client import open_api

    async with AsyncExitStack() as stack:
        profile = await stack.enter_async_context(open_profile(request))
        require_credentials(profile)
        api = await stack.enter_async_context(open_api(profile))
        store = FleetStore(api.list_runners, clock=request.clock, poll_seconds=profile.poll_seconds)
        executor = None
        if request.polls and not (request.read_only or profile.read_only):
            from console.actions.execute import Executor

            executor = await stack.enter_async_context(Executor(api, store))
        if request.polls:
            polling = asyncio.create_task(store.run())
            polling.add_done_callback(_ended)
            stack.push_async_callback(_stop, polling)
        yield Session(profile.name, store, executor)


@asynccontextmanager
async def open_profile(request: SessionRequest) -> AsyncIterator["Profile"]:
    """The profile to use; for the demo, with its API served on loopback as long as it is open."""
    if not request.demo:
        yield profile_for(request.profile, request.overrides, os.environ, request.config)
        return
    from console.demo.server import build_app
    from console.demo.serving import serve
    from console.demo.world import World

    world = World(request.demo_runners, clock=request.clock)
    with serve(build_app(world, request.scenario)) as url:
        yield _demo_profile(url, request.overrides)


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


def _demo_profile(url: str, overrides: Mapping[str, object]) -> "Profile":
    from console.settings import profile_from

    values = {
        "name": "demo",
        "client_id": "demo",
        "client_secret": "demo-secret",
        "poll_seconds": 5.0,
        "requests_per_minute": 1000,
        **overrides,
        "api_url": f"{url}/dpc",
        "token_url": f"{url}/oauth/dpc/token",
    }
    return profile_from(values, {})


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
