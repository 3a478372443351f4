"""Several accounts as one fleet: each is read by its own store, at its own pace and with its own
troubles, and whatever one of them tells is joined with what is known of the others.

How snapshots are joined is in `union_merging`.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.api.paging import together
from console.fleet.fleet import Fleet
from console.fleet.snapshot import Snapshot
from console.fleet.union_merging import Merging
from console.listeners import tell_all

Listener = Callable[[Snapshot], None]


@dataclass(frozen=True, slots=True)
class Member:
    """One account of a union: the name of its profile, its store, and whether it is read-only."""

    name: str
    store: Fleet
    is_read_only: bool = False


class FleetUnion:
    """A fleet made of fleets, in the order of its members; there must be one at least.

    It reads nothing itself: whoever opened the stores polls them. A runner that two members show
    is shown once, as the first of them has it."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._members = tuple(members)
        names = {member.name: member.is_read_only for member in self._members}
        self._merging = Merging(names)
        self._snapshot = self._merging.merged(self._told)
        self._listeners: list[Listener] = []
        self._news = asyncio.Event()
        for member in self._members:
            member.store.subscribe(self._on_snapshot)

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    @property
    def now(self) -> datetime:
        return self._members[0].store.now

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def news(self) -> Snapshot:
        """Waits for the next snapshot, whatever brought it."""
        await self._news.wait()
        return self._snapshot

    async def refresh(self) -> Snapshot:
        """Reads all accounts anew, and waits for the slowest."""
        await together(self._refresh(member) for member in self._members)
        return self._snapshot

    def refresh_soon(self) -> None:
        for member in self._members:
            member.store.refresh_soon()

    def tell(self) -> None:
        """Tells the listeners again, because something beside the snapshot has become known."""
        tell_all(self._listeners, self._snapshot)
        self._news.set()
        self._news = asyncio.Event()

    @property
    def _told(self) -> tuple[Snapshot, ...]:
        return tuple(member.store.snapshot for member in self._members)

    async def _refresh(self, member: Member) -> None:
        await member.store.refresh()

    def _on_snapshot(self, _: Snapshot) -> None:
        self._snapshot = self._merging.merged(self._told)
        self.tell()


def by_account(fleet: Fleet, runner_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The ids of the runners that are there, by the account that shows them."""
    known = fleet.snapshot.by_id
    parts: dict[str, list[str]] = {}
    for runner_id in runner_ids:
        if runner_id in known:
            parts.setdefault(known[runner_id].account, []).append(runner_id)
    return {account: tuple(ids) for account, ids in parts.items()}
