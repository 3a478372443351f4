"""Access to a shared console for the tests: a clock that they move, and passwords that cost no
time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher

from console.access.access import Access
from console.access.audit import AuditEntry, AuditQuery
from console.access.opening import open_access
from console.access.person import Person
from console.access.roles import Role
from console.journal.databases import Database
from tests.console.fleets import NOW

ROOT = Person("root", Role.ADMIN, "command line")
GOOD = "a long enough password"
BETTER = "another long enough one"
HERE = "192.0.2.7"


class Clock:
    """Stands still until it is moved, in either direction."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


def quick_hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@asynccontextmanager
async def opened(
    database: Database, clock: Clock | None = None, **options: Any
) -> AsyncIterator[Access]:
    """It looks what others changed only when it is told to."""
    chosen = {"clock": clock or Clock(), "hasher": quick_hasher(), "sleep": for_ever} | options
    async with open_access(database, **chosen) as access:
        yield access


async def for_ever(seconds: float) -> None:
    await asyncio.Event().wait()


async def entries(access: Access, **query: Any) -> tuple[AuditEntry, ...]:
    page = await access.audit(AuditQuery(**query))
    assert page.problem == ""
    return page.entries


async def told(access: Access) -> list[tuple[str, str, str]]:
    """The audit, oldest first: what, to whom, and how it ended."""
    return [(each.what, each.target, each.outcome) for each in reversed(await entries(access))]


def listening(access: Access) -> list[tuple[str, str]]:
    ends: list[tuple[str, str]] = []
    access.on_end(lambda session, why: ends.append((session, why)))
    return ends
