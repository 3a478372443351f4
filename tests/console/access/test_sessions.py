"""Sessions: how long they last, what ends them, and who is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.access.access import Access
from console.access.person import Person
from console.access.refusals import AccessRefused
from console.access.roles import Role
from console.access.sessions import ENDED, MOST_OF_ONE, SessionLimits, SignIn, Why
from console.journal.databases import Database
from tests.console.access.desk import (
    BETTER,
    GOOD,
    HERE,
    ROOT,
    Clock,
    entries,
    listening,
    opened,
    told,
)
from tests.console.fleets import NOW
from tests.console.journal.recordings import Statements

LIMITS = SessionLimits(idle=timedelta(minutes=30), longest=timedelta(hours=8))


async def ada_signed_in(access: Access, role: Role = Role.VIEWER) -> SignIn:
    if not access.users():
        await access.add_user("ada", role, GOOD, by=ROOT)
    return await access.sign_in("ada", GOOD, address=HERE)


def is_here(access: Access, signed_in: SignIn) -> bool:
    by_cookie = access.person(signed_in.secret, address=HERE)
    by_id = access.still(signed_in.person.session)
    assert (by_cookie is None) == (by_id is None)
    return by_cookie is not None


async def test_a_session_outlives_a_restart_of_the_server(database: Database) -> None:
    async with opened(database) as access:
        signed_in = await ada_signed_in(access)
    async with opened(database) as access:
        assert is_here(access, signed_in)
        assert [each.name for each in access.sessions()] == ["ada"]


async def test_a_session_that_nobody_uses_ends_and_its_pages_are_told(database: Database) -> None:
    clock = Clock()
    async with opened(database, clock, limits=LIMITS) as access:
        signed_in, ends = await ada_signed_in(access), listening(access)
        clock.move(minutes=29)
        assert is_here(access, signed_in)
        clock.move(minutes=29)
        await access.look()
        assert is_here(access, signed_in)
        clock.move(minutes=30)
        assert not is_here(access, signed_in)
        assert access.sessions() == ()
        await access.look()
        assert ends == [(signed_in.person.session, ENDED[Why.IDLE])]
        clock.move(days=-1)
        assert not is_here(access, signed_in)
    async with opened(database, clock, limits=LIMITS) as access:
        assert not is_here(access, signed_in)


async def test_a_session_ends_after_its_longest_time_however_much_it_is_used(
    database: Database,
) -> None:
    clock = Clock()
    async with opened(database, clock, limits=LIMITS) as access:
        signed_in, ends = await ada_signed_in(access), listening(access)
        assert signed_in.until == NOW + LIMITS.longest
        while clock.now < signed_in.until:
            assert is_here(access, signed_in)
            clock.move(minutes=20)
        assert not is_here(access, signed_in)
        await access.look()
        assert ends == [(signed_in.person.session, ENDED[Why.LONGEST])]


async def test_events_that_no_person_caused_do_not_keep_a_session_alive(sqlite: Database) -> None:
    clock = Clock()
    async with opened(sqlite, clock, limits=LIMITS) as access:
        session = (await ada_signed_in(access)).person.session
        clock.move(minutes=20)
        assert access.still(session, is_used=True)
        clock.move(minutes=20)
        assert access.still(session)
        clock.move(minutes=10)
        assert access.still(session) is None


async def test_use_is_remembered_over_a_restart(database: Database) -> None:
    clock = Clock()
    async with opened(database, clock, limits=LIMITS) as access:
        signed_in = await ada_signed_in(access)
        clock.move(minutes=20)
        access.person(signed_in.secret, address=HERE)
    clock.move(minutes=20)
    async with opened(database, clock, limits=LIMITS) as access:
        assert access.sessions()[0].seen == NOW + timedelta(minutes=20)
        assert is_here(access, signed_in)


async def test_a_session_that_is_used_at_another_server_does_not_end_here(
    database: Database,
) -> None:
    clock = Clock()
    async with opened(database, clock, limits=LIMITS) as one:
        signed_in, ends = await ada_signed_in(one), listening(one)
        async with opened(database, clock, limits=LIMITS) as other:
            clock.move(minutes=29)
            assert is_here(other, signed_in)
            await other.look()
            clock.move(minutes=2)
            await one.look()
            assert ends == []
            assert is_here(one, signed_in)


async def test_a_clock_that_is_set_back_a_little_ends_nothing_and_far_ends_what_is_to_come(
    database: Database,
) -> None:
    clock = Clock()
    async with opened(database, clock, limits=LIMITS) as access:
        signed_in, ends = await ada_signed_in(access), listening(access)
        clock.move(minutes=-4)
        assert is_here(access, signed_in)
        clock.move(hours=-1)
        assert not is_here(access, signed_in)
        await access.look()
        assert ends == [(signed_in.person.session, ENDED[Why.CLOCK])]


@given(
    since=st.timedeltas(timedelta(days=-2), timedelta(days=2)),
    used=st.timedeltas(timedelta(), timedelta(days=2)),
)
def test_no_session_is_alive_that_began_or_was_used_too_long_ago(
    since: timedelta, used: timedelta
) -> None:
    ended = LIMITS.ended(NOW - since, NOW - since + used, NOW)
    if since >= LIMITS.longest or since - used >= LIMITS.idle:
        assert ended
    if timedelta() <= since < LIMITS.longest and since - used < LIMITS.idle:
        assert ended is None


async def test_signing_out_ends_one_session_at_once_and_for_good(database: Database) -> None:
    async with opened(database) as access:
        first, second = await ada_signed_in(access), await ada_signed_in(access)
        ends = listening(access)
        await access.sign_out(first.person.session)
        await access.sign_out(first.person.session)
        await access.sign_out("nonsense")
        assert ends == [(first.person.session, ENDED[Why.SIGNED_OUT])]
        assert not is_here(access, first)
        assert is_here(access, second)
    async with opened(database) as access:
        assert not is_here(access, first)
        assert is_here(access, second)


@pytest.mark.parametrize("deed", ["disable", "role", "password"])
async def test_what_changes_a_user_ends_the_sessions_of_that_user_alone(
    database: Database, deed: str
) -> None:
    async with opened(database) as access:
        await access.add_user("bob", Role.VIEWER, BETTER, by=ROOT)
        bob = await access.sign_in("bob", BETTER, address=HERE)
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        ada = await access.sign_in("ada", GOOD, address=HERE)
        ends = listening(access)
        if deed == "disable":
            await access.disable("ada", by=ROOT)
        elif deed == "role":
            await access.set_role("ada", Role.ADMIN, by=ROOT)
        else:
            await access.set_password("ada", BETTER + "!", by=ROOT)
        why = {"disable": Why.DISABLED, "role": Why.ROLE, "password": Why.PASSWORD}[deed]
        assert ends == [(ada.person.session, ENDED[why])]
        assert not is_here(access, ada)
        assert is_here(access, bob)


async def test_an_admin_ends_the_sessions_of_others_and_others_their_own_only(
    database: Database,
) -> None:
    async with opened(database) as access:
        ada = await ada_signed_in(access)
        again = await ada_signed_in(access)
        bob = Person("bob", Role.OPERATOR, HERE, "another")
        with pytest.raises(AccessRefused, match="that takes admin"):
            await access.end_session(ada.person.session, by=bob)
        with pytest.raises(AccessRefused, match="that takes admin"):
            await access.end_sessions_of("ada", by=bob)
        assert is_here(access, ada)
        await access.end_session(ada.person.session, by=again.person)
        assert not is_here(access, ada)
        await access.end_sessions_of("ADA", by=ROOT)
        assert not is_here(access, again)
        whats = [(each.what, each.who, each.outcome) for each in await entries(access)]
        assert whats[:2] == [("session-ended", "root", "done"), ("session-ended", "ada", "done")]
        assert ("session-ended", "bob", "refused") in whats


async def test_another_process_ends_what_is_open_here(database: Database) -> None:
    async with opened(database) as server:
        signed_in, ends = await ada_signed_in(server), listening(server)
        async with opened(database) as command_line:
            await command_line.disable("ada", by=ROOT)
        assert is_here(server, signed_in)
        await server.look()
        assert ends == [(signed_in.person.session, ENDED[Why.DISABLED])]
        assert not is_here(server, signed_in)
        assert server.users()[0].is_disabled


async def test_a_user_has_so_many_sessions_and_the_longest_unused_gives_way(
    database: Database,
) -> None:
    clock = Clock()
    async with opened(database, clock) as access:
        signed_in = []
        ends = listening(access)
        for _ in range(MOST_OF_ONE + 2):
            signed_in.append(await ada_signed_in(access))
            clock.move(seconds=1)
        assert len(access.sessions()) == MOST_OF_ONE
        assert ends == [(each.person.session, ENDED[Why.MANY]) for each in signed_in[:2]]


async def test_asking_who_it_is_costs_no_statement(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        signed_in = await ada_signed_in(access)
        _, secret = await access.add_token("prom", ["metrics:read"], None, ROOT)
        with Statements() as statements:
            for _ in range(100):
                assert is_here(access, signed_in)
                assert access.bearer(secret, address=HERE)
                access.sessions(), access.users(), access.tokens()
        assert statements.sent == []


async def test_looking_costs_one_cheap_question_while_nothing_changes(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        await ada_signed_in(access)
        await access.look()
        with Statements() as statements:
            await access.look()
        asked = [each for each in statements.sent if "sqlite_master" not in each]
        assert [each.split("FROM ")[-1] for each in asked if "FROM" in each] == [
            "alembic_version",
            "access_changes",
        ]


async def test_a_listener_that_fails_keeps_nobody_else_from_hearing(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(sqlite) as access:
        signed_in = await ada_signed_in(access)

        def broken(session: str, why: str) -> None:
            raise RuntimeError("page is gone")

        access.on_end(broken)
        stop = access.on_end(broken)
        ends = listening(access)
        stop()
        stop()
        await access.sign_out(signed_in.person.session)
        assert len(ends) == 1
    assert "could not be told" in caplog.text


async def test_a_person_is_what_the_database_says_now_not_what_was_signed_in(
    database: Database,
) -> None:
    """A role in an old value is not asked."""
    async with opened(database) as access:
        signed_in = await ada_signed_in(access)
        forged = replace(signed_in.person, role=Role.ADMIN)
        found = access.still(forged.session)
        assert found is not None
        assert found.role is Role.VIEWER
        assert (await told(access))[-1][0] == "sign-in"
