"""The demo API in a process of its own, counting the calls that it answers.

`python -m tests.bench.api 1000` serves 1,000 runners and prints its address.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from console.demo.server import build_app
from console.demo.serving import serve_forever
from console.demo.world import World


@dataclass(frozen=True, slots=True)
class Api:
    """A running demo API, and how to point a program at it."""

    url: str

    def environment(self, **more: str) -> dict[str, str]:
        ours = ("MAIA_CONSOLE_", "MATILLION_", "TEXTUAL_", "NO_COLOR", "COLORTERM")
        inherited = {key: text for key, text in os.environ.items() if not key.startswith(ours)}
        return {
            **inherited,
            "MAIA_CONSOLE_CONFIG": os.devnull,
            "MAIA_CONSOLE_API_URL": f"{self.url}/dpc",
            "MAIA_CONSOLE_TOKEN_URL": f"{self.url}/oauth/dpc/token",
            "MAIA_CONSOLE_REQUESTS_PER_MINUTE": "1000",
            "MATILLION_CLIENT_ID": "demo",
            "MATILLION_CLIENT_SECRET": "demo-secret",
            **more,
        }

    def list_calls(self) -> int:
        """How often a page of the fleet has been asked for so far."""
        return int(httpx.get(f"{self.url}/bench/calls").json())

    def change(self, share: float) -> int:
        """Changes that share of the runners; returns how many."""
        return int(httpx.post(f"{self.url}/demo/change?share={share}").json()["changed"])


@contextmanager
def demo_api(runners: int) -> Iterator[Api]:
    command = [sys.executable, "-m", "tests.bench.api", str(runners)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Api(process.stdout.readline().strip())
        finally:
            process.terminate()


class Counting:
    """Counts the calls for pages of the fleet; tells how many at /bench/calls."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._calls = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/bench/calls":
            await JSONResponse(self._calls)(scope, receive, send)
            return
        self._calls += scope["type"] == "http" and scope["path"] == "/dpc/v1/agents"
        await self._app(scope, receive, send)


if __name__ == "__main__":
    app = Counting(build_app(World(int(sys.argv[1]))))
    serve_forever(app, "127.0.0.1", 0, announce=lambda url: print(url, flush=True))
