"""A database that somebody else holds, of either kind."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from console.journal.databases import Database
from tests.postgres import Cluster


@contextmanager
def locked(database: Database, cluster: Callable[[], Cluster]) -> Iterator[None]:
    """Nobody can write, for as long as it lasts; nor, in PostgreSQL, read."""
    if database.path is not None:
        with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
        return
    name = database.address.rsplit("/", 1)[1]
    cluster().tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
    cluster().tell(end.format(name))
    yield
    cluster().tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
