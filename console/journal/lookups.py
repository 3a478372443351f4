"""The histories that somebody looks at: read when wanted, and again after the runner changed."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.fleet.snapshot import Operation, Runner
from console.fleet.store import FleetStore
from console.journal.history import History
from console.journal.journal import Journal

MOST_KEPT = 50
"""How many runners' histories are remembered."""

TRIED_AGAIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a history was read for: it is out of date once the runner is another."""

    runner: Runner | None
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A history, what it was read for, and when."""

    seen: Seen
    history: History
    read: datetime


class Lookups:
    """Reads one history after the other, and has the store tell its listeners of each that came.
    Owns its reading: `close` ends it."""

    def __init__(self, journal: Journal, store: FleetStore) -> None:
        self._journal = journal
        self._store = store
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._wanted: list[str] = []
        self._task: asyncio.Task[None] | None = None

    def history(self, runner_id: str) -> History | None:
        """The history as it was read last; None before that, and while the runner has moved to
        another version since."""
        known = self._known.get(runner_id)
        if known is None or _version(known.seen) != _version(self._seen(runner_id)):
            return None
        return known.history

    def want(self, runner_id: str) -> None:
        """Has the history read soon, unless what is known was read of the runner as it is now. One
        that could not be read is tried again after a while."""
        if runner_id in self._wanted or self._is_fresh(runner_id):
            return
        self._wanted.append(runner_id)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._read())

    def _is_fresh(self, runner_id: str) -> bool:
        known = self._known.get(runner_id)
        if known is None or known.seen != self._seen(runner_id):
            return False
        return not known.history.problem or self._store.now - known.read < TRIED_AGAIN

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _read(self) -> None:
        while self._wanted:
            runner_id = self._wanted[-1]
            seen = self._seen(runner_id)
            await self._journal.settled()
            history = await self._journal.history(runner_id)
            self._wanted.remove(runner_id)
            self._known[runner_id] = Known(seen, history, self._store.now)
            self._known.move_to_end(runner_id)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
            self._store.tell()

    def _seen(self, runner_id: str) -> Seen:
        snapshot = self._store.snapshot
        mine = tuple(each for each in snapshot.operations if each.runner_id == runner_id)
        return Seen(snapshot.by_id.get(runner_id), mine)


def _version(seen: Seen) -> str | None:
    return seen.runner.version if seen.runner is not None else None
