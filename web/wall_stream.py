"""What a wall is told, as server-sent events, from the store alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict

from console import __version__
from console.fleet.snapshot import Snapshot
from console.fleet.store import FleetStore
from console.view.wall import wall

HEARTBEAT = 5.0
"""Seconds between two signs of life when nothing changes."""


async def wall_events(store: FleetStore) -> AsyncIterator[str]:
    """First the whole wall, then each change of it, and heartbeats with the age of the data."""
    changed = asyncio.Event()
    unsubscribe = store.subscribe(lambda snapshot: changed.set())
    shown = ""
    try:
        yield _event("hello", json.dumps({"version": __version__}))
        while True:
            changed.clear()
            drawn = json.dumps(asdict(wall(store.snapshot, store.now)), separators=(",", ":"))
            if drawn != shown:
                shown = drawn
                yield _event("wall", drawn)
            yield _event("beat", json.dumps(_age(store.snapshot, store)))
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await changed.wait()
            except TimeoutError:
                continue
    finally:
        unsubscribe()


def _age(snapshot: Snapshot, store: FleetStore) -> float | None:
    """Seconds since the last good reading, by the server's clock; None before the first."""
    return None if snapshot.taken is None else (store.now - snapshot.taken).total_seconds()


def _event(kind: str, data: str) -> str:
    return f"event: {kind}\ndata: {data}\n\n"
