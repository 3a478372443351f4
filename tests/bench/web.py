"""What 200 open pages of the web console cost the server, beside as many of a NiceGUI page with one
label: in memory, processor time and bytes, over real web sockets.

Processor time is that of the server's process, so that what else the machine does counts little.
"""

import tempfile
import time
from contextlib import AbstractContextManager, ExitStack

import httpx

from tests.bench.api import Api, demo_api
from tests.bench.page import bare_server, console_server
from tests.bench.rows import Row, progress
from tests.bench.server import Server
from tests.bench.viewers import Viewers, viewers_open

RUNNERS = 1_000
TABS = 200
SHARE = 0.01
POLL_SECONDS = 3
USUAL_POLL_SECONDS = 15
POLLS = 6
IDLE_SECONDS = 30.0
SETTLING_SECONDS = 4.0
LABEL = "a NiceGUI page with one label"


def tabs_open(url: str, count: int = TABS) -> AbstractContextManager[Viewers]:
    return viewers_open("tabs", url, count)


def tab_rows() -> list[Row]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        bare = stack.enter_context(bare_server())
        api = stack.enter_context(demo_api(RUNNERS))
        with console_server(api, USUAL_POLL_SECONDS, folder):
            time.sleep(SETTLING_SECONDS)  # only the first start ever makes the history
        with console_server(api, USUAL_POLL_SECONDS, folder) as ours:
            rows = _idle_rows(ours, bare)
        with (
            console_server(api, POLL_SECONDS, folder) as ours,
            tabs_open(ours.url) as tabs,
            tabs_open(bare.url),
        ):
            return rows + _poll_rows(api, ours, bare, tabs)


def _idle_rows(ours: Server, bare: Server) -> list[Row]:
    progress(f"{TABS} open tabs …")
    for server in (ours, bare):
        httpx.get(server.url, timeout=60)
    time.sleep(SETTLING_SECONDS)
    before, bare_before = ours.megabytes, bare.megabytes
    with tabs_open(ours.url) as tabs, tabs_open(bare.url):
        time.sleep(SETTLING_SECONDS)
        memory, bare_memory = ours.megabytes, bare.megabytes
        spent, bare_spent = _spent(ours, bare, IDLE_SECONDS)
        tabs.taken()
    percent, bare_percent = (100 * each / IDLE_SECONDS for each in (spent, bare_spent))
    each, bare_each = (memory - before) * 1024 / TABS, (bare_memory - bare_before) * 1024 / TABS
    what = f"web: {{}}, {TABS} tabs, {RUNNERS:,} runners"
    return [
        Row(what.format("memory of a tab"), LABEL, each, bare_each, "KiB", most=0.3 * 1024),
        Row(what.format("memory in all"), LABEL, memory, bare_memory, "MiB", most=160),
        Row(
            what.format("processor while nothing changes, hundredths of a percent of a core"),
            LABEL,
            100 * percent,
            100 * bare_percent,
            "",
            most=round(100 * (bare_percent + 1)),
        ),
    ]


def _poll_rows(api: Api, ours: Server, bare: Server, tabs: Viewers) -> list[Row]:
    """What a poll costs is all that is spent until the next one but what the bare page spends in
    that time: the reading of the API and the rules for the whole fleet are in it."""
    progress(f"polls with {TABS} open tabs …")
    time.sleep(SETTLING_SECONDS)
    tabs.taken()
    calm, bare_calm = _spent(ours, bare, POLLS * POLL_SECONDS)
    calm_told = tabs.taken()
    busy = bare_busy = 0.0
    for _ in range(POLLS):
        api.change(SHARE)
        spent, bare_spent = _spent(ours, bare, POLL_SECONDS)
        busy, bare_busy = busy + spent, bare_busy + bare_spent
    busy_told = tabs.taken()
    what = f"web: {{}} for a poll that finds {{}} of {RUNNERS:,} runners changed, {TABS} tabs"
    return [
        *(
            Row(
                what.format("bytes to a tab beside the heartbeat", changed),
                "the heartbeat",
                (told["bytes"] - told["beats"]) / POLLS,
                told["beats"] / POLLS,
                "B",
                most=most,
            )
            for changed, told, most in (("none", calm_told, 0), ("1 %", busy_told, 1000))
        ),
        *(
            Row(
                what.format("processor for a tab", changed),
                f"{LABEL} in that time",
                1e6 * (spent - bare_spent) / POLLS / TABS,
                1e6 * bare_spent / POLLS / TABS,
                "µs",
                most=most,
            )
            for changed, spent, bare_spent, most in (
                ("none", calm, bare_calm, None),
                ("1 %", busy, bare_busy, 1500),
            )
        ),
    ]


def _spent(ours: Server, bare: Server, seconds: float) -> tuple[float, float]:
    """Processor seconds of both over the same time."""
    before, bare_before = ours.cpu_seconds, bare.cpu_seconds
    time.sleep(seconds)
    return ours.cpu_seconds - before, bare.cpu_seconds - bare_before
