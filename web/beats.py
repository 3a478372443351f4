"""The sign of life of all open pages: after each reading of the fleet one message for all of them,
encoded once, from which each counts on by itself.

NiceGUI numbers its messages and keeps them until a page has said that they came. This one is not:
the next one makes up for it, and a page that comes back is told by itself.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from json import dumps

from nicegui import background_tasks, core

from console.fleet.fleet import Fleet
from console.fleet.snapshot import Snapshot
from console.view.overview import stale_after
from console.view.pace import seconds_to_reading
from web.components.action_bar import ActionBar
from web.feeds import Feeds


class Beats:
    def __init__(self, store: Fleet, feeds: Feeds) -> None:
        self._store = store
        self._reading = _reading(store.snapshot)
        self._bars: set[ActionBar] = set()
        feeds.watch(self._on_snapshot)

    @property
    def told(self) -> tuple[float | None, float]:
        """Seconds since the newest reading, None before the first, and to the next one: a browser's
        own clock may be wrong."""
        snapshot, now = self._store.snapshot, self._store.now
        age = None if snapshot.taken is None else round((now - snapshot.taken).total_seconds(), 1)
        return age, round(seconds_to_reading(snapshot, now), 1)

    @property
    def stale_after(self) -> timedelta:
        """The age from which a reading is an old one."""
        return stale_after(self._store.snapshot)

    def follow(self, bar: ActionBar) -> Callable[[], None]:
        """Tells it of each reading from now on, until what is returned is called."""
        built_with = self._reading

        def catch_up() -> None:
            if self._reading != built_with:
                bar.beat(*self.told)

        self._bars.add(bar)
        bar.client.on_connect(catch_up)
        return lambda: self._bars.discard(bar)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        reading = _reading(snapshot)
        if reading == self._reading:
            return
        self._reading = reading
        told = dumps(self.told, separators=(",", ":"))
        pages: defaultdict[int, list[str]] = defaultdict(list)
        for bar in self._bars:
            pages[bar.id].append(bar.client.id)
        for number, rooms in pages.items():
            code = {"code": f'runMethod({number},"beat",{told})'}
            background_tasks.create(core.sio.emit("run_javascript", code, room=rooms), name="beat")


def _reading(snapshot: Snapshot) -> tuple[datetime | None, ...]:
    """Another one after each reading of the fleet, and after each that failed."""
    return (snapshot.taken, *(problem.next_try for problem in snapshot.problems))
