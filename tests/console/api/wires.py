"""A clock moved by hand, a wire that answers from a script, and the demo API without a socket."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.types import ASGIApp

from console.api.client import RunnerApi, open_api
from console.api.http import httpx
from console.settings import Profile

NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)
HOST = "http://localhost"
TOKEN_PATH = "/oauth/dpc/token"

Answer = httpx.Response | Exception
Answering = Callable[[httpx.Request], Answer | Awaitable[Answer]]


class HandClock:
    """Seconds that pass only when somebody sleeps or the test moves them; keeps what was slept."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def today(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)


class ScriptedWire(httpx.AsyncBaseTransport):
    """Gives out tokens t1, t2, … and lets `answer` say everything else. Keeps all requests."""

    def __init__(self, answer: Answering, *, expires_in: object = 1800) -> None:
        self._answer = answer
        self._expires_in = expires_in
        self.requests: list[httpx.Request] = []
        self.token_requests: list[httpx.Request] = []
        self.in_flight = 0
        self.most_in_flight = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(0)
            return await self._answered(request)
        finally:
            self.in_flight -= 1

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == TOKEN_PATH:
            self.token_requests.append(request)
            number = len(self.token_requests)
            return httpx.Response(
                200, json={"access_token": f"t{number}", "expires_in": self._expires_in}
            )
        self.requests.append(request)
        answer = self._answer(request)
        if isinstance(answer, Awaitable):
            answer = await answer
        if isinstance(answer, Exception):
            raise answer
        return answer


def in_turn(*answers: Answer) -> Answering:
    """These answers, one a request; the last is repeated."""
    left = list(answers)

    def answer(request: httpx.Request) -> Answer:
        said = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(said, httpx.Response):
            return httpx.Response(said.status_code, headers=said.headers, content=said.content)
        return said

    return answer


def listed(*runners: object, **envelope: object) -> httpx.Response:
    """A page of the list; its envelope is the documented example's unless it is given."""
    return httpx.Response(
        200, json={"results": list(runners), "page": 0, "size": 0, "total": 0, **envelope}
    )


def problem(status: int, /, **members: object) -> httpx.Response:
    return httpx.Response(
        status,
        content=json.dumps(members).encode(),
        headers={"content-type": "application/problem+json"},
    )


def profile(**settings: Any) -> Profile:
    return Profile.model_validate(
        {
            "client_id": "demo",
            "client_secret": "demo-secret",
            "api_url": f"{HOST}/dpc",
            "token_url": f"{HOST}{TOKEN_PATH}",
            "requests_per_minute": 1000,
            **settings,
        }
    )


@asynccontextmanager
async def opened(
    wire: httpx.AsyncBaseTransport, clock: HandClock | None = None, **settings: Any
) -> AsyncIterator[RunnerApi]:
    """The client on a wire, with a hand clock."""
    clock = clock or HandClock()
    async with open_api(
        profile(**settings), http_transport=wire, clock=clock, sleep=clock.sleep
    ) as api:
        yield api


def demo_wire(app: ASGIApp) -> httpx.ASGITransport:
    return httpx.ASGITransport(app)
