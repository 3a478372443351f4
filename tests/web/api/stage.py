"""The API over a fleet that stands still, with tokens that are known by their secrets, asked by
somebody who is signed in or by nobody."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from console.access import tokens
from console.access.person import Person
from console.access.roles import Role
from console.access.tokens import Token
from console.api.http import httpx
from console.fleet.snapshot import Snapshot
from console.session import Session
from tests.console.fleets import NOW, demo_snapshot
from web.api.application import build_api

READS = tokens.Scope.RUNNERS
ADA = Person("ada", Role.OPERATOR, "127.0.0.1", "7")


class StillFleet:
    """A fleet that shows what it is given; `at` is what its clock says."""

    def __init__(self, snapshot: Snapshot, at: datetime = NOW) -> None:
        self.snapshot = snapshot
        self.now = at

    def subscribe(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        return lambda: None


class KnownTokens:
    """Tells a token by its secret while it is good at `now`; keeps who asked from where, with what,
    and which scopes were lacking."""

    def __init__(self, **known: Token) -> None:
        self.known = known
        self.now = NOW
        self.addresses: list[str] = []
        self.secrets: list[str] = []
        self.lacking: list[tuple[str, str]] = []

    def bearer(self, secret: str, *, address: str) -> Token | None:
        self.addresses.append(address)
        self.secrets.append(secret)
        token = self.known.get(secret)
        is_good = token is not None and not token.is_revoked and not token.has_expired(self.now)
        return token if is_good else None

    def refuse_scope(self, token: Token, scope: str, *, address: str) -> None:
        self.lacking.append((token.name, scope))


def token(*scopes: str, expires_in: timedelta | None = None) -> Token:
    expires = None if expires_in is None else NOW + expires_in
    return Token("1", "reporting", tuple(scopes), "ada", NOW, expires)


def usual_tokens() -> KnownTokens:
    return KnownTokens(
        reads=token(READS),
        meters=token(tokens.Scope.METRICS),
        revoked=replace(token(READS), is_revoked=True),
        short=token(READS, expires_in=timedelta(hours=1)),
    )


@dataclass
class Stage:
    """`person` is who is signed in, as what comes before the API has found out."""

    fleet: StillFleet
    tokens: KnownTokens | None
    client: httpx.AsyncClient
    person: Person | None = None

    async def get(self, path: str, secret: str = "", **headers: str) -> httpx.Response:
        if secret:
            headers["authorization"] = f"Bearer {secret}"
        return await self.client.get(path, headers=headers)


@asynccontextmanager
async def staged(
    snapshot: Snapshot | None = None,
    *,
    person: Person | None = ADA,
    tokens: KnownTokens | None = None,
    name: str = "eu",
) -> AsyncIterator[Stage]:
    fleet = StillFleet(demo_snapshot() if snapshot is None else snapshot)
    app = FastAPI()
    app.mount("/api", build_api(Session(name, fleet, None), tokens))

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {"person": stage.person} if stage.person else {}
        await app(scope, receive, send)

    transport = httpx.ASGITransport(gate, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        stage = Stage(fleet, tokens, client, person)
        yield stage
