"""How the file of the history is opened by several at once, in one process and in others."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from console.journal.databases import Database
from console.journal.engines import writing_engine

LOOKS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
connection.close()
"""
"""Whoever closes a file last removes what stands beside it."""


def test_who_opens_it_once_more_leaves_the_locks_of_those_who_have_it_open(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    history = writing_engine(Database(path))
    users = writing_engine(Database(path))
    with history.begin() as connection:
        connection.execute(text("CREATE TABLE seen (number INTEGER)"))
    subprocess.run([sys.executable, "-c", LOOKS, str(path)], check=True, timeout=20)
    assert path.with_name("journal.sqlite3-wal").exists()
    for engine in (users, history):
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO seen VALUES (1)"))
        engine.dispose()
