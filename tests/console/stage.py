"""A demo world with client, store and executor on it, and a wire that can be cut."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from console.actions.catalogue import action_by_id
from console.actions.execute import Executor, Outcome
from console.actions.plan import Plan, plan
from console.api.client import RunnerApi, open_api
from console.api.models.runners import RunnerRecord
from console.demo.server import build_app
from console.demo.world import World
from console.fleet.snapshot import Operation, Phase, Snapshot
from console.fleet.store import FleetStore
from console.settings import Profile
from tests.console.fleets import NOW

PROFILE = Profile.model_validate(
    {
        "client_id": "demo",
        "client_secret": "demo-secret",
        "api_url": "http://localhost/dpc",
        "token_url": "http://localhost/oauth/dpc/token",
        "requests_per_minute": 1000,
    }
)


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to the demo API; `fate` may break one or look at it. Counts commands."""

    def __init__(self, world: World) -> None:
        self._demo = httpx.ASGITransport(build_app(world))
        self.fate: Callable[[httpx.Request], str] = lambda request: "pass"
        self.commands = 0
        self.open_commands = 0
        self.most_open_commands = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        is_command = request.url.path.endswith("/commands")
        self.commands += is_command
        self.open_commands += is_command
        self.most_open_commands = max(self.most_open_commands, self.open_commands)
        try:
            return await self._fated(request)
        finally:
            self.open_commands -= is_command

    async def _fated(self, request: httpx.Request) -> httpx.Response:
        fate = self.fate(request)
        if fate == "hold":
            await asyncio.sleep(0.01)
        if fate == "refuse":
            raise httpx.ConnectError("refused", request=request)
        if fate == "swallow":
            raise httpx.ReadTimeout("silence", request=request)
        answer = await self._demo.handle_async_request(request)
        if fate == "drop":
            raise httpx.ReadError("cut", request=request)
        return answer


@dataclass
class Stage:
    """A demo world, the client, store and executor on it, and the clock that moves them: each
    reading of the fleet takes `step` seconds of it."""

    world: World
    wire: Wire
    api: RunnerApi
    store: FleetStore
    executor: Executor
    seen: list[Operation] = field(default_factory=list)

    def planned(self, action_id: str, *names: str) -> Plan:
        snapshot = self.store.snapshot
        ids = [runner.id for runner in snapshot.runners if runner.name in names]
        assert len(ids) == len(names)
        made = plan(action_by_id(action_id), ids, snapshot, self.store.now)
        assert len(made.allowed) == len(names), made.refused
        return made

    async def carried_out(self, agreed: Plan, wait: timedelta | None = None) -> list[Outcome]:
        async with asyncio.timeout(10):
            return [outcome async for outcome in self.executor.execute(agreed, wait=wait)]

    async def until(self, holds: Callable[[Snapshot], object]) -> Snapshot:
        async with asyncio.timeout(5):
            snapshot = self.store.snapshot
            while not holds(snapshot):
                snapshot = await self.store.news()
            return snapshot

    def phases(self) -> list[Phase]:
        return [operation.phase for operation in self.store.snapshot.operations]


@dataclass
class Clock:
    now: datetime = NOW
    step: float = 3.0

    def __call__(self) -> datetime:
        return self.now


async def no_wait(seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def staged(
    clock: Clock, runners: int = 24, pace: float = 1.0, seed: int = 1
) -> AsyncIterator[Stage]:
    world = World(runners, seed, clock, pace=pace)
    wire = Wire(world)
    async with open_api(PROFILE, http_transport=wire, sleep=no_wait) as api:

        async def read() -> tuple[RunnerRecord, ...]:
            clock.now += timedelta(seconds=clock.step)
            return await api.list_runners()

        store = FleetStore(read, clock=clock, poll_seconds=0.005)
        async with Executor(api, store) as executor:
            await store.refresh()
            loop = asyncio.create_task(store.run())
            yield Stage(world, wire, api, store, executor)
            loop.cancel()
            await asyncio.gather(loop, return_exceptions=True)
