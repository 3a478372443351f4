"""The link that makes the first admin: once, within an hour, and only while there is none."""

import asyncio

import pytest

from console.access.refusals import AccessRefused, SignInRefused
from console.access.roles import Role
from console.journal.databases import Database
from tests.console.access.desk import BETTER, GOOD, HERE, ROOT, Clock, opened, told


async def test_it_makes_one_admin_who_is_signed_in_then(database: Database) -> None:
    async with opened(database) as access:
        secret = await access.invite_admin()
        signed_in = await access.accept_invitation(secret, "Ada", GOOD, address=HERE)
        person = access.person(signed_in.secret, address=HERE)
        assert person is not None
        assert (person.name, person.role) == ("Ada", Role.ADMIN)
        with pytest.raises(SignInRefused, match="has been used"):
            await access.accept_invitation(secret, "Eve", GOOD, address=HERE)
        assert [each.name for each in access.users()] == ["Ada"]
        assert (await told(access))[:3] == [
            ("admin-invited", "", "done"),
            ("user-added", "Ada", "done"),
            ("sign-in", "Ada", "done"),
        ]


async def test_two_who_use_it_at_once_make_one_admin(database: Database) -> None:
    async with opened(database) as one, opened(database) as other:
        secret = await one.invite_admin()
        answers = await asyncio.gather(
            one.accept_invitation(secret, "Ada", GOOD, address=HERE),
            other.accept_invitation(secret, "Eve", GOOD, address=HERE),
            return_exceptions=True,
        )
        await one.look()
        assert len(one.users()) == 1
    assert [isinstance(each, SignInRefused) for each in answers].count(True) == 1


async def test_it_holds_for_an_hour(database: Database) -> None:
    clock = Clock()
    async with opened(database, clock) as access:
        secret = await access.invite_admin()
        clock.move(hours=1)
        with pytest.raises(SignInRefused, match="too old"):
            await access.accept_invitation(secret, "Ada", GOOD, address=HERE)
        again = await access.invite_admin()
        clock.move(minutes=59)
        assert await access.accept_invitation(again, "Ada", GOOD, address=HERE)


async def test_a_new_one_ends_the_one_before(database: Database) -> None:
    async with opened(database) as access:
        old = await access.invite_admin()
        await access.invite_admin()
        with pytest.raises(SignInRefused, match="has been used"):
            await access.accept_invitation(old, "Ada", GOOD, address=HERE)


async def test_there_is_none_where_there_is_an_admin(database: Database) -> None:
    async with opened(database) as access:
        secret = await access.invite_admin()
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        with pytest.raises(AccessRefused, match="an admin already"):
            await access.invite_admin()
        with pytest.raises(SignInRefused, match="has been used"):
            await access.accept_invitation(secret, "Eve", GOOD, address=HERE)


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("", GOOD, "needs a name"),
        ("a\nb", GOOD, "can be seen"),
        ("Ada", "short", "at least 12"),
        ("viv", GOOD, "already"),
    ],
)
async def test_what_cannot_be_is_told_and_the_link_holds_on(
    database: Database, name: str, password: str, told: str
) -> None:
    async with opened(database) as access:
        await access.add_user("viv", Role.VIEWER, BETTER, by=ROOT)
        secret = await access.invite_admin()
        with pytest.raises(SignInRefused, match=told):
            await access.accept_invitation(secret, name, password, address=HERE)
        assert await access.accept_invitation(secret, "Ada", GOOD, address=HERE)


@pytest.mark.parametrize("secret", ["", "nonsense", "\0", "\ud800", "x" * 100_000])
async def test_a_made_up_one_is_refused_and_guessing_costs_waits(
    database: Database, secret: str
) -> None:
    async with opened(database) as access:
        await access.invite_admin()
        said = []
        for _ in range(30):
            with pytest.raises(SignInRefused) as caught:
                await access.accept_invitation(secret, "Ada", GOOD, address=HERE)
            said.append(str(caught.value))
        assert said[0].startswith("This link has been used")
        assert said[-1].startswith("Too many attempts")
        assert access.users() == ()
