"""A hand-driven clock, a demo world on it, and a signed-in client without a socket."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from console.demo.server import build_app
from console.demo.world import World

FORM = {
    "grant_type": "client_credentials",
    "client_id": "demo",
    "client_secret": "demo-secret",
    "audience": "https://api.matillion.com",
}


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 7, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


async def sign_in(client: httpx.AsyncClient) -> None:
    answer = await client.post("/oauth/dpc/token", data=FORM)
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"


@asynccontextmanager
async def opened(app: object) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        await sign_in(client)
        yield client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock=clock)


@pytest.fixture
def sign_in_form() -> dict[str, str]:
    return FORM


@pytest.fixture
def open_client() -> Callable[[object], AbstractAsyncContextManager[httpx.AsyncClient]]:
    return opened


@pytest.fixture
async def api(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with opened(build_app(world)) as client:
        yield client
