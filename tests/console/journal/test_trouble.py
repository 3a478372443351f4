"""A database in trouble: one sentence, nothing lost that can be kept, and the view goes on."""

import asyncio
import logging
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from console.journal import journal as opening
from console.journal import unsaved, writing
from console.journal.databases import Database
from console.journal.engines import writing_engine
from console.journal.journal import Journal
from console.journal.recall import recall
from console.journal.recorder import LONGEST_WAIT
from tests.console.fleets import HEALTHY, operation_on
from tests.console.journal.recordings import moment, recording, rows
from tests.console.locks import locked
from tests.postgres import PASSWORD, Cluster

PAUSED = replace(HEALTHY, status="paused")


class Naps:
    """Waits between attempts: after the first few they last until the test ends them."""

    def __init__(self, short: int = 0) -> None:
        self.asked: list[float] = []
        self.over = asyncio.Event()
        self._short = short

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        if len(self.asked) > self._short:
            await self.over.wait()
        await asyncio.sleep(0)


async def recovered(journal: Journal) -> None:
    async with asyncio.timeout(5):
        while journal.problem:
            await no_time()


async def no_time() -> None:
    await asyncio.sleep(0.001)


async def test_a_database_that_cannot_be_written_for_a_while_loses_nothing(
    database: Database, the_cluster: Callable[[], Cluster], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "console.journal")
    naps = Naps()
    async with recording(database, sleep=naps.sleep) as (store, journal):
        store.see(HEALTHY, at=0)
        await journal.settled()
        with locked(database, the_cluster):
            store.see(PAUSED, at=15)
            await journal.settled()
            assert journal.problem.startswith("History is unavailable: ")
            store.see(HEALTHY, at=30)
            store.see_operations(operation_on(HEALTHY))
        naps.over.set()
        await recovered(journal)
        seen = (await journal.history("1")).changes
        assert [(each.after, each.at) for each in seen] == [
            ("running", moment(30)),
            ("paused", moment(15)),
        ]
        assert len((await journal.activity()).actions) == 1
    levels = [(each.name, each.levelname) for each in caplog.records]
    assert levels == [("console.journal", "WARNING"), ("console.journal", "INFO")]


async def test_the_waits_between_attempts_grow_up_to_a_bound_and_only_the_first_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "garbage.sqlite3"
    path.write_bytes(b"\x93 this is not a database" * 500)
    naps = Naps(short=11)
    async with recording(Database(path, patience=0.01), sleep=naps.sleep) as (store, journal):
        store.see(HEALTHY, at=0)
        while len(naps.asked) < 12:
            await journal.settled()
            await no_time()
        assert journal.problem == "History is unavailable: its file is not a database."
    assert naps.asked[:4] == [1, 2, 4, 8]
    assert naps.asked[-1] == LONGEST_WAIT
    assert len(caplog.records) == 1


async def test_a_damaged_file_is_told_and_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "garbage.sqlite3"
    garbage = b"\x93 this is not a database" * 500
    path.write_bytes(garbage)
    async with recording(Database(path)) as (store, journal):
        store.see(HEALTHY, at=0)
        await journal.settled()
        wrong = "History is unavailable: its file is not a database."
        assert journal.problem == wrong
        assert (await journal.history("1")).problem == wrong
        assert (await journal.activity()).problem == wrong
        assert (await journal.changes_since()).problem == wrong
    assert recall(Database(path), "eu")[1] == wrong
    assert path.read_bytes() == garbage


async def test_a_file_that_is_damaged_while_it_is_used_is_told(sqlite: Database) -> None:
    async with recording(sqlite) as (store, journal):
        store.see(HEALTHY, at=0)
    assert sqlite.path is not None
    with sqlite.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\x93" * 40_000)
    async with recording(sqlite) as (store, journal):
        store.see(PAUSED, at=15)
        await journal.settled()
        assert journal.problem.startswith("History is unavailable: its file is damaged")


async def test_a_full_disk_is_told_and_what_was_seen_is_kept_until_there_is_room(
    sqlite: Database,
) -> None:
    """SQLite itself says so, at a page that it may not add."""
    is_full = True

    def bound(connection: Any, _: object) -> None:
        if is_full:
            connection.execute("PRAGMA max_page_count = 25")

    naps = Naps()
    event.listen(Engine, "connect", bound)
    try:
        async with recording(sqlite, sleep=naps.sleep) as (store, journal):
            store.see(*(replace(HEALTHY, id=str(each)) for each in range(2000)), at=0)
            await journal.settled()
            assert journal.problem == "History is unavailable: the disk is full."
            store.see(PAUSED, at=15)
            is_full = False
            naps.over.set()
            await recovered(journal)
            seen = (await journal.changes_since(limit=3000)).changes
    finally:
        event.remove(Engine, "connect", bound)
    assert len(seen) == 2000
    assert {each.at for each in seen} == {moment(15)}


