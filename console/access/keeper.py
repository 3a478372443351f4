"""Keeps memory and database in step: what is changed here is stored, what other programs changed is
seen within seconds, and sessions whose time is over end."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from console.access.refusals import AccessUnavailable
from console.access.register import Register
from console.access.roll import Roll
from console.access.state import NOBODY, State
from console.access.users import user_key

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from console.access.rows import Credentials

log = logging.getLogger("console.access")

T = TypeVar("T")

USES_WRITTEN = timedelta(minutes=1)
FORGETTING = timedelta(days=1)


class Keeper:
    """`problem` is why the database cannot be used at present, in one sentence, or ""."""

    def __init__(self, register: Register, roll: Roll, clock: Callable[[], datetime]) -> None:
        self._register, self._roll, self._clock = register, roll, clock
        self._uses_written = clock()
        self._forgotten: datetime | None = None
        self.problem = ""

    async def change(self, job: Callable[["Connection"], T]) -> T:
        """Does the job alone, in one transaction, and takes what is stored then. Raises
        AccessUnavailable, and what the job refuses."""

        def done(connection: "Connection") -> tuple[T, State]:
            from console.access.rows import read_state
            from console.access.writing import begin_change

            begin_change(connection)
            return job(connection), read_state(connection)

        try:
            result, state = await self._register.write(done)
        except AccessUnavailable as error:
            self._failed(error)
            raise
        self.problem = ""
        self._roll.take(state)
        return result

    async def ask(self, job: Callable[["Connection"], T], without: T) -> T:
        """Raises AccessUnavailable."""
        try:
            return await self._register.read(job, without)
        except AccessUnavailable as error:
            self._failed(error)
            raise

    async def look(self) -> None:
        """Takes what other programs changed, and stores what waits to be stored."""
        try:
            await self._look()
            self.problem = ""
        except AccessUnavailable as error:
            self._failed(error)
            self._end_expired()

    async def end(self, session_id: str, why: str) -> bool:
        """Ends it here at once, and in the database as soon as that can be written."""
        was_here = self._roll.end(session_id, why)
        if was_here:
            await self.look()
        return was_here

    async def replace_password(self, known: "Credentials", hashed: str) -> None:
        """The hash of the same password, unless it was changed meanwhile. Raises nothing."""

        def replaced(connection: "Connection") -> None:
            from console.access.rows import credentials
            from console.access.writing import update_user

            found = credentials(connection, user_key(known.user.name))
            if found is not None and found.password == known.password:
                update_user(connection, known.user.number, password=hashed)

        with suppress(AccessUnavailable):
            await self._register.write(replaced)

    async def write_uses(self) -> None:
        from console.access.screen_rows import write_signs
        from console.access.writing import write_uses

        seen, used = self._roll.uses()
        signs = self._roll.screens.signs()
        self._uses_written = self._clock()
        if seen or used:
            await self._register.write(partial(write_uses, seen=seen, used=used))
        if signs:
            await self._register.write(partial(write_signs, signs=signs))

    async def _look(self) -> None:
        known, is_first = self._roll.count, not self._roll.taken
        is_over = bool(self._roll.expired())

        def changed(connection: "Connection") -> State | None:
            from console.access.rows import read_count, read_state

            if not (is_first or is_over) and read_count(connection) == known:
                return None
            return read_state(connection)

        nobody: State | None = NOBODY
        state = await self._register.read(changed, without=nobody)
        if state is not None:
            self._roll.take(state)
        self._end_expired()
        if self._roll.ending:
            await self._store_ends()
        if abs(self._clock() - self._uses_written) >= USES_WRITTEN:
            await self.write_uses()
        if self._roll.has_users:
            await self._forget()

    def _end_expired(self) -> None:
        for session_id, why in self._roll.expired().items():
            self._roll.end(session_id, why)

    async def _store_ends(self) -> None:
        from console.access.writing import end_sessions

        whys = self._roll.ending
        await self.change(partial(end_sessions, whys=whys, now=self._clock()))

    async def _forget(self) -> None:
        from console.access.writing import forget_ended

        now = self._clock()
        if self._forgotten is not None and abs(now - self._forgotten) < FORGETTING:
            return
        self._forgotten = now
        await self._register.write(partial(forget_ended, now=now))

    def _failed(self, error: AccessUnavailable) -> None:
        if not self.problem:
            log.warning("%s", error)
        self.problem = str(error)
