"""Screens that are in: what is changed of them, what ends them, and what is kept of them."""

import pytest
from alembic import command
from alembic.config import Config

from console.access.audit import AuditQuery
from console.access.person import Person
from console.access.refusals import AccessRefused, SignInRefused, refusal
from console.access.roles import Role
from console.journal.databases import Database
from console.journal.engines import writing_engine
from console.journal.migrating import MIGRATIONS
from tests.console.access.desk import GOOD, HERE, ROOT, Clock, entries, opened, told
from tests.console.access.kiosk import SIZE, THERE, let_in


async def test_a_revoked_screen_is_known_as_revoked_here_and_in_another_process(
    database: Database,
) -> None:
    async with opened(database) as server, opened(database) as command_line:
        screen, secret = await let_in(server)
        heard: list[tuple[str, str]] = []
        server.screens.on_change(lambda which, why: heard.append((which, why)))
        await command_line.look()
        await command_line.screens.revoke(screen.id, by=ROOT)
        await server.look()
        assert heard == [(screen.id, "This screen was switched off by an admin.")]
        for access in (server, command_line):
            known = access.screens.known(secret, address=THERE)
            assert known is not None
            assert known.is_revoked
            assert known.revoked_by == "root"
        assert "switched off" in await refusal(server.screens.revoke(screen.id, by=ROOT))
        assert (await told(server))[-1] == ("screen-revoked", "Lobby", "done")


async def test_a_screen_is_taken_off_the_list_once_it_is_not_in_use(database: Database) -> None:
    async with opened(database) as access:
        screen, secret = await let_in(access)
        assert "switch it off first" in await refusal(access.screens.remove(screen.id, by=ROOT))
        await access.screens.revoke(screen.id, by=ROOT)
        await access.screens.remove(screen.id, by=ROOT)
        assert access.screens.known(secret, address=THERE) is None
        assert access.screens.still(screen.id) is None
        assert access.screens.all() == ()
        await let_in(access)


async def test_other_options_are_told_to_who_shows_the_screen(database: Database) -> None:
    async with opened(database) as access:
        screen, _ = await let_in(access, size="5")
        heard: list[tuple[str, str]] = []
        stop = access.screens.on_change(lambda which, why: heard.append((which, why)))
        odd = {"filter": "name:“ä” \U0001f600", "size": "8"}
        await access.screens.set(screen.id, options=odd, by=ROOT)
        assert heard == [(screen.id, "")]
        await access.screens.set(screen.id, options=odd, by=ROOT)
        stop()
        await access.screens.set(screen.id, options={}, by=ROOT)
        assert len(heard) == 1
    async with opened(database) as access:
        assert access.screens.all()[0].options == {}


async def test_a_screen_gets_another_name_and_each_change_is_an_entry_of_its_own(
    database: Database,
) -> None:
    async with opened(database) as access:
        screen, secret = await let_in(access)
        await let_in(access, "Kitchen")
        before = len(await entries(access))
        said = await refusal(access.screens.set(screen.id, name="kitchen", options=SIZE, by=ROOT))
        assert said.startswith("There is a screen “kitchen” already")
        assert "name" in await refusal(access.screens.set(screen.id, name="\0", by=ROOT))
        await access.screens.set(screen.id, name="LOBBY", by=ROOT)
        await access.screens.set(screen.id, name="Hall", options=SIZE, by=ROOT)
        await access.screens.set(screen.id, name="Hall", options=SIZE, by=ROOT)
        known = access.screens.known(secret, address=THERE)
        assert known is not None
        assert (known.name, known.options) == ("Hall", SIZE)
        noted = await entries(access)
        assert [(each.what, each.target, each.detail) for each in noted[: len(noted) - before]] == [
            ("screen-set", "Hall", "size=8"),
            ("screen-renamed", "LOBBY", "now Hall"),
            ("screen-renamed", "Lobby", "now LOBBY"),
        ]


