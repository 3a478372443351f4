"""What the walls are told, as server-sent events, from the store alone: the whole picture first,
then what changes of it, and signs of life with the age of the data."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, tzinfo
from typing import Any

from console.fleet.fleet import Fleet
from console.fleet.snapshot import Snapshot
from console.view.filter import Filter
from console.view.pace import seconds_to_reading
from console.view.wall import critical_findings, wall, wall_basis
from console.view.wall_options import WallOptions
from web.wall_files import build
from web.wall_screens import Screen
from web.wall_wire import patch, picture

HEARTBEAT = 5.0
"""Seconds between two signs of life when nothing changes."""

MOST_WALLS = 1_000
MOST_LOOKS = 64
"""How many different filters, zones and languages are drawn at once."""

Json = Any


class Look:
    """What the walls of one filter, zone and language are told. `version` counts its changes."""

    def __init__(self, filter: Filter, zone: tzinfo, language: str) -> None:
        self._asked = filter, zone, language
        self.version = 0
        self.walls = 0
        self.listeners = 0
        self._picture: Json = None
        self._critical: frozenset[str] | None = None
        self._basis: tuple[object, ...] = ()
        self._change = b""
        self._news: object = None
        self._told: dict[int, bytes] = {}

    def listen(self, fleet: Fleet) -> None:
        """One more wall sounds, from now on."""
        self.listeners += 1
        if self._critical is None:
            self._critical = critical_findings(fleet.snapshot, fleet.now, self._asked[0])

    def first(self, news: object, fleet: Fleet) -> Json:
        """The whole picture."""
        self._see(news, fleet)
        return self._picture

    def told(self, shown: int, news: object, fleet: Fleet, beat: bytes) -> bytes:
        """What a wall that shows this version has to be told; everything when it missed some.
        Made once for all walls that are woken by the same news."""
        self._see(news, fleet)
        if shown not in self._told:
            self._told[shown] = self._since(shown) + beat
        return self._told[shown]

    def _since(self, shown: int) -> bytes:
        if shown == self.version:
            return b""
        if shown == self.version - 1:
            return self._change
        return _event("wall", self._picture, self.version)

    def _see(self, news: object, fleet: Fleet) -> None:
        if news is not self._news:
            self._news, self._told = news, {}
            self._draw(fleet.snapshot, fleet.now)

    def _draw(self, snapshot: Snapshot, now: datetime) -> None:
        """Does nothing while there can be nothing new to say."""
        basis = wall_basis(snapshot, now)
        if basis == self._basis:
            return
        self._basis = basis
        among, zone, language = self._asked
        seen = picture(wall(snapshot, now, zone, among, language))
        before, known = self._picture, self._critical
        critical = critical_findings(snapshot, now, among) if self.listeners else None
        self._picture, self._critical = seen, critical
        change = patch(before, seen) if before is not None else {}
        if not change:
            return
        if critical and known is not None and critical - known:
            change["alarm"] = True
        self.version += 1
        self._change = _event("change", change, self.version)


class WallStream:
    """One subscription for all walls, and one picture for those of the same look, until `close`."""

    def __init__(self, store: Fleet, zone: tzinfo = UTC, public: str = "") -> None:
        self._store = store
        self._public = public
        self._zone = zone
        self._looks: dict[tuple[str, str, str], Look] = {}
        self._news = asyncio.Event()
        self._beat = b""
        self._is_open = True
        self._ticking: asyncio.Task[None] | None = None
        self._unsubscribe = store.subscribe(self._on_snapshot)

    @property
    def is_full(self) -> bool:
        return sum(each.walls for each in self._looks.values()) >= MOST_WALLS

    def first(self, options: WallOptions, screen: Screen) -> Json:
        """What the page of a wall brings with it, as the events of its stream would say it: what
        was drawn for it serves the stream, which comes soon after. A screen with a notice gets
        that alone."""
        if screen.notice:
            return {"notice": screen.notice}
        self._keep_ticking()
        look = self._look(options)
        return {"wall": look.first(self._news, self._store), "beat": self._ages}

    async def events(
        self,
        options: WallOptions | None = None,
        asking: Callable[[], Screen] = Screen,
    ) -> AsyncGenerator[bytes, None]:
        """For one wall. A screen with a notice is told that alone."""
        options = options or WallOptions(zone=self._zone)
        look = self._look(options)
        self._keep_ticking()
        look.walls += 1
        if options.sound:
            look.listen(self._store)
        shown, notice = -2, ""
        first = _event("hello", {"build": build(self._public)})
        try:
            while self._is_open:
                news, screen = self._news, asking()
                if screen.notice or notice:
                    changed = _event("notice", screen.notice) if screen.notice != notice else b""
                    shown, notice = -2, screen.notice
                    told = changed + self._sign_of_life
                else:
                    told = look.told(shown, news, self._store, self._sign_of_life)
                    shown = look.version
                yield first + told if first else told
                first = b""
                await news.wait()
        finally:
            look.walls -= 1
            look.listeners -= options.sound
            if not look.walls and self._looks.get(options.look) is look:
                del self._looks[options.look]

    def close(self) -> None:
        """Ends every stream at once: a server waits for open answers before it stops."""
        if not self._is_open:
            return
        self._is_open = False
        self._unsubscribe()
        if self._ticking is not None:
            self._ticking.cancel()
        self._news.set()

    def _look(self, options: WallOptions) -> Look:
        known = self._looks.get(options.look)
        if known is None:
            if len(self._looks) >= MOST_LOOKS:
                return Look(options.filter, options.zone, options.language)
            known = Look(options.filter, options.zone, options.language)
            self._looks[options.look] = known
        return known

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._wake()

    def _keep_ticking(self) -> None:
        if self._ticking is None and self._is_open:
            self._ticking = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        """A sign of life whenever there was none for a while."""
        while True:
            news = self._news
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await news.wait()
            except TimeoutError:
                self._wake()

    def _wake(self) -> None:
        self._beat = b""
        self._looks = {key: each for key, each in self._looks.items() if each.walls}
        self._news.set()
        self._news = asyncio.Event()

    @property
    def _sign_of_life(self) -> bytes:
        """Made once for all."""
        if not self._beat:
            self._beat = _event("beat", self._ages)
        return self._beat

    @property
    def _ages(self) -> Json:
        """By the server's clock, in seconds; `age` is None before the first good reading."""
        snapshot, now = self._store.snapshot, self._store.now
        taken = snapshot.taken
        return {
            "age": None if taken is None else round((now - taken).total_seconds(), 1),
            "next": round(seconds_to_reading(snapshot, now), 1),
            "now": round(now.timestamp() * 1000),
        }


def _event(kind: str, data: Json, number: int | None = None) -> bytes:
    head = "" if number is None else f"id: {build()}.{number}\n"
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{head}event: {kind}\ndata: {told}\n\n".encode()
