"""The web console as a process, and what a browser with its page open receives from it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from tests.bench.api import Api
from tests.bench.commands import CONSOLE
from tests.bench.server import Server, serving
from tests.chromium import launch_arguments

TRANSPORT_BEATS = ("2", "3")
"""Ping and pong of the transport, which carry nothing."""

CONSOLE_BEAT = r"\"beat\""
"""The message with the time of the newest reading, from which a page counts its age."""


class Traffic:
    """The web socket messages of a page, before the browser's decompression is counted."""

    def __init__(self, page: Page) -> None:
        self.messages: list[str] = []
        page.on("websocket", self._follow)

    def _follow(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, payload: str | bytes) -> None:
        text = payload if isinstance(payload, str) else payload.decode("latin-1")
        if text not in TRANSPORT_BEATS:
            self.messages.append(text)

    @property
    def beats(self) -> int:
        """Bytes of heartbeats."""
        return sum(len(text.encode()) for text in self.messages if CONSOLE_BEAT in text)

    @property
    def others(self) -> int:
        """Bytes of everything else."""
        return sum(len(text.encode()) for text in self.messages if CONSOLE_BEAT not in text)


@contextmanager
def web_console(api: Api, poll_seconds: int) -> Iterator[str]:
    """Its address, once it is served on a free port."""
    with console_server(api, poll_seconds) as server:
        yield server.url


@contextmanager
def console_server(api: Api, poll_seconds: int, folder: str | None = None) -> Iterator[Server]:
    """With what an earlier one has left in the folder, or as when started for the first time."""
    with tempfile.TemporaryDirectory() as state:
        environment = api.environment(
            MAIA_CONSOLE_POLL_SECONDS=str(poll_seconds),
            NICEGUI_STORAGE_PATH=state,
            XDG_DATA_HOME=folder or state,
        )
        with serving([CONSOLE, "web", "--port", "0"], environment) as server:
            yield server


@contextmanager
def bare_server() -> Iterator[Server]:
    """A NiceGUI page with one label."""
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "NICEGUI_STORAGE_PATH": state}
        with serving([sys.executable, "-m", "tests.bench.bare_page"], environment) as server:
            yield server


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())  # type: ignore[arg-type]
        try:
            yield browser
        finally:
            browser.close()
