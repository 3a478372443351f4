"""What the journal tells of what was done, read once however many look at it, and again once
something else was done."""

import asyncio
from datetime import datetime, timedelta

from console.fleet.snapshot import Operation
from console.journal.history import History
from console.session import Session

MOST = 2000
"""How many actions are read to look at; a file has more."""

MOST_IN_FILE = 20_000

READ_AGAIN = timedelta(seconds=30)
"""Another console may have recorded something meanwhile."""


class Recorded:
    """`history` is None until it has been read; later snapshots bring it. Owns its reading."""

    def __init__(self, session: Session) -> None:
        self.history: History | None = None
        self._session = session
        self._read_for: tuple[Operation, ...] | None = None
        self._read_at: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    def want(self) -> None:
        """Has it read soon, unless it was a moment ago and nothing was done since."""
        store = self._session.store
        is_reading = self._task is not None and not self._task.done()
        if self._session.journal is None or is_reading or self._is_fresh():
            return
        self._read_for, self._read_at = store.snapshot.operations, store.now
        self._task = asyncio.create_task(self._read())

    async def for_file(self) -> History | None:
        """As much of it as a file may have."""
        journal = self._session.journal
        if journal is None:
            return None
        await journal.settled()
        return await journal.activity(limit=MOST_IN_FILE)

    def _is_fresh(self) -> bool:
        store = self._session.store
        is_recent = self._read_at is not None and store.now - self._read_at < READ_AGAIN
        return is_recent and self._read_for == store.snapshot.operations

    async def _read(self) -> None:
        journal = self._session.journal
        if journal is None:
            return
        await journal.settled()
        history = await journal.activity(limit=MOST)
        if history != self.history:
            self.history = history
            self._session.store.tell()
