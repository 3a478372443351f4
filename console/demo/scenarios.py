"""Moods of the demo API: what is wrong with the fleet, the network or the service today.

Which request is hit follows from a seeded sequence, never from the time.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from random import Random

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from console.demo.problems import Problem, problem_response
from console.demo.releases import history
from console.demo.runners import Runner
from console.demo.world import World

SCENARIOS: dict[str, str] = {
    "calm": "An ordinary day: most runners are healthy and the API answers at once.",
    "incident": "Many runners are offline, unknown or out of support.",
    "empty": "A new account: no runner, no project.",
    "denied": "The API refuses this address: every call ends in 403, in plain text.",
    "throttled": "One call in three ends in 429 with Retry-After.",
    "flaky": "Some calls end in 503, a dropped connection or a gateway's page.",
    "slow": "Every call takes between 0.2 and 1.5 seconds.",
}

Sleep = Callable[[float], Awaitable[object]]

DENIED = "IP not allowed for any organization"
GATEWAY_PAGE = (
    "<html><head><title>502 Bad Gateway</title></head>"
    "<body><center><h1>502 Bad Gateway</h1></center></body></html>"
)
BLOCKS: dict[str, tuple[str, ...]] = {
    "throttled": ("throttle", "pass", "pass"),
    "flaky": ("unavailable", "drop", "gateway", *["pass"] * 7),
}


def set_scene(world: World, scenario: str) -> None:
    """Makes the fleet what the scenario says."""
    if scenario == "empty":
        world.clear()
    if scenario == "incident":
        world.rewrite(_hit(world))


class Weather:
    """Stands before the API and lets calls through, or does not, as the scenario says."""

    def __init__(
        self, app: ASGIApp, scenario: str, seed: int = 1, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._app = app
        self._scenario = scenario
        self._random = Random(seed)
        self._block: list[str] = []
        self._sleep = sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/dpc/"):
            await self._app(scope, receive, send)
            return
        if self._scenario == "slow":
            await self._sleep(self._random.uniform(0.2, 1.5))
        fate = self._next_fate()
        if fate == "drop":
            await _drop(send)
        elif fate == "pass":
            await self._app(scope, receive, send)
        else:
            await _answer(fate, scope["path"])(scope, receive, send)

    def _next_fate(self) -> str:
        """Fates are dealt in shuffled blocks, so that a run of bad luck stays short."""
        if self._scenario == "denied":
            return "deny"
        if self._scenario not in BLOCKS:
            return "pass"
        if not self._block:
            self._block = list(BLOCKS[self._scenario])
            self._random.shuffle(self._block)
        return self._block.pop()


def _answer(fate: str, path: str) -> Response:
    if fate == "deny":
        return PlainTextResponse(DENIED, 403)
    if fate == "gateway":
        return Response(GATEWAY_PAGE, 502, media_type="text/html")
    if fate == "throttle":
        return problem_response(
            Problem(429, "Too many requests.", headers={"Retry-After": "1"}), path
        )
    return problem_response(Problem(503, "The service is not available."), path)


async def _drop(send: Send) -> None:
    """An answer that ends in the middle: the server then cuts the connection."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"page":0,', "more_body": True})


def _hit(world: World) -> list[Runner]:
    """Of seven running runners two go offline, one is lost and one is found to be far behind."""
    now = world.now()
    running = [one for one in world.runners() if one.status == "running" and not one.is_hosted]
    hit: list[Runner] = []
    for number, runner in enumerate(running):
        match number % 7:
            case 0 | 3:
                hit.append(replace(runner, connected=False))
            case 1:
                hit.append(replace(runner, status="unknown", connected=False))
            case 5:
                old = history(runner.line, now, 8)[7].version
                hit.append(replace(runner, version=old, auto_updates=False, floats=False))
    return hit
