"""Opens what `Access` asks: its database, its threads, and what looks at both from time to time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from console.access.access import Access
from console.access.door import Door
from console.access.keeper import Keeper
from console.access.ledger import Ledger
from console.access.office import Office
from console.access.passwords import Passwords
from console.access.refusals import AccessUnavailable
from console.access.register import Register
from console.access.roll import Roll
from console.access.screen_desk import ScreenDesk
from console.access.sessions import SessionLimits
from console.ages import utc_now
from console.journal.databases import Database

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LOOK_SECONDS = 5.0
CLOSING_SECONDS = 2.0


@asynccontextmanager
async def open_access(
    database: Database,
    *,
    clock: Callable[[], datetime] = utc_now,
    limits: SessionLimits | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    hasher: "PasswordHasher | None" = None,
) -> AsyncIterator[Access]:
    """Opens whatever state the database is in; makes neither a file nor tables before there is
    something to write. Looks every five seconds whether another program changed something.
    `hasher` is for tests."""
    limits = limits or SessionLimits()
    register, roll = Register(database), Roll(clock, limits)
    keeper, passwords = Keeper(register, roll, clock), Passwords(hasher)
    ledger = Ledger(register, sleep)
    door = Door(keeper, ledger, passwords, limits, clock)
    office = Office(keeper, ledger, passwords, clock)
    screens = ScreenDesk(keeper, ledger, office, roll.screens, clock)
    await keeper.look()
    access = Access(roll, keeper, door, office, ledger, screens, clock)
    tasks = (asyncio.create_task(_look(access, sleep)), asyncio.create_task(ledger.run()))
    try:
        yield access
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        ledger.finish()
        with suppress(TimeoutError, AccessUnavailable):
            async with asyncio.timeout(CLOSING_SECONDS):
                await ledger.flush()
                await keeper.write_uses()
        await ledger.close()
        await passwords.close()
        await register.close(CLOSING_SECONDS / 2)


async def _look(access: Access, sleep: Callable[[float], Awaitable[None]]) -> None:
    while True:
        await sleep(LOOK_SECONDS)
        await access.look()