async def test_a_link_lets_in_whoever_opens_it_first_within_ten_minutes_and_once(
    database: Database,
) -> None:
    clock = Clock()
    async with opened(database, clock) as server, opened(database, clock) as command_line:
        secret = await command_line.screens.expect("Lobby", SIZE, by=ROOT)
        late = await command_line.screens.expect("Late", by=ROOT)
        assert "already" in await refusal(command_line.screens.expect("lobby", by=ROOT))
        await server.look()
        assert server.screens.known(secret, address=THERE) is None
        found = await server.screens.open(secret, address=THERE)
        assert found is not None
        assert (found[0].name, found[0].options, found[0].address) == ("Lobby", SIZE, THERE)
        assert await server.screens.open(secret, address=HERE) is None
        clock.move(minutes=10)
        assert await server.screens.open(late, address=THERE) is None
    for each in (secret, late):
        assert each not in everything(database)


async def test_a_listener_that_fails_keeps_nothing_from_the_others(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        screen, _ = await let_in(access)
        heard: list[str] = []

        def fails(which: str, why: str) -> None:
            raise RuntimeError

        access.screens.on_change(fails)
        access.screens.on_change(lambda which, why: heard.append(which))
        await access.screens.revoke(screen.id, by=ROOT)
        assert heard == [screen.id]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.HELPDESK, Role.OPERATOR])
async def test_only_an_admin_lets_screens_in_and_changes_them(
    database: Database, role: Role
) -> None:
    by = Person("oscar", role, HERE, "his")
    async with opened(database) as access:
        screen, secret = await let_in(access)
        waiting, _ = access.screens.ask(address=THERE)
        said = [
            await refusal(doing)
            for doing in (
                access.screens.add(waiting.code, "Mine", by=by),
                access.screens.expect("Mine", by=by),
                access.screens.set(screen.id, options=SIZE, by=by),
                access.screens.revoke(screen.id, by=by),
                access.screens.remove(screen.id, by=by),
            )
        ]
        assert said == [f"Your role, {role}, does not allow it: that takes admin."] * 5
        assert [each.name for each in access.screens.all()] == ["Lobby"]
        assert access.screens.known(secret, address=THERE) == screen
        assert len(await entries(access, outcome="refused")) == 5


@pytest.mark.parametrize(
    "name", ["", " ", "a\nb", "\u200b", "\u3164", "x" * 61, " Lobby", "\ud800", "\0"]
)
async def test_a_name_that_cannot_be_seen_is_refused(sqlite: Database, name: str) -> None:
    async with opened(sqlite) as access:
        waiting, _ = access.screens.ask(address=THERE)
        assert "name" in await refusal(access.screens.add(waiting.code, name, by=ROOT))
        assert access.screens.all_waiting() == (waiting,)


async def test_two_screens_in_use_do_not_have_the_same_name(database: Database) -> None:
    async with opened(database) as access:
        first, _ = await let_in(access, "Lobby")
        with pytest.raises(AccessRefused, match="There is a screen “LOBBY” already"):
            await let_in(access, "LOBBY")
        await access.screens.revoke(first.id, by=ROOT)
        await let_in(access, "LOBBY")
        assert [(each.name, each.is_revoked) for each in access.screens.all()] == [
            ("LOBBY", False),
            ("Lobby", True),
        ]


@pytest.mark.parametrize(
    "options",
    [
        {"a": "x" * 501},
        {f"{number}": "" for number in range(31)},
        {f"{number}": "x" * 400 for number in range(9)},
        {"a": "\x1b[2J"},
        {"\ud800": "x"},
    ],
)
async def test_options_that_are_too_much_are_refused(
    sqlite: Database, options: dict[str, str]
) -> None:
    async with opened(sqlite) as access:
        screen, _ = await let_in(access)
        assert "option" in await refusal(access.screens.set(screen.id, options=options, by=ROOT))
        assert access.screens.all()[0].options == {}


