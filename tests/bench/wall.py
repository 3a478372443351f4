"""What walls cost: the server with 200 of them, and the browser that shows one for a week.

Processor time is that of the server's process, so that what else the machine does counts little.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import pairwise

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from console.view.wall import wall
from tests.bench.api import Api, demo_api
from tests.bench.first_rows import LABEL, seen_anew
from tests.bench.page import bare_server, chromium, console_server
from tests.bench.rows import Row, in_turn, progress
from tests.bench.server import Server
from tests.bench.viewers import Viewers, viewers_open
from tests.browser.walls import FED, WallServer, fleet_of
from tests.chromium import launch_arguments
from tests.console.fleets import NOW
from web.wall_wire import patch, picture

RUNNERS = 1_000
WALLS = 200
SHARE = 0.01
POLL_SECONDS = 2
POLLS = 20
SETTLING_SECONDS = 4.0
LARGE = 2_000
PAINTS = 15
COUNTS = "#headlines li"
AN_HOUR, A_WEEK = 240, 240 * 24 * 7
UNCOMPILED = "--js-flags=--no-opt --no-maglev --no-sparkplug"
"""The code that the browser's compilers make is no memory of the page."""


def wall_rows() -> list[Row]:
    return [*_server_rows(), *_browser_rows()]


def walls_open(url: str, count: int = WALLS) -> AbstractContextManager[Viewers]:
    return viewers_open("wall_pages", url, count)


def _server_rows() -> list[Row]:
    progress(f"{WALLS} walls …")
    with demo_api(RUNNERS) as api, console_server(api, POLL_SECONDS) as ours:
        httpx.get(f"{ours.url}/wall", timeout=60)
        time.sleep(SETTLING_SECONDS)
        still = _polls(api, ours, None, lambda: None)
        none = _polls(api, ours, None, lambda: api.change(SHARE))
        before = ours.megabytes
        with walls_open(ours.url) as walls:
            time.sleep(SETTLING_SECONDS)
            memory = (ours.megabytes - before) / WALLS
            calm = _polls(api, ours, walls, lambda: None)
            many = _polls(api, ours, walls, lambda: api.change(SHARE))
        what = f"wall: {{}}, {WALLS} walls, {RUNNERS:,} runners"
        changed = f"for a poll that finds {SHARE:.0%} changed"
        return [
            Row(
                what.format(f"processor {changed}, for all together, with the sign of life"),
                "reading it, without a wall",
                1000 * max(0.0, many.cpu - none.cpu),
                1000 * none.cpu,
                "ms",
                most=10,
            ),
            Row(
                what.format("processor for a sign of life to all"),
                "nothing",
                1000 * max(0.0, calm.cpu - still.cpu),
                0,
                "ms",
            ),
            Row(what.format(f"bytes to a wall {changed}"), "nothing", many.told, 0, "B", most=1000),
            Row(
                what.format("bytes to a wall for a poll that finds none changed"),
                "signs of life",
                calm.told,
                calm.beats,
                "B",
                most=0,
            ),
            Row(what.format("memory of a wall"), "nothing", memory * 1024, 0, "KiB", most=51.2),
            Row(
                what.format("calls to the API for a poll"),
                "without a wall",
                many.calls,
                none.calls,
                "calls",
                most=none.calls + 0.5,
            ),
        ]


class Polls:
    """Of one poll: processor seconds (of the one in the middle, as now and then one also clears
    memory away), bytes to a wall, calls to the API."""

    def __init__(self, cpu: float, told: float, beats: float, calls: float) -> None:
        self.cpu, self.told, self.beats, self.calls = cpu, told, beats, calls


def _polls(api: Api, ours: Server, walls: Viewers | None, stir: Callable[[], object]) -> Polls:
    if walls is not None:
        walls.taken()
    spent, calls = [ours.cpu_seconds], api.list_calls()
    for _ in range(POLLS):
        stir()
        time.sleep(POLL_SECONDS)
        spent.append(ours.cpu_seconds)
    told = walls.taken() if walls is not None else {"told": 0.0, "beats": 0.0}
    cpu = statistics.median(after - before for before, after in pairwise(spent))
    asked = (api.list_calls() - calls) / POLLS
    return Polls(cpu, told["told"] / POLLS, told["beats"] / POLLS, asked)


def _browser_rows() -> list[Row]:
    progress("the wall in a browser …")
    server = WallServer(fleet_of(LARGE))
    with chromium() as browser:
        rows = [_first_paint_row(browser), _paint_row(browser, server)]
    rows.append(_week_row(server.url))
    server.stop()
    return rows


def _first_paint_row(browser: Browser) -> Row:
    with demo_api(LARGE) as api, console_server(api, 15) as ours, bare_server() as bare:
        for url in (f"{ours.url}/wall", bare.url):
            httpx.get(url, timeout=60)
        time.sleep(SETTLING_SECONDS)
        paint, floor = in_turn(
            PAINTS,
            lambda: seen_anew(browser, f"{ours.url}/wall", COUNTS),
            lambda: seen_anew(browser, bare.url, LABEL),
        )
    return Row(
        f"wall: first paint, with verdict and counts, of {LARGE:,} runners",
        "a NiceGUI page with one label",
        paint,
        floor,
        "ms",
        most_ratio=1 / 3,
    )


CHANGED = """(change) => new Promise((done) => {
  number += 1;
  const began = performance.now();
  send("change", change, `x.${number}`);
  beat();
  requestAnimationFrame(() => { const port = new MessageChannel();
    port.port1.onmessage = () => done(performance.now() - began);
    port.port2.postMessage(0); });
})"""


def _changes() -> tuple[object, list[object]]:
    """A picture of the large fleet, and what turns it into that of a day later and back."""
    seen = [picture(wall(fleet_of(LARGE, each), NOW)) for each in ("calm", "incident")]
    return seen[0], [patch(*seen), patch(*reversed(seen))]


def _paint_row(browser: Browser, server: WallServer) -> Row:
    page = _fed(browser, server.url)
    _, changes = _changes()
    page.evaluate("changes => feed(changes, 30)", changes)
    times = [float(page.evaluate(CHANGED, changes[(number + 1) % 2])) for number in range(PAINTS)]
    page.close()
    return Row(
        f"wall: from a change to its paint, {LARGE:,} runners",
        "nothing",
        statistics.median(times),
        0,
        "ms",
        most=100,
    )


def _week_row(url: str) -> Row:
    progress("a week of polls …")
    arguments = launch_arguments()
    ours = {**arguments, "args": [*arguments["args"], UNCOMPILED]}  # type: ignore[misc]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**ours)  # type: ignore[arg-type]
        page = _fed(browser, url)
        _, changes = _changes()
        devtools = page.context.new_cdp_session(page)

        def heap() -> float:
            devtools.send("HeapProfiler.collectGarbage")
            return float(devtools.send("Runtime.getHeapUsage")["usedSize"]) / 1024

        page.set_default_timeout(0)
        page.evaluate("changes => feed(changes, 240)", changes)
        first = heap()
        page.evaluate("([changes, polls]) => feed(changes, polls, 3)", [changes, A_WEEK - AN_HOUR])
        last = heap()
        browser.close()
    return Row(
        "wall: heap of its page after a week", "after an hour", last, first, "KiB", most_ratio=1.1
    )


def _fed(browser: Browser, url: str) -> Page:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.add_init_script(FED)
    page.goto(f"{url}/wall?codes=off")
    page.evaluate("told => begin(told)", _changes()[0])
    return page
