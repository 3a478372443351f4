"""One table a distinct query, however many tabs look at it; each told only of what changed."""

from collections.abc import Callable

from console.fleet.snapshot import Snapshot
from console.fleet.store import FleetStore
from console.view.query import Query
from console.view.runners import runners_table
from console.view.table import Table
from web.wire import Json, delta_json

Follower = Callable[[Json], None]


class Feed:
    """A query's table as it is now. `version` counts its changes."""

    def __init__(self, query: Query, table: Table) -> None:
        self.query = query
        self.table = table
        self.version = 0
        self.followers: list[Follower] = []

    def show(self, table: Table) -> None:
        message = delta_json(self.table, table, self.version + 1)
        self.table = table
        if message is not None:
            self.version += 1
            for follower in tuple(self.followers):
                follower(message)


class Feeds:
    """All feeds of the process, over one subscription to the store."""

    def __init__(self, store: FleetStore) -> None:
        self._store = store
        self._feeds: dict[Query, Feed] = {}
        self.close = store.subscribe(self._on_snapshot)

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
            if not feed.followers:
                self._feeds.pop(query, None)

        return feed, leave

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        for feed in tuple(self._feeds.values()):
            feed.show(runners_table(snapshot, feed.query, self._store.now))