@pytest.mark.parametrize("where", ["/proc/journal/journal.sqlite3", "{file}/journal.sqlite3"])
async def test_a_folder_that_cannot_be_made_is_told(where: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    database = Database(Path(where.format(file=tmp_path / "file")))
    async with recording(database) as (store, journal):
        store.see(HEALTHY, at=0)
        await journal.settled()
        assert journal.problem.startswith("History is unavailable: its file cannot be written (")
        assert (await journal.history("1")).changes == ()


async def test_a_file_that_is_removed_is_made_anew(sqlite: Database) -> None:
    async with recording(sqlite) as (store, journal):
        store.see(HEALTHY, at=0)
        await journal.settled()
        assert sqlite.path is not None
        for each in sqlite.path.parent.iterdir():
            each.unlink()
        store.see(PAUSED, at=15)
        await journal.settled()
        assert journal.problem == ""
    assert rows(sqlite, "SELECT status FROM runners") == [("paused",)]


async def test_a_locked_file_can_still_be_read(sqlite: Database) -> None:
    async with recording(sqlite) as (store, journal):
        store.see(HEALTHY, at=0)
        store.see(PAUSED, at=15)
        await journal.settled()
        assert sqlite.path is not None
        with closing(sqlite3.connect(sqlite.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            store.see(HEALTHY, at=30)
            await journal.settled()
            assert "locked by another program" in journal.problem
            assert len((await journal.history("1")).changes) == 1
            assert (await journal.history("1")).problem == ""


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://me:hidden-thing@127.0.0.1:1/history", "does not answer"),
        ("postgresql://me:hidden-thing@nowhere.invalid/history", "does not answer"),
        ("postgresql://me:hidden-thing@127.0.0.1:1/history?colour=red", "not understood"),
    ],
)
async def test_a_server_out_of_reach_is_told_without_its_address(
    address: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(address=address, patience=1.0)
    async with recording(database) as (store, journal):
        store.see(HEALTHY, at=0)
        await journal.settled()
        answer = await journal.history("1")
        for problem in (journal.problem, answer.problem, recall(database, "eu")[1]):
            assert problem.startswith("History is unavailable: ")
            assert told in problem
        everything = f"{journal!r}{answer!r}{database!r}{caplog.text}"
        assert "hidden-thing" not in everything


async def test_a_wrong_password_and_a_wrong_name_are_told(
    cluster: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    for address, told in (
        (cluster.address("postgres", "another-secret"), "user name or the password"),
        (cluster.address("nothing_there"), "no database of that name"),
    ):
        async with recording(Database(address=address)) as (store, journal):
            store.see(HEALTHY, at=0)
            await journal.settled()
            assert told in journal.problem
            assert told in (await journal.history("1")).problem
    assert "another-secret" not in caplog.text
    assert PASSWORD not in caplog.text


async def test_tables_that_somebody_else_changed_are_told(database: Database) -> None:
    async with recording(database) as (store, journal):
        store.see(HEALTHY, at=0)
    engine = writing_engine(database)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE runners")
    engine.dispose()
    wrong = "History is unavailable: its tables are not as they should be."
    async with recording(database) as (store, journal):
        store.see(PAUSED, at=15)
        await journal.settled()
        assert journal.problem == wrong
        assert (await journal.history("1")).problem == wrong
    assert recall(database, "eu")[1] == wrong


async def test_a_driver_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    async with recording(Database(address="postgresql://db/history")) as (store, journal):
        store.see(HEALTHY, at=0)
        await journal.settled()
        assert "maia-runner-console[postgres]" in journal.problem


async def test_what_cannot_be_kept_is_counted_and_the_newest_state_is_not_lost(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsaved, "MOST_SIGHTINGS", 4)
    naps = Naps()
    async with recording(sqlite, sleep=naps.sleep) as (store, journal):
        store.see(HEALTHY, at=0)
        await journal.settled()
        with locked(sqlite, lambda: pytest.fail("not for SQLite")):
            for number in range(1, 10):
                store.see(PAUSED if number % 2 else HEALTHY, at=15 * number)
                await journal.settled()
            assert journal.problem.endswith("by another program. 5 changes could not be kept.")
        naps.over.set()
        await recovered(journal)
        seen = (await journal.history("1")).changes
    assert seen[0].at == moment(135)
    assert rows(sqlite, "SELECT status FROM runners") == [("paused",)]


async def test_a_fault_of_ours_costs_what_was_to_be_written_and_no_more(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with recording(sqlite) as (store, journal):
        with monkeypatch.context() as patch:
            patch.setattr(writing, "write", lambda *_: 1 / 0)
            store.see(HEALTHY, at=0)
            await journal.settled()
            assert "a fault of this program (ZeroDivisionError)" in journal.problem
        store.see(PAUSED, at=15)
        await recovered(journal)
        assert (await journal.history("1")).recorded_since == moment(15)
        assert (await journal.history("1")).changes == ()
    assert "Traceback" in caplog.text


async def test_leaving_does_not_wait_for_a_database_that_hangs(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    monkeypatch.setattr(opening, "CLOSING_SECONDS", 0.1)
    monkeypatch.setattr(writing, "write", lambda *_: released.wait(10))
    async with asyncio.timeout(5.0):
        async with recording(sqlite) as (store, _):
            store.see(HEALTHY, at=0)
            await no_time()
    assert not released.is_set()
    released.set()
