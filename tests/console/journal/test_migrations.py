"""The tables: made by migrations, equal to the schema, and left alone when they are newer."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from console.journal.databases import Database
from console.journal.engines import reading_engine, writing_engine
from console.journal.migrating import MIGRATIONS, revision
from console.journal.revisions import REVISIONS
from console.journal.schema import metadata
from console.journal.troubles import NEWER
from tests.console.fleets import HEALTHY
from tests.console.journal.recordings import Statements, recording, rows
from tests.console.programs import at_once

OPEN_AT_ONCE = """
import sys
from pathlib import Path
from console.journal.databases import Database
from console.journal.engines import writing_engine
import alembic.command
kind, where = sys.argv[1:]
database = Database(Path(where)) if kind == "sqlite" else Database(address=where)
print("ready", flush=True)
sys.stdin.readline()
writing_engine(database).dispose()
"""


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def write_revision(database: Database, revision: str) -> None:
    engine = writing_engine(database)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    finally:
        engine.dispose()


def test_the_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    engine = writing_engine(database)
    try:
        assert differences(engine) == []
    finally:
        engine.dispose()


def test_every_migration_is_named_in_the_list_that_is_read_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(reversed([script.revision for script in scripts])) == REVISIONS


def test_alembic_is_loaded_only_where_tables_are_to_be_made(database: Database) -> None:
    writing_engine(database).dispose()
    where = str(database.path) if database.path else database.address
    kind = "sqlite" if database.path else "postgresql"
    code = OPEN_AT_ONCE.replace("import alembic.command\n", "").replace("sys.stdin.readline()", "")
    check = "assert 'alembic' not in sys.modules and 'sqlalchemy' in sys.modules"
    subprocess.run([sys.executable, "-c", code + check, kind, where], check=True, timeout=30)


def test_two_programs_that_make_the_tables_at_once_both_come_out_well(
    database: Database,
) -> None:
    at_once(OPEN_AT_ONCE, database, [()] * 3)
    engine = reading_engine(database)
    try:
        assert differences(engine) == []
    finally:
        engine.dispose()


async def test_a_history_of_a_newer_version_is_left_as_it_is(database: Database) -> None:
    async with recording(database) as (store, journal):
        store.see(HEALTHY, at=0)
    write_revision(database, "9999")
    before = _bytes(database)
    async with recording(database) as (store, journal):
        with Statements() as statements:
            store.see(HEALTHY, at=60)
            await journal.settled()
        assert journal.problem == NEWER
        assert (await journal.history("1")).problem == NEWER
        written = [each for each in statements.sent if each.split()[0] not in ("SELECT", "BEGIN")]
        assert not [each for each in written if not each.startswith(("SET", "PRAGMA"))]
    assert rows(database, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert rows(database, "SELECT count(*) FROM changes") == [(0,)]
    assert _bytes(database) == before


def test_the_migrations_stand_where_a_wheel_takes_them_from() -> None:
    assert MIGRATIONS.parent == Path(__file__).parents[3] / "console/journal"
    assert {path.suffix for path in MIGRATIONS.rglob("*") if path.is_file()} <= {".py", ".pyc"}


def _bytes(database: Database) -> bytes:
    return database.path.read_bytes() if database.path else b""


def test_the_journals_of_several_accounts_can_be_made_at_the_same_time(tmp_path: Path) -> None:
    databases = [Database(tmp_path / f"{number}.sqlite3") for number in range(6)]
    at_once = Barrier(len(databases), timeout=10)

    def make(database: Database) -> str | None:
        at_once.wait()
        engine = writing_engine(database)
        with engine.connect() as connection:
            made = revision(connection)
        engine.dispose()
        return made

    with ThreadPoolExecutor(len(databases)) as threads:
        assert set(threads.map(make, databases)) == {REVISIONS[-1]}
