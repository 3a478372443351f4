"""A small application behind everything of `web.access`, with real users in a real database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from nicegui import Client
from starlette.types import ASGIApp, Receive, Scope, Send

from console.access.access import Access
from console.access.audit import AuditEntry, AuditQuery
from console.access.opening import open_access
from console.access.person import Person
from console.access.roles import Role
from console.api.http import httpx
from console.journal.databases import Database
from console.oidc import Provider
from console.serving_settings import ServingSettings
from web.access.people import person_of
from web.access.presence import Presence
from web.access.wiring import add_doors, add_guards

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LOCAL = Person("root", Role.ADMIN, "127.0.0.1")
PASSWORD = "a horse that no one knows"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PAGE = {"accept": "text/html,*/*", "sec-fetch-mode": "navigate"}
ORIGIN = {"origin": "http://console.test"}
HOST = "console.test"
ADDRESS = "192.0.2.7"


@dataclass
class Stage:
    app: FastAPI
    access: Access
    presence: Presence
    now: list[datetime] = field(default_factory=lambda: [START])

    def browser(
        self,
        address: str = ADDRESS,
        scheme: str = "http",
        wrap: Callable[[ASGIApp], ASGIApp] | None = None,
    ) -> httpx.AsyncClient:
        """A browser at this address, with cookies of its own."""
        app = wrap(self.app) if wrap else self.app
        transport = httpx.ASGITransport(app=app, client=(address, 4321))
        return httpx.AsyncClient(transport=transport, base_url=f"{scheme}://{HOST}")

    async def add_user(self, name: str = "bea", role: Role = Role.OPERATOR) -> None:
        await self.access.add_user(name, role, PASSWORD, by=LOCAL)

    async def sign_in(
        self,
        browser: httpx.AsyncClient,
        name: str = "bea",
        password: str = PASSWORD,
        where: str = "/",
    ) -> httpx.Response:
        form = {"name": name, "password": password, "next": where}
        origin = {"origin": str(browser.base_url).rstrip("/")}
        return await browser.post("/sign-in", data=form, headers=origin)

    async def noted(self, *what: str) -> list[AuditEntry]:
        entries = (await self.access.audit(AuditQuery())).entries
        return [entry for entry in entries if entry.what in what]

    async def state(self) -> tuple[object, ...]:
        users = [(user.name, user.role, user.is_disabled) for user in self.access.users()]
        return (users, [each.id for each in self.access.sessions()], self.access.tokens())

    def pass_time(self, time: timedelta) -> None:
        self.now[0] += time


@asynccontextmanager
async def staged(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    provider: Provider | None = None,
    **settings: object,
) -> AsyncIterator[Stage]:
    monkeypatch.setattr(Client, "shared_head_html", "")
    serving = ServingSettings.model_validate({"host": "0.0.0.0", **settings})
    now = [START]
    database = Database(folder / "users.sqlite3")
    async with open_access(
        database, clock=lambda: now[0], limits=serving.limits, hasher=QUICK
    ) as access:
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        entrance, presence = add_doors(app, access, serving, provider)

        @app.api_route("/{path:path}", methods=["GET", "POST"])
        async def inside(request: Request) -> Response:
            """Whatever is behind the gate: says who it sees, from where, and what headers; or a
            stream without an end, where one is asked for."""
            if "endless" in request.query_params:
                return StreamingResponse(ticks())
            person = person_of(request)
            return JSONResponse(
                {
                    "name": person.name,
                    "role": person.role,
                    "address": person.address,
                    "headers": sorted(request.headers),
                    "scheme": request.url.scheme,
                    "path": request.url.path,
                }
            )

        add_guards(app, entrance, presence, serving, (HOST,))
        yield Stage(app, access, presence, now)
        presence.close()


async def ticks() -> AsyncIterator[str]:
    while True:
        yield "tick"
        await asyncio.sleep(0.01)


async def answered(app: ASGIApp, scope: Scope) -> list[dict[str, object]]:
    """What an application sends to one bare request."""
    sent: list[dict[str, object]] = []

    asked: list[int] = []

    async def receive() -> dict[str, object]:
        asked.append(1)
        if len(asked) > 1:
            await asyncio.Event().wait()
        kind = "websocket.connect" if scope["type"] == "websocket" else "http.request"
        return {"type": kind, "body": b"", "more_body": False}

    async def send(message: object) -> None:
        sent.append(dict(message))  # type: ignore[call-overload]

    receives: Receive = receive
    sends: Send = send
    await app(scope, receives, sends)
    return sent
