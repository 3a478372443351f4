"""What the walls are told, as server-sent events, from the store alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, tzinfo

from console import __version__
from console.fleet.fleet import Fleet
from console.fleet.snapshot import Snapshot
from console.view.wall import wall

HEARTBEAT = 5.0
"""Seconds between two signs of life when nothing changes."""


class WallStream:
    """One subscription and one picture for all walls, until `close`."""

    def __init__(self, store: Fleet, zone: tzinfo = UTC) -> None:
        self._store = store
        self._zone = zone
        self._picture = ""
        self._news = asyncio.Event()
        self._is_open = True
        self._unsubscribe = store.subscribe(self._on_snapshot)

    async def events(self) -> AsyncIterator[str]:
        """First the whole wall, then each change of it, and heartbeats with the age of the data."""
        shown = ""
        yield _event("hello", json.dumps({"version": __version__}))
        while self._is_open:
            news, picture = self._news, self._drawn()
            if picture != shown:
                shown = picture
                yield _event("wall", picture)
            yield _event("beat", json.dumps(self._age()))
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await news.wait()
            except TimeoutError:
                continue

    def close(self) -> None:
        """Ends every stream at once: a server waits for open answers before it stops."""
        self._is_open = False
        self._unsubscribe()
        self._news.set()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._picture = ""
        self._news.set()
        self._news = asyncio.Event()

    def _drawn(self) -> str:
        """The wall as JSON, made once for each snapshot that somebody looks at."""
        if not self._picture:
            seen = wall(self._store.snapshot, self._store.now, self._zone)
            self._picture = json.dumps(asdict(seen), separators=(",", ":"))
        return self._picture

    def _age(self) -> float | None:
        """Seconds since the last good reading, by the server's clock; None before the first."""
        taken = self._store.snapshot.taken
        return None if taken is None else (self._store.now - taken).total_seconds()


def _event(kind: str, data: str) -> str:
    return f"event: {kind}\ndata: {data}\n\n"
