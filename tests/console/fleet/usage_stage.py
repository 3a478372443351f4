"""A stage for tests of reading who uses the runners: the demo API behind a wire that can fail."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from console.api.client import RunnerApi
from console.api.http import httpx
from console.demo.server import build_app
from console.demo.world import World
from console.fleet.snapshot import Runner, Snapshot
from console.fleet.store import FleetStore
from console.fleet.usage import Usage
from console.fleet.usage_reading import (
    UsageReader,
)
from tests.console.api.wires import TOKEN_PATH, HandClock, demo_wire, opened, problem

Fate = Callable[[str], httpx.Response | Exception | None]

PROJECTS = 6
DENIED = problem(403, detail="Access denied")
NO_ANSWER = httpx.ConnectError("refused")


def kind_of(path: str) -> str:
    return path.rsplit("/", 1)[-1]


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to the demo API. `fate` may answer one of the usage calls itself, or let it
    fail; `hold` keeps their answers back until it is set. Keeps their paths."""

    def __init__(self, app: Any) -> None:
        self._demo = demo_wire(app)
        self.fate: Fate = lambda path: None
        self.hold: asyncio.Event | None = None
        self.paths: list[str] = []
        self.in_flight = 0
        self.most_in_flight = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many calls of each kind."""
        return dict(Counter(kind_of(path) for path in self.paths))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == TOKEN_PATH or "/agents" in path:
            return await self._demo.handle_async_request(request)
        self.paths.append(path)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await (self.hold.wait() if self.hold else asyncio.sleep(0))
            said = self.fate(path)
            if isinstance(said, Exception):
                raise said
            if said is not None:
                return httpx.Response(said.status_code, headers=said.headers, content=said.content)
            return await self._demo.handle_async_request(request)
        finally:
            self.in_flight -= 1


@dataclass
class Stage:
    """A reader on the demo's API, with the store that it tells."""

    world: World
    wire: Wire
    clock: HandClock
    api: RunnerApi
    store: FleetStore
    reader: UsageReader
    told: list[Snapshot] = field(default_factory=list)

    def runner(self, name: str) -> Runner:
        return next(each for each in self.store.snapshot.runners if each.name == name)

    def id(self, name: str) -> str:
        return self.runner(name).id

    def project_id(self, name: str) -> str:
        return next(each.id for each in self.world.usage.projects if each.name == name)

    async def read(self, *names: str) -> Usage:
        async with asyncio.timeout(10):
            return await self.reader.read(self.id(name) for name in names)

    def environments(self, name: str) -> set[tuple[str, str]]:
        found = self.store.snapshot.usage.environments_of.get(self.id(name), ())
        return {(each.project.name, each.name) for each in found}


@asynccontextmanager
async def staged(scenario: str = "calm", **settings: Any) -> AsyncIterator[Stage]:
    clock = HandClock()
    world = World(clock=clock.today, pace=0)
    wire = Wire(build_app(world))
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(opened(wire, clock, **settings))
        store = FleetStore(api.list_runners, clock=clock.today)
        await store.refresh()
        if scenario != "calm":
            wire._demo = demo_wire(build_app(world, scenario, sleep=clock.sleep))
        reader = UsageReader(api, store, sleep=clock.sleep)
        await stack.enter_async_context(reader)
        made = Stage(world, wire, clock, api, store, reader)
        store.subscribe(made.told.append)
        yield made