@pytest.mark.parametrize("which", ["", "nonsense", "\0", "x" * 100_000, "' OR 1=1 --", "\ud800"])
async def test_an_id_that_no_screen_has_changes_nothing(database: Database, which: str) -> None:
    async with opened(database) as access:
        _, secret = await let_in(access)
        for doing in (
            access.screens.revoke(which, by=ROOT),
            access.screens.remove(which, by=ROOT),
            access.screens.set(which, options=SIZE, by=ROOT),
        ):
            assert (await refusal(doing)).startswith("There is no such screen")
        known = access.screens.known(secret, address=THERE)
        assert known is not None
        assert not known.is_revoked


@pytest.mark.parametrize("stored", ["", "[]", "null", "7", '{"a": 1, "size": "8"}', "{" * 90_000])
async def test_options_that_somebody_else_has_stored_are_read_as_far_as_they_can_be(
    database: Database, stored: str
) -> None:
    from sqlalchemy import update

    from console.journal.schema import screens

    async with opened(database) as access:
        await let_in(access)
        engine = writing_engine(database)
        with engine.begin() as rows:
            rows.execute(update(screens).values(options=stored))
        engine.dispose()
    async with opened(database) as access:
        expected = SIZE if "size" in stored else {}
        assert [each.options for each in access.screens.all()] == [expected]


async def test_nothing_that_is_stored_lets_anybody_in(database: Database) -> None:
    async with opened(database) as access:
        waiting, asked_with = access.screens.ask(address=THERE)
        await access.screens.add(waiting.code, "Lobby", by=ROOT)
        found = await access.screens.open(asked_with, address=THERE)
        assert found is not None
        await access.audit(AuditQuery())
    stored = everything(database)
    for secret in (waiting.code, asked_with, found[1]):
        assert secret not in stored
    assert "Lobby" in stored


async def test_without_a_database_nobody_gets_a_code_and_who_is_in_stays(
    sqlite: Database,
) -> None:
    assert sqlite.path is not None
    async with opened(sqlite) as access:
        waiting, asked_with = access.screens.ask(address=THERE)
        await access.screens.add(waiting.code, "Second", by=ROOT)
        _, secret = await let_in(access)
        for file in sqlite.path.parent.iterdir():
            file.unlink()
        sqlite.path.mkdir()
        await access.look()
        with pytest.raises(SignInRefused, match="database of users is unavailable"):
            access.screens.ask(address=HERE)
        assert "unavailable" in await refusal(access.screens.open(asked_with, address=THERE))
        assert access.screens.known(secret, address=THERE) is not None


async def test_a_database_of_the_version_before_keeps_its_users_and_takes_screens(
    database: Database,
) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
    back_to_second(database)
    async with opened(database) as access:
        assert access.has_users
        assert access.problem == ""
        await let_in(access)
        assert [each.name for each in access.users()] == ["ada"]


async def test_screens_that_are_long_gone_are_forgotten(database: Database) -> None:
    clock = Clock()
    async with opened(database, clock) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        gone, _ = await let_in(access, "Gone")
        await let_in(access, "Here")
        await access.screens.revoke(gone.id, by=ROOT)
        waiting, _ = access.screens.ask(address=THERE)
        await access.screens.add(waiting.code, "Missed", by=ROOT)
        clock.move(days=31)
        await access.look()
    async with opened(database, clock) as access:
        assert [each.name for each in access.screens.all()] == ["Here"]


def everything(database: Database) -> str:
    """All rows of all tables, as text."""
    from console.journal.schema import metadata

    engine = writing_engine(database)
    try:
        with engine.connect() as rows:
            tables = metadata.sorted_tables
            return repr([tuple(row) for table in tables for row in rows.execute(table.select())])
    finally:
        engine.dispose()


def back_to_second(database: Database) -> None:
    """As a console of the version before left it."""
    engine = writing_engine(database)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE screens")
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(MIGRATIONS))
            command.stamp(config, "0002")
    finally:
        engine.dispose()
