"""The plain dialogue on the demo API in the same process, without a socket, on a stopped clock.

Nothing polls: a test reads the fleet when it wants to, and types as into a pipe or a terminal.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from io import StringIO

import httpx

from console.accounts import SessionRequest, account_names
from console.actions.execute import Executor
from console.api.client import open_api
from console.cli.plain.dialogue import Dialogue
from console.cli.plain.printer import PROMPT, Printer
from console.demo.server import build_app
from console.demo.world import World
from console.fleet.store import FleetStore
from console.session import Session
from console.sessions import Sessions
from tests.console.stage import PROFILE, Clock, no_wait

READY = ">"


class Cable(httpx.AsyncBaseTransport):
    """Leads to the demo API until it is cut. Remembers what was asked other than reads."""

    def __init__(self, world: World) -> None:
        self._demo = httpx.ASGITransport(build_app(world))
        self.is_cut = False
        self.commands: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_cut:
            raise httpx.ConnectError("no route to host", request=request)
        if request.method != "GET" and "oauth" not in request.url.path:
            self.commands.append(f"{request.method} {request.url.path}")
        return await self._demo.handle_async_request(request)


class Paper(StringIO):
    """Says when something is written on it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = asyncio.Event()

    def write(self, text: str) -> int:
        self.written.set()
        return super().write(text)


@dataclass
class Hands:
    """Types lines when a test says so; None is the end of them."""

    is_terminal: bool = False
    lines: "asyncio.Queue[str | None]" = field(default_factory=asyncio.Queue)

    async def line(self) -> str | None:
        return await self.lines.get()


@dataclass
class Desk:
    """The dialogue under test, with the world, the clock and the cable behind it."""

    world: World
    clock: Clock
    cable: Cable
    session: Session
    hands: Hands
    paper: Paper
    dialogue: "asyncio.Task[int]"
    sessions: Sessions
    read: int = 0

    @property
    def lines(self) -> list[str]:
        """All that was written so far, without the prompts."""
        written = self.paper.getvalue().split("\n")[:-1]
        return [line for line in written if line != READY and not line.startswith(PROMPT)]

    def new(self) -> list[str]:
        """What was written since the last time that a test asked."""
        start, self.read = self.read, len(self.lines)
        return self.lines[start:]

    async def until(self, holds: Callable[[], object]) -> None:
        """Until it is so, or the dialogue is over. What has broken it is raised."""
        async with asyncio.timeout(10):
            while not holds() and not self.dialogue.done():
                self.paper.written.clear()
                await self.paper.written.wait()
        if self.dialogue.done():
            self.dialogue.result()

    async def say(self, line: str) -> list[str]:
        """What is answered, and announced before the next prompt."""
        self.new()
        prompts = self.prompts
        self.type(line)
        await self.until(lambda: self.prompts > prompts)
        return self.new()

    def type(self, line: str) -> None:
        if self.hands.is_terminal:
            self.paper.write(f"{line}\n")
        self.hands.lines.put_nowait(line)

    async def poll(self) -> list[str]:
        """What one reading of the fleet has announced."""
        self.new()
        await self.session.store.refresh()
        return await self.told()

    async def told(self) -> list[str]:
        """What is announced without anything new, once all has settled."""
        for _ in range(30):
            await asyncio.sleep(0)
        return self.new()

    async def end(self) -> int:
        """The exit code, after the last line was typed."""
        self.hands.lines.put_nowait(None)
        async with asyncio.timeout(10):
            return await self.dialogue

    @property
    def prompts(self) -> int:
        written = self.paper.getvalue()
        if self.hands.is_terminal:
            return written.count(PROMPT)
        return written.split("\n").count(READY)

    def id_of(self, name: str) -> str:
        return self.world.named(name).id


@asynccontextmanager
async def desk(
    runners: int = 24,
    *,
    hostile: bool = False,
    read_only: bool = False,
    is_cut: bool = False,
    on_terminal: bool = False,
    nobody_types: bool = False,
    is_read: bool = True,
) -> AsyncIterator[Desk]:
    """Opened, and at the first prompt."""
    clock = Clock()
    world = World(runners, clock=clock, hostile=hostile)
    cable = Cable(world)
    cable.is_cut = is_cut
    async with AsyncExitStack() as stack:
        worlds, cables = iter((world,)), iter((cable,))

        @asynccontextmanager
        async def opening(request: SessionRequest) -> AsyncIterator[Session]:
            """The fleet under test, and then others."""
            there = next(worlds, None) or World(3, clock=clock)
            way = next(cables, None) or Cable(there)
            async with open_api(PROFILE, http_transport=way, sleep=no_wait) as api:
                store = FleetStore(api.list_runners, clock=clock, poll_seconds=15)
                name = ", ".join(account_names(request, chosen=True))
                async with Executor(api, store) as executor:
                    if is_read:
                        await store.refresh()
                    yield Session(name, store, None if read_only else executor)

        sessions = Sessions(SessionRequest(demo=True), opening)
        stack.push_async_callback(sessions.close)
        session = await sessions.open()
        store = session.store
        hands, paper = Hands(on_terminal), Paper()
        printer = Printer(paper, prompts_on_terminal=on_terminal)
        talk = Dialogue(session, None if nobody_types else hands, printer, sessions)
        dialogue = asyncio.create_task(talk.run())
        dialogue.add_done_callback(lambda _: paper.written.set())
        made = Desk(world, clock, cable, session, hands, paper, dialogue, sessions)
        if not is_read:
            await made.until(lambda: made.lines)
            await store.refresh()
        await made.until(lambda: made.prompts or nobody_types)
        yield made
        dialogue.cancel()
        await asyncio.gather(dialogue, return_exceptions=True)
