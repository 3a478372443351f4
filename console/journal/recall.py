"""What earlier runs of this program learnt, read before the first poll.

From SQLite with the standard library alone: a command that runs once has no time to load more.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from console.fleet.learning import with_releases
from console.fleet.lines import line_from
from console.fleet.memory import NOTHING_REMEMBERED, Lesson, Memory, Release
from console.journal.databases import Database
from console.journal.revisions import has_history
from console.journal.storing import moment_from, stored_text
from console.journal.troubles import problem_sentence

Rows = Iterable[tuple[Any, ...]]
Select = Callable[[str], Rows]

RELEASES = """
SELECT line, version, released_at, first_seen_at
FROM releases JOIN accounts ON accounts.number = releases.account
WHERE accounts.name = :account
"""
LESSONS = """
SELECT runner_id, unmoved_at, unmoved_version, track_changed_at, track_left, away_version
FROM lessons
JOIN runners ON runners.number = lessons.runner
JOIN accounts ON accounts.number = runners.account
WHERE accounts.name = :account AND NOT runners.gone
"""


def recall(database: Database, account: str) -> tuple[Memory, str]:
    """The memory, and what was wrong: a sentence, or "". Raises nothing for a database's trouble,
    and makes no file."""
    try:
        if database.path is None:
            return _from_postgresql(database, account), ""
        return _from_sqlite(database.path, database.patience, account), ""
    except Exception as error:  # whatever a database does, the fleet is shown
        return NOTHING_REMEMBERED, problem_sentence(error)


def reading_connection(path: Path, patience: float) -> sqlite3.Connection:
    """Opens an existing file for reading, in a folder that may be read-only too."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = _opened(address, patience)
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError as error:
        connection.close()
        is_in_use = path.with_name(path.name + "-wal").exists()
        cannot_write = error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))
        if is_in_use or not cannot_write:
            raise
        return _opened(f"{address}&immutable=1", patience)
    except BaseException:
        connection.close()
        raise
    return connection


def sqlite_revision(connection: sqlite3.Connection) -> str | None:
    if not connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _opened(address: str, patience: float) -> sqlite3.Connection:
    return sqlite3.connect(address, timeout=patience, isolation_level=None, uri=True)


def _from_sqlite(path: Path, patience: float, account: str) -> Memory:
    if not path.exists():
        return NOTHING_REMEMBERED
    with closing(reading_connection(path, patience)) as connection:
        if not has_history(sqlite_revision(connection)):
            return NOTHING_REMEMBERED
        named = {"account": stored_text(account)}
        return _memory(lambda query: connection.execute(query, named))


def _from_postgresql(database: Database, account: str) -> Memory:
    from sqlalchemy import text

    from console.journal.engines import reading_engine
    from console.journal.migrating import revision

    engine = reading_engine(database)
    try:
        with engine.connect() as connection:
            if not has_history(revision(connection)):
                return NOTHING_REMEMBERED
            named = {"account": stored_text(account)}
            return _memory(
                lambda query: [tuple(row) for row in connection.execute(text(query), named)]
            )
    finally:
        engine.dispose()


def _memory(select: Select) -> Memory:
    releases = [
        Release(
            line, version, None if released is None else moment_from(released), moment_from(first)
        )
        for key, version, released, first in select(RELEASES)
        if (line := line_from(key))
    ]
    lessons = {
        runner_id: Lesson(
            unmoved=None if unmoved is None else moment_from(unmoved),
            unmoved_version=unmoved_version,
            track_changed=None if changed is None else moment_from(changed),
            track_left=track_left,
            away_version=away_version,
        )
        for runner_id, unmoved, unmoved_version, changed, track_left, away_version in select(
            LESSONS
        )
    }
    if not releases and not lessons:
        return NOTHING_REMEMBERED
    return Memory(releases=with_releases({}, releases), lessons=lessons)
