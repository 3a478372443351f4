"""What all tabs share: one subscription to the store, one table a distinct query, one bulletin a
snapshot, one count of the presets.

Each tab is told only of what changed, and nothing when nothing did.
"""

from collections.abc import Callable
from json import dumps

from console.fleet.fleet import Fleet
from console.fleet.snapshot import Snapshot
from console.listeners import tell_all
from console.view.headlines import Headline
from console.view.overview import Overview, presets
from console.view.query import Query
from console.view.runners import runners_table, table_basis
from console.view.table import Table
from web.bulletin import Bulletin
from web.wire import FIRST_ROWS, Json, counts_json, delta_json, table_json

Follower = Callable[[Json], None]
Watcher = Callable[[Snapshot], None]


class Feed:
    """A query's table as it is now. `version` counts its changes."""

    def __init__(self, query: Query, table: Table) -> None:
        self.query = query
        self.table = table
        self.version = 0
        self.followers: list[Follower] = []
        self._first: Json = None
        self._all = b""

    @property
    def all(self) -> bytes:
        """The whole table as JSON, made once however many look."""
        if not self._all:
            told = table_json(self.table, self.version)
            self._all = dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        return self._all

    @property
    def first(self) -> Json:
        """The table's beginning, as it comes with a page; made once however many look."""
        if self._first is None:
            self._first = table_json(self.table, self.version, first=FIRST_ROWS)
        return self._first

    def show(self, table: Table) -> None:
        message = delta_json(self.table, table, self.version + 1)
        self.table = table
        if message is not None:
            self.version += 1
            self._first, self._all = None, b""
            tell_all(self.followers, message)


class Feeds:
    """All feeds of the process. `close` ends the subscription."""

    def __init__(self, store: Fleet) -> None:
        self._store = store
        self._feeds: dict[Query, Feed] = {}
        self._watchers: list[Watcher] = []
        self._bulletin: Bulletin | None = None
        self._presets: tuple[Headline, ...] | None = None
        self._counts: Json = None
        self._basis: tuple[object, ...] = ()
        self.close = store.subscribe(self._on_snapshot)

    @property
    def bulletin(self) -> Bulletin:
        """That of the newest snapshot."""
        if self._bulletin is None:
            self._bulletin = Bulletin(self._store)
        return self._bulletin

    @property
    def overview(self) -> Overview:
        """The overview of the newest snapshot, made once however many ask."""
        return self.bulletin.overview

    @property
    def presets(self) -> tuple[Headline, ...]:
        """The presets with their counts, made once however many ask, and only when they may be
        others."""
        if self._presets is None:
            self._presets = presets(self._store.snapshot, self._store.now)
        return self._presets

    @property
    def counts(self) -> Json:
        """What of the presets changes, made as often as they are."""
        if self._counts is None:
            self._counts = counts_json(self.presets)
        return self._counts

    def feed(self, query: Query) -> Feed:
        """The feed of a query; a new one is kept only once somebody follows it."""
        known = self._feeds.get(query)
        return known or Feed(query, runners_table(self._store.snapshot, query, self._store.now))

    def follow(self, query: Query, follower: Follower) -> tuple[Feed, Callable[[], None]]:
        """The feed, and the callable that ends following it."""
        feed = self.feed(query)
        self._feeds[query] = feed
        feed.followers.append(follower)

        def leave() -> None:
            if follower in feed.followers:
                feed.followers.remove(follower)
            if not feed.followers and self._feeds.get(query) is feed:
                del self._feeds[query]

        return feed, leave

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Calls with each new snapshot, after the tables; returns what ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._bulletin = None
        now = self._store.now
        basis = table_basis(snapshot, now)
        if basis != self._basis:
            self._basis = basis
            self._presets = self._counts = None
            for feed in tuple(self._feeds.values()):
                feed.show(runners_table(snapshot, feed.query, now))
        tell_all(self._watchers, snapshot)
