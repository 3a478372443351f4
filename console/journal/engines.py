"""Connections to the database: one to write, and one that can only read."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool, Pool, StaticPool

from console.journal.databases import Database
from console.journal.migrating import bring_up_to_date
from console.journal.recall import reading_connection, sqlite_revision
from console.journal.revisions import is_at_head

WRITE_AHEAD_PAGES = 100
"""How much SQLite writes beside its file before it goes into it: 400 kB."""

STATEMENT_SECONDS = 20


def writing_engine(database: Database) -> Engine:
    """With tables of today in it; makes the file where it is missing. Raises what the database
    raises, and NewerHistory."""
    engine = _postgresql(database) if database.path is None else _sqlite_file(database)
    try:
        bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def reading_engine(database: Database) -> Engine:
    """Makes no file and no tables, and checks neither."""
    path = database.path
    if path is None:
        return _postgresql(database, is_reading=True)
    connect = partial(reading_connection, path, database.patience)
    return _sqlite(connect, begin="BEGIN", poolclass=NullPool)


def _sqlite_file(database: Database) -> Engine:
    path = database.path
    assert path is not None
    if path.exists():
        with closing(reading_connection(path, database.patience)) as connection:
            is_at_head(sqlite_revision(connection))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # One that is there is not even opened: closing it would take away all locks that this process
    # has on it, and another program could then remove what is not yet copied into the file.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connect = partial(_writing_connection, path, database.patience)
    return _sqlite(connect, begin="BEGIN IMMEDIATE", poolclass=StaticPool)


def _sqlite(
    connect: Callable[[], sqlite3.Connection], *, begin: str, poolclass: type[Pool]
) -> Engine:
    """Reading opens the file for each question, so that one that was replaced is noticed."""
    engine = create_engine("sqlite://", creator=connect, poolclass=poolclass, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _writing_connection(path: Path, patience: float) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    connection = sqlite3.connect(address, timeout=patience, isolation_level=None, uri=True)
    try:
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            # While others have it open it cannot be switched; the next connection tries again.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {WRITE_AHEAD_PAGES}")
    except BaseException:
        connection.close()
        raise
    return connection


def _postgresql(database: Database, *, is_reading: bool = False) -> Engine:
    url = make_url(database.address).set(drivername="postgresql+psycopg")
    seconds = max(1, round(database.patience))
    waits = {"connect_timeout": seconds, "tcp_user_timeout": 1000 * STATEMENT_SECONDS}
    engine = create_engine(
        url,
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={key: value for key, value in waits.items() if key not in url.query},
    )

    @event.listens_for(engine, "connect")
    def _limit(connection: Any, record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {round(1000 * database.patience)}")
            cursor.execute(f"SET statement_timeout = {1000 * STATEMENT_SECONDS}")
            if is_reading:
                cursor.execute("SET default_transaction_read_only = on")
        connection.commit()

    return engine
