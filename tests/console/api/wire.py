"""A client on a scripted API: what it is answered is a function, what it asked is kept."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from console.api.client import RunnerApi, open_api
from console.api.http import httpx
from console.settings import Profile, profile_from

CANARY = "canary-secret-5f2c"
Answer = Callable[[httpx.Request], httpx.Response]


@dataclass
class Wire:
    """The requests that were sent, the waits that were slept, and a clock moved by hand."""

    answer: Answer
    requests: list[httpx.Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0
    tokens: int = 0
    life: object = 1800

    def clock(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            self.tokens += 1
            self.requests.append(request)
            return httpx.Response(
                200, json={"access_token": f"token-{self.tokens}", "expires_in": self.life}
            )
        self.requests.append(request)
        return self.answer(request)

    @property
    def calls(self) -> list[httpx.Request]:
        return [each for each in self.requests if each.url.path != "/token"]


def profile(**values: object) -> Profile:
    return profile_from(
        {
            "client_id": "demo",
            "client_secret": CANARY,
            "api_url": "http://localhost/dpc",
            "token_url": "http://localhost/token",
            **values,
        },
        {},
    )


@asynccontextmanager
async def api_on(answer: Answer, **settings: object) -> AsyncIterator[tuple[RunnerApi, Wire]]:
    wire = Wire(answer)
    async with open_api(
        profile(**settings),
        http_transport=httpx.MockTransport(wire),
        clock=wire.clock,
        sleep=wire.sleep,
    ) as api:
        yield api, wire


def page(*runners: dict[str, Any], total: int | None = None, size: int = 100) -> httpx.Response:
    body = {"page": 0, "size": size, "results": list(runners)}
    if total is not None:
        body["total"] = total
    return httpx.Response(200, json=body)


def record(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "agentId": f"id-{number}",
        "name": f"runner-{number}",
        "agentStatus": "running",
    } | fields
