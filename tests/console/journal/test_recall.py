"""What was learnt comes back as it was, and quickly, from whatever database there is."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from console.fleet.lines import Family, Line
from console.fleet.memory import NOTHING_REMEMBERED, Lesson, Memory, Release
from console.journal.databases import Database
from console.journal.engines import writing_engine
from console.journal.recall import recall
from tests.console.fleets import HEALTHY, NOW
from tests.console.journal.recordings import ToldStore, recording

CURRENT = Line(Family.MAIA, "current")
STRANGE = Line(Family.STREAMING, "a/track/nobody knows")
LEARNT = Memory(
    releases={
        CURRENT: (
            Release(CURRENT, "10.1301.0", NOW - timedelta(days=9, microseconds=7), NOW),
            Release(CURRENT, "10.1303.0", None, NOW),
        ),
        STRANGE: (Release(STRANGE, "v7-beta", NOW, NOW),),
    },
    lessons={
        "1": Lesson(NOW - timedelta(hours=1), "10.1301.0", NOW, "stable", "10.1300.0"),
        "2": Lesson(away_version="10.1301.0"),
    },
)
FLEET = (HEALTHY, replace(HEALTHY, id="2"))


def contents(memory: Memory) -> tuple[object, ...]:
    return dict(memory.releases), dict(memory.lessons)


def run(code: str, path: Path | None) -> None:
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=30)


async def test_what_was_learnt_is_recalled_as_it_was(database: Database) -> None:
    async with recording(database) as (store, _):
        store.see(*FLEET, at=0, memory=LEARNT)
    memory, problem = recall(database, "eu")
    assert problem == ""
    assert contents(memory) == contents(LEARNT)
    assert recall(database, "us") == (NOTHING_REMEMBERED, "")


async def test_a_lesson_that_no_longer_holds_is_forgotten(database: Database) -> None:
    async with recording(database) as (store, _):
        store.see(*FLEET, at=0, memory=LEARNT)
        changed = Lesson(unmoved=NOW, unmoved_version="10.1303.0")
        store.see(*FLEET, at=15, memory=replace(LEARNT, lessons={"2": changed}))
    assert dict(recall(database, "eu")[0].lessons) == {"2": changed}


async def test_what_was_recalled_is_not_written_again(database: Database) -> None:
    async with recording(database) as (store, _):
        store.see(*FLEET, at=0, memory=LEARNT)
    remembered = recall(database, "eu")[0]
    async with recording(database, ToldStore(remembered)) as (store, journal):
        store.see(*FLEET, at=60)
        await journal.settled()
    assert contents(recall(database, "eu")[0]) == contents(LEARNT)


async def test_of_a_release_that_two_consoles_saw_the_earliest_dates_stand(
    database: Database,
) -> None:
    later = Release(CURRENT, "10.1301.0", NOW, NOW + timedelta(days=3))
    for known in (LEARNT, Memory({CURRENT: (later,)})):
        async with recording(database) as (store, _):
            store.see(*FLEET, at=0, memory=known)
    assert recall(database, "eu")[0].releases[CURRENT] == LEARNT.releases[CURRENT]


async def test_what_a_runner_taught_is_not_recalled_once_it_has_left(database: Database) -> None:
    async with recording(database) as (store, _):
        store.see(*FLEET, at=0, memory=LEARNT)
        store.see(HEALTHY, at=15)
    assert set(recall(database, "eu")[0].lessons) == {"1"}


def test_where_nothing_is_nothing_is_recalled_and_nothing_made(tmp_path: Path) -> None:
    assert recall(Database(tmp_path / "none" / "journal.sqlite3"), "eu") == (
        NOTHING_REMEMBERED,
        "",
    )
    (tmp_path / "empty.sqlite3").touch()
    assert recall(Database(tmp_path / "empty.sqlite3"), "eu") == (NOTHING_REMEMBERED, "")
    assert [each.name for each in tmp_path.iterdir()] == ["empty.sqlite3"]


def test_a_server_s_database_without_tables_holds_nothing(database: Database) -> None:
    assert recall(database, "eu") == (NOTHING_REMEMBERED, "")


async def test_numbers_that_are_no_moments_are_a_problem_and_no_error(database: Database) -> None:
    async with recording(database) as (store, _):
        store.see(*FLEET, at=0, memory=LEARNT)
    engine = writing_engine(database)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE releases SET first_seen_at = {2**62}")
    engine.dispose()
    memory, problem = recall(database, "eu")
    assert memory is NOTHING_REMEMBERED
    assert problem == "History is unavailable: its tables are not as they should be."


async def test_a_file_is_recalled_with_the_standard_library_alone_and_at_once(
    sqlite: Database,
) -> None:
    releases = tuple(Release(CURRENT, f"10.{each}.0", NOW, NOW) for each in range(1000, 1400))
    async with recording(sqlite) as (store, _):
        store.see(*FLEET, at=0, memory=Memory({CURRENT: releases}, LEARNT.lessons))
    begun = time.perf_counter()
    assert recall(sqlite, "eu")[0].releases[CURRENT] == releases
    assert time.perf_counter() - begun < 0.1
    code = (
        "import sys; from pathlib import Path\n"
        "from console.journal.databases import Database\n"
        "from console.journal.recall import recall\n"
        "assert len(recall(Database(Path(sys.argv[1])), 'eu')[0].lessons) == 2\n"
        "assert not {'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules)\n"
    )
    run(code, sqlite.path)


async def test_a_file_in_use_is_recalled_with_what_was_written_last(sqlite: Database) -> None:
    async with recording(sqlite) as (store, journal):
        store.see(*FLEET, at=0, memory=LEARNT)
        await journal.settled()
        assert contents(recall(sqlite, "eu")[0]) == contents(LEARNT)


async def test_a_file_in_a_folder_that_may_only_be_read_is_recalled(
    sqlite: Database,
) -> None:
    """SQLite cannot make its files beside it there, and refuses until it is told not to."""
    async with recording(sqlite) as (store, _):
        store.see(*FLEET, at=0, memory=LEARNT)
    assert sqlite.path is not None
    for beside in sqlite.path.parent.glob("*-*"):
        beside.unlink()
    code = (
        "import os, sys; from pathlib import Path\n"
        "from console.journal.databases import Database\n"
        "from console.journal.recall import recall\n"
        "os.chmod(Path(sys.argv[1]).parent, 0o555); os.chmod(sys.argv[1], 0o444)\n"
        "if os.geteuid() == 0: os.setegid(65534); os.seteuid(65534)\n"
        "memory, problem = recall(Database(Path(sys.argv[1])), 'eu')\n"
        "assert not problem and len(memory.lessons) == 2, problem\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        copy = Path(folder) / "read-only" / "journal.sqlite3"
        copy.parent.mkdir()
        shutil.copy(sqlite.path, copy)
        try:
            run(code, copy)
        finally:
            os.chmod(copy.parent, 0o700)
