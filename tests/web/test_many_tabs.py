"""Two hundred open pages on one real server, over real web sockets: each is told what changes,
once, and little of it. What it costs in time and memory, the benchmark measures."""

import asyncio
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World, wall_clock
from tests.bench.api import Api
from tests.bench.server import serving
from tests.bench.tabs import BEAT, Tab, open_tabs

TABS = 200
RUNNERS = 1_000
MOST_BYTES = 1_000
LOOKS, PAUSE = 400, 0.05
FIRST_PAGE = b"page=0"
PATCH = re.compile(r'runMethod\(\d+, "patch", \[(.*?)\]\)(?:;|$)')


class ChangingApi:
    """Changes its world once it is due, as a reading asks for its first page: a change between two
    pages of one reading would be told in two parts."""

    def __init__(self, world: World) -> None:
        self._world, self._api = world, build_app(world)
        self.is_due = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.is_due and FIRST_PAGE in scope.get("query_string", b"").split(b"&"):
            self.is_due = False
            self._world.change(0.01, seed=1)
        await self._api(scope, receive, send)


@contextmanager
def console_on(api: str, home: Path) -> Iterator[str]:
    """Its address. It polls every second."""
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "NICEGUI_STORAGE_PATH"), str(home))
    environment = Api(api).environment(MAIA_CONSOLE_POLL_SECONDS="1", **places)
    command = [sys.executable, "-m", "console", "web", "--port", "0"]
    with serving(command, environment) as server:
        yield server.url


async def told(tabs: Sequence[Tab], what: Callable[[Tab], object]) -> None:
    """Until each has been told."""
    for _ in range(LOOKS):
        if all(map(what, tabs)):
            return
        await asyncio.sleep(PAUSE)
    pytest.fail("not each tab was told")


def beats(tab: Tab) -> bool:
    """Whether a reading without news was told: all that a page is told at first has come then."""
    return any(BEAT in each for each in tab.messages)


def patches(tab: Tab) -> list[object]:
    codes = [json.loads(each[2:])[1].get("code", "") for each in tab.messages if each[:2] == "42"]
    return [json.loads(found[1]) for code in codes if (found := PATCH.search(code))]


@pytest.mark.timeout(60)
async def test_each_of_two_hundred_tabs_is_told_each_change_once_and_nothing_else(
    tmp_path: Path,
) -> None:
    began = wall_clock()
    changing = ChangingApi(World(RUNNERS, clock=lambda: began))
    with serve(changing) as api, console_on(api, tmp_path) as url:
        async with AsyncExitStack() as stack:
            tabs = await open_tabs(url, TABS, stack)
            await told(tabs, beats)
            for tab in tabs:
                tab.messages.clear()
            changing.is_due = True
            await told(tabs, patches)
            first, *others = (patches(tab) for tab in tabs)
            assert all(each == first for each in others)
            assert len(first) == 1
            for tab in tabs:
                news = [each for each in tab.messages if BEAT not in each]
                assert len(news) == 1
                assert len(news[0].encode()) <= MOST_BYTES
            assert all(tab.socket.close_code is None for tab in tabs)
