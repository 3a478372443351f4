"""The web application in this process, on the demo fleet, with users of its own and a browser."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from console.access.access import Access
from console.access.opening import open_access
from console.access.person import Person
from console.access.roles import Role
from console.accounts import SessionRequest
from console.api.http import httpx
from console.journal.databases import Database
from console.session import Session, open_session

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LOCAL = Person("root", Role.ADMIN, "127.0.0.1")
PASSWORD = "a horse that no one knows"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True)
class Rooms:
    """`client` is a browser in which nobody has signed in yet."""

    session: Session
    access: Access
    client: httpx.AsyncClient


@asynccontextmanager
async def rooms(
    folder: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime] = lambda: NOW
) -> AsyncIterator[Rooms]:
    """There are no users; the settings file in the folder has one profile. `clock` is that of the
    fleet alone."""
    monkeypatch.setenv("NICEGUI_STORAGE_PATH", str(folder / "pages"))
    from nicegui.testing.general import nicegui_reset_globals

    from web.app import build_app

    config = folder / "config.toml"
    config.write_text('[profiles.emea]\nregion = "eu1"\n')
    database = Database(folder / "users.sqlite3")
    with nicegui_reset_globals():
        async with (
            open_session(SessionRequest(demo=True, clock=clock)) as session,
            open_access(database, clock=lambda: NOW, hasher=QUICK) as access,
        ):
            await session.store.refresh()
            app = build_app(session, allowed_hosts=("localhost",), access=access, config=config)
            transport = httpx.ASGITransport(app=app)
            async with (
                app.router.lifespan_context(app),
                httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
            ):
                yield Rooms(session, access, client)
