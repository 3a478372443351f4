"""Opens the journal of one account: it records what a store tells, and says what was recorded."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from console.fleet.store import FleetStore
from console.journal.book import Book
from console.journal.databases import Database
from console.journal.history import History
from console.journal.origin import Origin
from console.journal.reader import MOST, Reader
from console.journal.recorder import Recorder, Sleep

CLOSING_SECONDS = 2.0
"""How long leaving the journal waits for what is not written yet."""


@dataclass(frozen=True, slots=True)
class Journal:
    """Nothing here raises for a database's trouble: it is a sentence."""

    recorder: Recorder
    reader: Reader

    @property
    def problem(self) -> str:
        """Why nothing can be recorded at present, in one sentence; "" while all is well."""
        return self.recorder.problem

    async def settled(self) -> None:
        """Waits until all that was seen is written, or was found not to be writable now."""
        await self.recorder.settled()

    async def history(
        self, runner_id: str, since: datetime | None = None, limit: int = MOST
    ) -> History:
        """Of one runner: what changed and what was done. `limit` holds for each."""
        return await self.reader.history(runner_id, since, limit)

    async def activity(self, since: datetime | None = None, limit: int = MOST) -> History:
        """What was done, to any runner of the account."""
        return await self.reader.activity(since, limit)

    async def changes_since(self, since: datetime | None = None, limit: int = MOST) -> History:
        """What changed, of any runner of the account."""
        return await self.reader.changes_since(since, limit)


@asynccontextmanager
async def open_journal(
    database: Database,
    store: FleetStore,
    *,
    account: str,
    face: str,
    who: str,
    history_days: int,
    sleep: Sleep = asyncio.sleep,
    rest: float = 0.0,
) -> AsyncIterator[Journal]:
    """Records from the store's next snapshot on. `account` is the profile's name, `who` the user
    where an action names none. Nothing is opened before there is something to write or to read, and
    nothing written in the first seconds of `rest`."""
    kept = timedelta(days=history_days)
    book = Book(database, Origin(account, face, who, run=uuid4().hex))
    recorder = Recorder(
        book, store.snapshot, history=kept, clock=lambda: store.now, sleep=sleep, rest=rest
    )
    reader = Reader(database, account, kept=kept, clock=lambda: store.now)
    recorder.start()
    recorder.see(store.snapshot)
    unsubscribe = store.subscribe(recorder.see)
    try:
        yield Journal(recorder, reader)
    finally:
        unsubscribe()
        await reader.close(CLOSING_SECONDS / 4)
        await recorder.close(CLOSING_SECONDS)  # the last to leave tidies SQLite's files
