"""Reads the history of one account on demand. Needs no recording, and makes nothing."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.journal.databases import Database
from console.journal.history import History
from console.journal.troubles import problem_sentence
from console.journal.worker import Worker

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MOST = 500
"""How many of each kind are read unless more are asked for."""

Question = Callable[["Connection"], History]


class Reader:
    """Whatever is wrong with the database becomes the answer's `problem`."""

    def __init__(
        self,
        database: Database,
        account: str,
        *,
        kept: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._account = database, account
        self._kept, self._clock = kept, clock
        self._worker = Worker("journal-reader")
        self._open: Engine | None = None

    async def history(
        self, runner_id: str, since: datetime | None = None, limit: int = MOST
    ) -> History:
        """Of one runner: what changed and what was done."""
        kept_since = self._clock() - self._kept

        def ask(connection: "Connection") -> History:
            from console.journal.queries import runner_history

            return runner_history(connection, self._account, runner_id, since, limit, kept_since)

        return await self._worker.run(lambda: self._answer(ask))

    async def activity(self, since: datetime | None = None, limit: int = MOST) -> History:
        """What was done, to any runner."""

        def ask(connection: "Connection") -> History:
            from console.journal.queries import account_actions

            return account_actions(connection, self._account, since, limit)

        return await self._worker.run(lambda: self._answer(ask))

    async def changes_since(self, since: datetime | None = None, limit: int = MOST) -> History:
        """What changed, of any runner."""

        def ask(connection: "Connection") -> History:
            from console.journal.queries import account_changes

            return account_changes(connection, self._account, since, limit)

        return await self._worker.run(lambda: self._answer(ask))

    async def close(self, seconds: float) -> None:
        await self._worker.end(self._close, seconds)

    def _answer(self, ask: Question) -> History:
        path = self._database.path
        try:
            if path is not None and not path.exists():
                return History()
            return self._asked(ask)
        except Exception as error:  # whatever a database does, the fleet is shown
            self._close()
            return History(problem=problem_sentence(error))

    def _asked(self, ask: Question) -> History:
        from console.journal.engines import reading_engine
        from console.journal.migrating import revision
        from console.journal.revisions import has_history

        if self._open is None:
            self._open = reading_engine(self._database)
        with self._open.connect() as connection:
            return ask(connection) if has_history(revision(connection)) else History()

    def _close(self) -> None:
        engine, self._open = self._open, None
        if engine is not None:
            engine.dispose()


@asynccontextmanager
async def open_reader(
    database: Database, account: str, *, history_days: int, clock: Callable[[], datetime]
) -> AsyncIterator[Reader]:
    """For a command that reads the history and records none."""
    reader = Reader(database, account, kept=timedelta(days=history_days), clock=clock)
    try:
        yield reader
    finally:
        await reader.close(seconds=1.0)
