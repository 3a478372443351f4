"""What open pages of the web console cost the server, and how soon one is seen, beside a NiceGUI
page with one label: in memory, processor time and bytes, with 200 real web sockets.

Processor time is that of the server's process, so that what else the machine does counts little.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from tests.bench.api import Api, demo_api
from tests.bench.page import bare_server, console_server
from tests.bench.rows import Row, progress
from tests.bench.server import Server

RUNNERS = 1_000
TABS = 200
SHARE = 0.01
POLL_SECONDS = 3
USUAL_POLL_SECONDS = 15
POLLS = 6
IDLE_SECONDS = 30.0
SETTLING_SECONDS = 4.0
LABEL = "a NiceGUI page with one label"


class Tabs:
    """Open pages in a process of their own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def taken(self) -> dict[str, float]:
        """What has come to each since it was last asked, in bytes before compression."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        told: dict[str, float] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def tabs_open(url: str, count: int = TABS) -> Iterator[Tabs]:
    command = [sys.executable, "-m", "tests.bench.tabs", url, str(count)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n", "the tabs could not be opened"
        try:
            yield Tabs(process)
        finally:
            process.terminate()


def tab_rows() -> list[Row]:
    with bare_server() as bare, demo_api(RUNNERS) as api:
        with console_server(api, USUAL_POLL_SECONDS) as ours:
            rows = _idle_rows(ours, bare)
        with console_server(api, POLL_SECONDS) as ours, tabs_open(ours.url) as tabs:
            rows += _poll_rows(api, ours, tabs)
    return rows


def _idle_rows(ours: Server, bare: Server) -> list[Row]:
    progress(f"{TABS} open tabs …")
    for server in (ours, bare):
        httpx.get(server.url, timeout=60)
    time.sleep(SETTLING_SECONDS)
    before, bare_before = ours.megabytes, bare.megabytes
    with tabs_open(ours.url), tabs_open(bare.url):
        time.sleep(SETTLING_SECONDS)
        memory, bare_memory = ours.megabytes, bare.megabytes
        spent, bare_spent = _idle(ours, bare)
    percent, bare_percent = (100 * each / IDLE_SECONDS for each in (spent, bare_spent))
    each, bare_each = (memory - before) * 1024 / TABS, (bare_memory - bare_before) * 1024 / TABS
    what = f"web: {{}}, {TABS} tabs, {RUNNERS:,} runners"
    return [
        Row(what.format("memory of a tab"), LABEL, each, bare_each, "KiB", most=0.3 * 1024),
        Row(what.format("memory in all"), LABEL, memory, bare_memory, "MiB", most=160),
        Row(
            what.format("processor while nothing changes"),
            LABEL,
            percent,
            bare_percent,
            "% of a core",
            most=bare_percent + 1,
        ),
    ]


def _idle(ours: Server, bare: Server) -> tuple[float, float]:
    """Processor seconds of both over the same time."""
    before, bare_before = ours.cpu_seconds, bare.cpu_seconds
    time.sleep(IDLE_SECONDS)
    return ours.cpu_seconds - before, bare.cpu_seconds - bare_before


def _poll_rows(api: Api, ours: Server, tabs: Tabs) -> list[Row]:
    progress(f"polls with {TABS} open tabs …")
    time.sleep(SETTLING_SECONDS)
    calm, calm_bytes = _polls(ours, tabs, lambda: None)
    busy, busy_bytes = _polls(ours, tabs, lambda: api.change(SHARE))
    what = f"web: {{}} for a poll that finds {{}} of {RUNNERS:,} runners changed, {TABS} tabs"
    milliseconds = (busy - calm) * 1000 / TABS
    return [
        Row(what.format("bytes to a tab", "none"), "nothing", calm_bytes, 0, "B", most=0),
        Row(what.format("bytes to a tab", "1 %"), "nothing", busy_bytes, 0, "B", most=1000),
        Row(
            what.format("processor for a tab", "1 %"),
            "the same polls while nothing changes",
            milliseconds,
            calm * 1000 / TABS,
            "ms",
            most=1.5,
        ),
    ]


def _polls(ours: Server, tabs: Tabs, stir: Callable[[], object]) -> tuple[float, float]:
    """Processor seconds and bytes to a tab for one poll."""
    tabs.taken()
    before = ours.cpu_seconds
    for _ in range(POLLS):
        stir()
        time.sleep(POLL_SECONDS)
    return (ours.cpu_seconds - before) / POLLS, tabs.taken()["bytes"] / POLLS
