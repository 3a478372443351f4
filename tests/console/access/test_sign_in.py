"""Signing in by a password: who is let in, who is not, and what is told and kept of it."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from console.access.access import Access
from console.access.audit import What
from console.access.door import BUSY, DISABLED, WRONG
from console.access.limits import OF_ACCOUNT, OF_ADDRESS
from console.access.passwords import MOST_WAITING, Passwords
from console.access.refusals import SignInRefused
from console.access.roles import Role
from console.journal.databases import Database
from console.journal.engines import reading_engine
from console.journal.schema import metadata
from tests.console.access.desk import (
    BETTER,
    GOOD,
    HERE,
    ROOT,
    Clock,
    entries,
    opened,
    quick_hasher,
    told,
)


async def refused(access: Access, name: str, password: str, address: str = HERE) -> SignInRefused:
    with pytest.raises(SignInRefused) as caught:
        await access.sign_in(name, password, address=address)
    return caught.value


def everything_stored(database: Database) -> str:
    engine = reading_engine(database)
    try:
        with engine.connect() as connection:
            rows: list[Any] = []
            for table in metadata.sorted_tables:
                rows += connection.execute(text(f"SELECT * FROM {table.name}")).all()
            return repr(rows)
    finally:
        engine.dispose()


async def test_the_right_password_begins_a_session(database: Database) -> None:
    async with opened(database) as access:
        await access.add_user("Ada", Role.OPERATOR, GOOD, by=ROOT)
        signed_in = await access.sign_in("ada", GOOD, address=HERE, agent="Firefox")
        person = access.person(signed_in.secret, address="192.0.2.9")
        assert person is not None
        assert (person.name, person.role, person.address) == ("Ada", Role.OPERATOR, "192.0.2.9")
        (session,) = access.sessions()
        assert (session.name, session.agent, session.way) == ("Ada", "Firefox", "password")
        assert access.users()[0].last_sign_in == access.now


async def test_each_sign_in_is_a_new_session(database: Database) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        each = [await access.sign_in("ada", GOOD, address=HERE) for _ in range(3)]
        assert len({one.secret for one in each}) == 3
        assert len({one.person.session for one in each}) == 3
        assert all(access.person(one.secret, address=HERE) for one in each)


async def test_no_secret_is_stored_or_shown(database: Database) -> None:
    async with opened(database) as access:
        invitation = await access.invite_admin()
        first = await access.accept_invitation(invitation, "ada", GOOD, address=HERE)
        second = await access.sign_in("ada", GOOD, address=HERE)
        _, token = await access.add_token("prom", ["metrics:read"], None, ROOT)
        await refused(access, "ada", BETTER)
        await refused(access, BETTER, "typed into the wrong field")
        await entries(access)
    stored = everything_stored(database) + repr(first) + repr(second)
    for secret in (GOOD, BETTER, invitation, first.secret, second.secret, token):
        assert secret not in stored


async def test_a_wrong_password_and_a_name_that_there_is_not_are_told_alike(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And take as long: each costs one comparison."""
    compared: list[bool] = []
    matches = Passwords.matches

    async def counted(self: Passwords, stored: str, password: str) -> bool:
        compared.append(bool(stored))
        return await matches(self, stored, password)

    monkeypatch.setattr(Passwords, "matches", counted)
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        answers = [
            await refused(access, "ada", BETTER),
            await refused(access, "nobody", BETTER),
            await refused(access, "ada" * 100_000, GOOD),
            await refused(access, "ada", GOOD * 100_000),
            await refused(access, "", ""),
        ]
    assert {(str(each), each.wait) for each in answers} == {(WRONG, 0.0)}
    assert len(compared) == len(answers)


async def test_a_disabled_user_is_told_so_only_with_the_right_password(database: Database) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        await access.disable("ada", by=ROOT)
        assert str(await refused(access, "ada", BETTER)) == WRONG
        assert str(await refused(access, "ada", GOOD)) == DISABLED
        await access.enable("ada", by=ROOT)
        assert await access.sign_in("ada", GOOD, address=HERE)


