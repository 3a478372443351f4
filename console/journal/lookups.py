"""The histories that somebody looks at: read when wanted, and again after the runner changed."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from console.fleet.snapshot import Operation, Runner
from console.fleet.store import FleetStore
from console.journal.history import History
from console.journal.journal import Journal

MOST_KEPT = 50
"""How many runners' histories are remembered."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a history was read for: it is out of date once the runner is another."""

    runner: Runner | None
    operations: tuple[Operation, ...]


class Lookups:
    """Reads one history after the other, and has the store tell its listeners of each that came.
    Owns its reading: `close` ends it."""

    def __init__(self, journal: Journal, store: FleetStore) -> None:
        self._journal = journal
        self._store = store
        self._known: OrderedDict[str, tuple[Seen, History]] = OrderedDict()
        self._wanted: list[str] = []
        self._task: asyncio.Task[None] | None = None

    def history(self, runner_id: str) -> History | None:
        """The history as it was read last; None before that."""
        known = self._known.get(runner_id)
        return known[1] if known is not None else None

    def want(self, runner_id: str) -> None:
        """Has the history read soon, unless what is known was read of the runner as it is now."""
        known = self._known.get(runner_id)
        if (known is not None and known[0] == self._seen(runner_id)) or runner_id in self._wanted:
            return
        self._wanted.append(runner_id)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._read())

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
            self._known[runner_id] = (seen, history)
            self._known.move_to_end(runner_id)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
            self._store.tell()

    def _seen(self, runner_id: str) -> Seen:
        snapshot = self._store.snapshot
        mine = tuple(each for each in snapshot.operations if each.runner_id == runner_id)
        return Seen(snapshot.by_id.get(runner_id), mine)
