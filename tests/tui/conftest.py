"""The terminal console on the demo API in the same process, without a socket, on a stopped clock.

Nothing polls: a test reads the fleet when it wants to, through `Console.read`.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest
from textual.pilot import Pilot

from console.accounts import SessionRequest, account_names
from console.actions.execute import Executor
from console.api.client import open_api
from console.demo.server import build_app
from console.demo.world import World
from console.fleet.store import FleetStore
from console.fleet.union import FleetUnion, Member
from console.session import Session
from console.sessions import Sessions
from console.settings import Profile, profile_from
from console.user_files import UserFiles
from tests.console.fleets import NOW
from tui.app import ConsoleApp
from tui.terminal import Colours
from tui.widgets.table import FleetTable

ADDRESS = "http://127.0.0.1"


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class Cable(httpx.AsyncBaseTransport):
    """Leads to the demo API until it is cut. Counts what was asked other than reads."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.is_cut = False
        self.commands: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_cut:
            raise httpx.ConnectError("no route to host", request=request)
        if request.method != "GET" and "oauth" not in request.url.path:
            self.commands.append(f"{request.method} {request.url.path}")
        return await self._inner.handle_async_request(request)


@dataclass
class Console:
    """The application under test, with the world, the clock and the cable behind it."""

    world: World
    clock: Clock
    cable: Cable
    session: Session
    app: ConsoleApp
    pilot: Pilot[int]

    @property
    def table(self) -> FleetTable:
        return self.app.screen_stack[1].query_one(FleetTable)

    @property
    def names(self) -> list[str]:
        """The runners in the table, from top to bottom."""
        return [row.cells[0].text for row in self.table.table.rows]

    @property
    def current(self) -> str:
        """The name of the runner under the cursor."""
        by_id = self.session.store.snapshot.by_id
        return by_id[self.table.current].name if self.table.current else ""

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*(KEYS.get(letter, letter) for letter in text))

    async def read(self) -> None:
        """One poll, drawn."""
        await self.session.store.refresh()
        await self.pilot.pause()

    async def tick(self) -> None:
        """What each second does."""
        self.app._tick()
        await self.pilot.pause()

    def id_of(self, name: str) -> str:
        return self.world.named(name).id


KEYS = {
    " ": "space",
    ":": "colon",
    "/": "slash",
    "!": "exclamation_mark",
    "-": "minus",
    "*": "asterisk",
    "<": "less_than_sign",
    ".": "full_stop",
    ",": "comma",
}

Open = Callable[..., AbstractAsyncContextManager[Console]]


@asynccontextmanager
async def opened(
    size: tuple[int, int] = (120, 34),
    *,
    runners: int = 24,
    scenario: str = "calm",
    hostile: bool = False,
    read_only: bool = False,
    is_cut: bool = False,
    is_read: bool = True,
    ascii_only: bool = False,
    spares: bool = False,
    colours: Colours = Colours.TRUE,
    files: UserFiles | None = None,
    fails: str = "",
) -> AsyncIterator[Console]:
    """`fails` is the account that cannot be reached when it is opened later."""
    clock = Clock()
    world = World(runners, clock=clock, hostile=hostile)
    cable = Cable(httpx.ASGITransport(build_app(world, scenario)))
    cable.is_cut = is_cut
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(
            open_api(_profile(), http_transport=cable, sleep=_no_sleep)
        )
        store = FleetStore(api.list_runners, clock=clock, poll_seconds=5)
        executor = await stack.enter_async_context(Executor(api, store))
        session = Session("demo", store, None if read_only else executor)
        if is_read:
            await store.refresh()

        @asynccontextmanager
        async def opening(request: SessionRequest) -> AsyncIterator[Session]:
            """The fleet under test, and then others, of three runners each."""
            if request.profile is None:
                yield session
            else:
                names = account_names(request, chosen=True)
                async with others(names, clock, failing=fails) as other:
                    yield other

        sessions = Sessions(SessionRequest(demo=True), opening)
        stack.push_async_callback(sessions.close)
        await sessions.open()
        where = (lambda: files) if files is not None else None
        app = ConsoleApp(
            session,
            colours=colours,
            ascii_only=ascii_only,
            spares=spares,
            files=where,
            sessions=sessions,
        )
        pilot = await stack.enter_async_context(app.run_test(size=size))
        await pilot.pause()
        yield Console(world, clock, cable, session, app, pilot)


@asynccontextmanager
async def others(
    names: tuple[str, ...], clock: Clock, *, failing: str = ""
) -> AsyncIterator[Session]:
    """A session on one account, or on several as one; `failing` is one that cannot be reached."""
    async with AsyncExitStack() as stack:
        stores = {}
        for number, name in enumerate(names, 2):
            way = Cable(httpx.ASGITransport(build_app(World(3, number, clock=clock))))
            way.is_cut = name == failing
            api = await stack.enter_async_context(
                open_api(_profile(), http_transport=way, sleep=_no_sleep)
            )
            account = name if len(names) > 1 else ""
            stores[name] = FleetStore(
                api.list_runners, clock=clock, poll_seconds=5, account=account
            )
            await stores[name].refresh()
        fleet = FleetUnion(Member(name, store, False) for name, store in stores.items())
        alone = len(names) == 1
        yield Session(", ".join(names), next(iter(stores.values())) if alone else fleet, None)


@pytest.fixture(autouse=True)
def _attentive_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each key the pilot looks every 5 ms, instead of 20, whether all is done."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 200)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def open_console() -> Open:
    return opened


@pytest.fixture
async def console() -> AsyncIterator[Console]:
    """The demo's 24 runners on a screen of 120x34."""
    async with opened() as console:
        yield console


def _profile() -> Profile:
    values = {
        "name": "demo",
        "client_id": "demo",
        "client_secret": "demo-secret",
        "requests_per_minute": 1000,
        "api_url": f"{ADDRESS}/dpc",
        "token_url": f"{ADDRESS}/oauth/dpc/token",
    }
    return profile_from(values, {})


async def _no_sleep(seconds: float) -> None:
    return None