async def test_who_fails_too_often_waits_and_the_right_password_does_not_help(
    database: Database,
) -> None:
    clock = Clock()
    async with opened(database, clock) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        for number in range(OF_ACCOUNT.free):
            assert str(await refused(access, "ada", BETTER, f"192.0.2.{number}")) == WRONG
        waits = await refused(access, "ADA", GOOD, "192.0.2.99")
        assert str(waits) == "Too many attempts. Try again in 2 s."
        assert waits.wait == 2.0
        clock.move(seconds=2)
        assert await access.sign_in("ada", GOOD, address="192.0.2.99")
        assert str(await refused(access, "ada", BETTER)) == WRONG


async def test_an_address_that_tries_many_names_waits_and_others_do_not(
    sqlite: Database,
) -> None:
    async with opened(sqlite) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        for number in range(OF_ADDRESS.free):
            await refused(access, f"name-{number}", BETTER)
        assert (await refused(access, "ada", GOOD)).wait > 0
        assert await access.sign_in("ada", GOOD, address="198.51.100.1")


async def test_who_signs_in_often_is_never_made_to_wait(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        for _ in range(2 * OF_ADDRESS.free):
            await access.sign_in("ada", GOOD, address=HERE)


async def test_a_crowd_at_the_door_is_told_to_come_back(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        waiting = [
            access.sign_in(f"name-{number}", BETTER, address=f"10.0.{number}.1")
            for number in range(3 * MOST_WAITING)
        ]
        answers = await asyncio.gather(*waiting, return_exceptions=True)
    said = [str(each) for each in answers]
    assert set(said) <= {WRONG, BUSY}
    assert said.count(WRONG) >= MOST_WAITING


async def test_a_password_that_is_changed_while_it_is_compared_lets_nobody_in(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(sqlite) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        matches = Passwords.matches

        async def slow(self: Passwords, stored: str, password: str) -> bool:
            answer = await matches(self, stored, password)
            monkeypatch.undo()
            await access.set_password("ada", BETTER, by=ROOT)
            return answer

        monkeypatch.setattr(Passwords, "matches", slow)
        assert str(await refused(access, "ada", GOOD)) == WRONG
        assert access.sessions() == ()


async def test_a_hash_that_took_less_work_is_made_anew_with_the_next_sign_in(
    database: Database,
) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
    dearer = quick_hasher()
    dearer = type(dearer)(time_cost=2, memory_cost=8, parallelism=1)
    async with opened(database, hasher=dearer) as access:
        await access.sign_in("ada", GOOD, address=HERE)
    assert "m=8,t=2,p=1" in everything_stored(database)
    async with opened(database) as access:
        assert await access.sign_in("ada", GOOD, address=HERE)


async def test_what_was_tried_stands_in_the_audit_without_the_names_that_nobody_has(
    database: Database,
) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        await access.sign_in("ada", GOOD, address=HERE)
        await refused(access, "Ada", BETTER)
        await refused(access, "my-own-password", "")
        assert await told(access) == [
            (What.USER_ADDED, "ada", "done"),
            (What.SIGN_IN, "ada", "done"),
            (What.SIGN_IN_REFUSED, "ada", "refused"),
            (What.SIGN_IN_REFUSED, "", "refused"),
        ]
        assert {each.address for each in await entries(access)} == {HERE, "command line"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(exclude_categories=()), max_size=200),
    password=st.text(st.characters(exclude_categories=()), max_size=300),
    address=st.text(st.characters(exclude_categories=()), max_size=300),
)
async def test_whatever_is_typed_is_refused_by_a_sentence(
    database: Database, name: str, password: str, address: str
) -> None:
    async with opened(database) as access:
        assert str(await refused(access, name, password, address)) == WRONG
        assert access.person(password, address=address) is None
        assert access.still(name) is None
        assert access.bearer(password, address=address) is None
        await entries(access)
