"""Who uses the runners of several accounts: each account is asked by its own reader."""

import asyncio
from collections.abc import Iterable, Mapping

from console.fleet.fleet import Fleet
from console.fleet.union import by_account
from console.fleet.usage import Usage
from console.fleet.usage_reading import UsageReader


class UsageReaders:
    """`readers` are by account; they belong to whoever opened them."""

    def __init__(self, readers: Mapping[str, UsageReader], fleet: Fleet) -> None:
        self._readers = readers
        self._fleet = fleet

    def want(self, runner_ids: Iterable[str]) -> None:
        """Has what is missing or too old read soon; the snapshots that follow tell it."""
        for account, ids in by_account(self._fleet, runner_ids).items():
            self._readers[account].want(ids)

    async def read(self, runner_ids: Iterable[str]) -> Usage:
        """The same, awaited."""
        parts = by_account(self._fleet, runner_ids)
        await asyncio.gather(*(self._readers[each].read(ids) for each, ids in parts.items()))
        return self._fleet.snapshot.usage
