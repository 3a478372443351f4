"""A database in trouble: sign-in is refused in one sentence, and nothing is ever open."""

import asyncio
import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from console.access.access import Access
from console.access.audit import AuditEntry, AuditQuery, What
from console.access.refusals import SignInRefused, refusal
from console.access.roles import Role
from console.journal.databases import Database
from console.journal.engines import reading_engine, writing_engine
from console.journal.migrating import MIGRATIONS
from console.journal.recall import recall
from console.journal.troubles import NEWER
from tests.console.access.desk import (
    GOOD,
    HERE,
    ROOT,
    Clock,
    entries,
    listening,
    opened,
)
from tests.console.fleets import HEALTHY, NOW
from tests.console.journal.recordings import recording
from tests.console.locks import locked
from tests.console.programs import at_once
from tests.postgres import Cluster

LATER = ("users", "sessions", "tokens", "invitations", "audit", "access_changes", "screens")
"""Tables that came after the first version."""

ADD = """
import asyncio, json, sys
from pathlib import Path
from argon2 import PasswordHasher
from console.access.opening import open_access
from console.access.person import Person
from console.access.refusals import refusal
from console.access.roles import Role
from console.journal.databases import Database

kind, where, number = sys.argv[1:]
database = Database(Path(where)) if kind == "sqlite" else Database(address=where)
root = Person("root", Role.ADMIN)

async def main():
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    async with open_access(database, hasher=cheap) as access:
        print("ready", flush=True)
        sys.stdin.readline()
        said = [await refusal(access.add_user(name, Role.ADMIN, "a long enough password", by=root))
                for name in ("ada", f"own-{number}")]
    print(json.dumps(said))

asyncio.run(main())
"""


async def everybody_is_kept_out(access: Access, told: str) -> None:
    assert access.problem == told
    assert access.has_users
    assert access.has_admin
    assert access.person("nonsense", address=HERE) is None
    with pytest.raises(SignInRefused) as caught:
        await access.sign_in("ada", GOOD, address=HERE)
    assert str(caught.value) == told
    with pytest.raises(SignInRefused) as caught:
        await access.sign_in_known("eve", Role.ADMIN, address=HERE, way="proxy")
    assert str(caught.value) == told
    assert await refusal(access.invite_admin()) == told
    assert await refusal(access.accept_invitation("s", "eve", GOOD, address=HERE))
    assert await refusal(access.add_user("eve", Role.ADMIN, GOOD, by=ROOT)) == told
    assert access.sessions() == ()


async def test_a_file_that_is_no_database_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "garbage.sqlite3"
    garbage = b"\x93 this is not a database" * 500
    path.write_bytes(garbage)
    async with opened(Database(path)) as access:
        wrong = "The database of users is unavailable: its file is not a database."
        await everybody_is_kept_out(access, wrong)
        assert (await access.audit(AuditQuery())).problem == wrong
    assert path.read_bytes() == garbage


async def test_tables_that_are_damaged_let_nobody_in(database: Database) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
    execute(database, "DROP TABLE users")
    async with opened(database) as access:
        wrong = "The database of users is unavailable: its tables are not as they should be."
        await everybody_is_kept_out(access, wrong)


async def test_a_database_of_a_newer_version_lets_nobody_in_and_is_left_as_it_is(
    database: Database,
) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
    execute(database, "UPDATE alembic_version SET version_num = '9999'")
    async with opened(database) as access:
        newer = (
            "The database of users is unavailable:"
            " it was written by a newer version of the console."
        )
        await everybody_is_kept_out(access, newer)


async def test_a_server_that_does_not_answer_lets_nobody_in_and_is_not_named(
    caplog: pytest.LogCaptureFixture,
) -> None:
    address = "postgresql://me:hidden-thing@127.0.0.1:1/history"
    async with opened(Database(address=address, patience=1.0)) as access:
        wrong = "The database of users is unavailable: the database server does not answer."
        await everybody_is_kept_out(access, wrong)
    assert "hidden-thing" not in caplog.text


async def test_trouble_lets_nobody_in_and_counts_as_no_failed_attempt(
    database: Database, the_cluster: Callable[[], Cluster]
) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        with locked(database, the_cluster):
            for _ in range(12):
                with pytest.raises(SignInRefused, match="database of users is unavailable"):
                    await access.sign_in("ada", GOOD, address=HERE)
        assert access.problem.startswith("The database of users is unavailable: ")
        assert access.sessions() == ()
        assert await access.sign_in("ada", GOOD, address=HERE)
        assert access.problem == ""


