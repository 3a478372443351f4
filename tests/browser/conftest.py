"""A real Chromium, on the real web console in a process of its own, on a demo API over HTTP."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserType, Page
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from tests.chromium import HOW_TO_INSTALL, chromium_path, launch_arguments

QUICK = 0.25
"""Commands of the demo take a quarter of their usual time."""

LEFT_OUT = re.compile(r"^(PYTEST_|NICEGUI_SCREEN_TEST_PORT|MATILLION_|MAIA_CONSOLE_)")


class Outage:
    """An API that answers 500 to everything while the outage is on."""

    def __init__(self, api: ASGIApp) -> None:
        self.is_on = False
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = PlainTextResponse("out of order", 500) if self.is_on else self._api
        await answer(scope, receive, send)


@dataclass
class Console:
    """The web console under test: where it is, the world behind it, and its process."""

    url: str
    world: World
    outage: Outage
    process: subprocess.Popen[str]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=15)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    if chromium_path() is None:
        if os.environ.get("CI"):
            pytest.fail(HOW_TO_INSTALL)
        pytest.skip(HOW_TO_INSTALL)
    return launch_arguments()


@pytest.fixture(scope="session")
def browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object]
) -> Iterator[Browser]:
    chromium = browser_type.launch(**browser_type_launch_args)  # type: ignore[arg-type]
    yield chromium
    chromium.close()


@pytest.fixture
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with web_console(tmp_path_factory.mktemp("home")) as started:
        yield started


@pytest.fixture
def watched(page: Page, console: Console) -> Iterator[Page]:
    """A page on a console of its own that must not complain, nor ask anything of another host."""
    with without_complaints(page, console):
        yield page


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console for tests that change nothing of its world."""
    with web_console(tmp_path_factory.mktemp("home")) as started:
        yield started


@pytest.fixture
def looking(page: Page, calm: Console) -> Iterator[Page]:
    with without_complaints(page, calm):
        yield page


@contextmanager
def without_complaints(page: Page, console: Console) -> Iterator[None]:
    """Opens the console's first page, which must not complain as long as it is used."""
    complaints: list[str] = []
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((console.url, console.url.replace("http", "ws"), "data:"))
            else complaints.append(f"foreign request: {asked.url}")
        ),
    )
    page.goto(console.url)
    page.locator(".grid-row").first.wait_for()
    yield
    assert complaints == []


@contextmanager
def web_console(home: object, *options: str, **world: object) -> Iterator[Console]:
    """A console on a world of its own; its home is an empty folder, and where it is started."""
    made = World(pace=QUICK, **world)  # type: ignore[arg-type]
    outage = Outage(build_app(made))
    with serve(outage) as api:
        environment = {
            **{name: value for name, value in os.environ.items() if not LEFT_OUT.match(name)},
            "HOME": str(home),
            "XDG_STATE_HOME": f"{home}/state",
            "MAIA_CONSOLE_API_URL": f"{api}/dpc",
            "MAIA_CONSOLE_TOKEN_URL": f"{api}/oauth/dpc/token",
            "MATILLION_CLIENT_ID": "demo",
            "MATILLION_CLIENT_SECRET": "demo-secret",
            "MAIA_CONSOLE_POLL_SECONDS": "1",
            "MAIA_CONSOLE_OIDC_CLIENT_SECRET": "oidc-secret",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "console", "web", "--port", "0", *options],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        line = process.stderr.readline()
        address = re.search(r"https?://[^/\s]+", line)
        assert address is not None, line + process.stderr.read()
        try:
            yield Console(address[0], made, outage, process)
        finally:
            process.terminate()
            _, said = process.communicate(timeout=15)
            assert "Traceback" not in said, said