async def test_who_is_signed_in_stays_so_while_the_database_is_away_and_can_leave(
    database: Database, the_cluster: Callable[[], Cluster], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "console.access")
    async with opened(database) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        one = await access.sign_in("ada", GOOD, address=HERE)
        two = await access.sign_in("ada", GOOD, address=HERE)
        ends = listening(access)
        with locked(database, the_cluster):
            await access.look()
            assert access.person(one.secret, address=HERE)
            await access.sign_out(one.person.session)
            assert access.problem.startswith("The database of users is unavailable: ")
            assert access.person(one.secret, address=HERE) is None
            assert access.still(one.person.session) is None
            access.note(AuditEntry(NOW, "ada", "admin", HERE, What.ACTION, "prod"))
            await access.audit(AuditQuery())
        await access.look()
        assert access.problem == ""
        assert [each for each, _ in ends] == [one.person.session]
        assert access.person(two.secret, address=HERE)
        assert [each.what for each in await entries(access)][:2] == ["action", "sign-out"]
    async with opened(database) as access:
        assert access.person(one.secret, address=HERE) is None
        assert access.person(two.secret, address=HERE)
    assert len(caplog.records) <= 2


async def test_a_session_ends_in_time_also_while_the_database_is_away(
    database: Database, the_cluster: Callable[[], Cluster]
) -> None:
    clock = Clock()
    async with opened(database, clock) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        signed_in = await access.sign_in("ada", GOOD, address=HERE)
        ends = listening(access)
        with locked(database, the_cluster):
            clock.move(hours=2)
            await access.look()
            assert [each for each, _ in ends] == [signed_in.person.session]
        await access.look()
        clock.move(hours=-1.5)
        assert access.person(signed_in.secret, address=HERE) is None
        assert len(ends) == 1


async def test_a_file_that_is_removed_signs_everybody_out_and_opens_nothing(
    sqlite: Database,
) -> None:
    async with opened(sqlite) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        signed_in = await access.sign_in("ada", GOOD, address=HERE)
        assert sqlite.path is not None
        for each in sqlite.path.parent.iterdir():
            each.unlink()
        await access.look()
        assert access.person(signed_in.secret, address=HERE) is None
        assert access.has_users
        with pytest.raises(SignInRefused, match="wrong"):
            await access.sign_in("ada", GOOD, address=HERE)
        await access.add_user("bob", Role.ADMIN, GOOD, by=ROOT)
    async with opened(sqlite) as access:
        assert [each.name for each in access.users()] == ["bob"]


def test_the_history_of_the_version_before_is_read_as_it_is_and_then_brought_up_to_date(
    database: Database,
) -> None:
    async def record() -> None:
        async with recording(database) as (store, journal):
            store.see(HEALTHY, at=0)
            await journal.settled()

    async def read() -> int:
        async with recording(database) as (_, journal):
            return (await journal.history("1")).recorded_since is not None

    asyncio.run(record())
    back_to_first(database)
    assert recall(database, "eu")[1] == ""
    assert asyncio.run(read())
    assert tables(database).isdisjoint({"users", "audit"})
    writing_engine(database).dispose()
    assert tables(database) >= {"users", "audit", "runners"}
    assert asyncio.run(read())


async def test_a_database_of_the_version_before_has_no_users_and_takes_them(
    database: Database,
) -> None:
    writing_engine(database).dispose()
    back_to_first(database)
    async with opened(database) as access:
        assert access.problem == ""
        assert not access.has_users
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        assert access.has_admin


def test_an_older_console_says_that_it_is_newer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing_engine(database).dispose()
    monkeypatch.setattr("console.journal.revisions.REVISIONS", ("0001",))
    assert recall(database, "eu")[1] == NEWER


def test_processes_that_add_users_at_once_add_each_name_once(database: Database) -> None:
    told = at_once(ADD, database, [(str(number),) for number in range(3)])
    said = sorted(json.loads(out)[0] for out, _ in told)
    assert said == ["", *["There is a user “ada” already."] * 2]
    assert [json.loads(out)[1] for out, _ in told] == ["", "", ""]


async def test_two_admins_who_disable_each_other_at_once_leave_one(database: Database) -> None:
    async with opened(database) as one, opened(database) as other:
        await one.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        await one.add_user("bob", Role.ADMIN, GOOD, by=ROOT)
        said = await asyncio.gather(
            refusal(one.disable("ada", by=ROOT)), refusal(other.disable("bob", by=ROOT))
        )
        assert sorted(map(bool, said)) == [False, True]
        await one.look()
        assert one.has_admin


def execute(database: Database, statement: str) -> None:
    engine = writing_engine(database)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def tables(database: Database) -> set[str]:
    from sqlalchemy import inspect

    engine = reading_engine(database)
    try:
        with engine.connect() as connection:
            return set(inspect(connection).get_table_names())
    finally:
        engine.dispose()


def back_to_first(database: Database) -> None:
    """As a console of the version before left it."""
    engine = writing_engine(database)
    try:
        with engine.begin() as connection:
            for table in LATER:
                connection.exec_driver_sql(f"DROP TABLE {table}")
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(MIGRATIONS))
            command.stamp(config, "0001")
    finally:
        engine.dispose()
