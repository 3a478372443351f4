"""Users: who may change them, what is refused, and users of a provider."""

import pytest

from console.access.access import Access
from console.access.person import Person
from console.access.refusals import AccessRefused, SignInRefused, refusal
from console.access.roles import Role
from console.access.sessions import ENDED, Why
from console.access.users import Origin
from console.journal.databases import Database
from tests.console.access.desk import BETTER, GOOD, HERE, ROOT, listening, opened, told

OPERATOR = Person("oscar", Role.OPERATOR, HERE, "his")


async def test_a_console_without_users_has_none_and_one_with_users_keeps_saying_so(
    database: Database,
) -> None:
    async with opened(database) as access:
        assert not access.has_users
        assert not access.has_admin
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        assert access.has_users
        assert not access.has_admin
        await access.add_user("bob", Role.ADMIN, GOOD, by=ROOT)
        assert access.has_admin
    async with opened(database) as access:
        assert access.has_users
        assert [each.name for each in access.users()] == ["ada", "bob"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.HELPDESK, Role.OPERATOR])
async def test_only_an_admin_changes_users_and_tokens(database: Database, role: Role) -> None:
    by = Person("oscar", role, HERE, "his")
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        token, _ = await access.add_token("prom", ["metrics:read"], None, ROOT)
        said = [
            await refusal(doing)
            for doing in (
                access.add_user("eve", Role.ADMIN, GOOD, by=by),
                access.set_password("ada", BETTER, by=by),
                access.set_password("ada", BETTER, by=by, current=GOOD),
                access.set_role("ada", Role.ADMIN, by=by),
                access.disable("ada", by=by),
                access.enable("ada", by=by),
                access.add_token("mine", ["runners:read"], None, by),
                access.revoke_token(token.id, by),
            )
        ]
        assert said == [f"Your role, {role}, does not allow it: that takes admin."] * 8
        assert [(each.name, each.role, each.is_disabled) for each in access.users()] == [
            ("ada", Role.VIEWER, False)
        ]
        assert [each.is_revoked for each in access.tokens()] == [False]
        refused = [each for each in await told(access) if each[2] == "refused"]
        assert len(refused) == 8


async def test_everybody_changes_their_own_password_with_the_present_one(
    database: Database,
) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        ada = (await access.sign_in("ada", GOOD, address=HERE)).person
        with pytest.raises(AccessRefused, match="takes admin"):
            await access.set_password("ada", BETTER, by=ada)
        with pytest.raises(AccessRefused, match="present password is wrong"):
            await access.set_password("ada", BETTER, by=ada, current=BETTER)
        with pytest.raises(AccessRefused, match="at least 12"):
            await access.set_password("ada", "short", by=ada, current=GOOD)
        await access.set_password("ada", BETTER, by=ada, current=GOOD)
        assert access.still(ada.session) is None
        assert await access.sign_in("ada", BETTER, address=HERE)
        with pytest.raises(SignInRefused):
            await access.sign_in("ada", GOOD, address=HERE)


async def test_whoever_guesses_at_the_present_password_has_to_wait(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        ada = (await access.sign_in("ada", GOOD, address=HERE)).person
        said = [
            await refusal(access.set_password("ada", BETTER, by=ada, current=f"guess {number}"))
            for number in range(20)
        ]
        assert said[0] == "The present password is wrong."
        assert said[-1] == "Too many attempts. Try again in 2 s."
        waits = await refusal(access.set_password("ada", BETTER, by=ada, current=GOOD))
        assert waits.startswith("Too many attempts.")


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("", GOOD, "A user needs a name."),
        ("a\nb", GOOD, "A user's name has only characters that can be seen."),
        ("x" * 100_000, GOOD, "A user's name has at most 100 characters."),
        ("eve", "short", "A password has at least 12 characters."),
        ("eve", "x" * 100_000, "A password has at most 200 characters."),
        ("eve-the-admin", "eve-the-admin", "A password must not be the user's name."),
        ("ADA", GOOD, "There is a user “ADA” already."),
        ("ａｄａ", GOOD, "There is a user “ａｄａ” already."),
    ],
)
async def test_a_user_that_cannot_be_is_refused_with_the_reason(
    database: Database, name: str, password: str, told: str
) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        assert await refusal(access.add_user(name, Role.VIEWER, password, by=ROOT)) == told
        assert len(access.users()) == 1


@pytest.mark.parametrize("name", ["nobody", "", "a\0b\n\u202e", "x" * 100_000, "\ud800"])
async def test_a_user_that_there_is_not_is_said_to_be_none(database: Database, name: str) -> None:
    async with opened(database) as access:
        for doing in (
            access.set_password(name, GOOD, by=ROOT),
            access.set_role(name, Role.ADMIN, by=ROOT),
            access.disable(name, by=ROOT),
            access.enable(name, by=ROOT),
        ):
            said = await refusal(doing)
            assert said.startswith("There is no user “")
            assert said.isprintable()
            assert len(said) < 150
        await access.end_sessions_of(name, by=ROOT)


async def test_the_last_admin_stays(database: Database) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.ADMIN, GOOD, by=ROOT)
        await access.add_user("bob", Role.ADMIN, GOOD, by=ROOT)
        await access.disable("bob", by=ROOT)
        for doing in (
            access.disable("ada", by=ROOT),
            access.set_role("ada", Role.OPERATOR, by=ROOT),
        ):
            assert "only admin who can sign in" in await refusal(doing)
        await access.enable("bob", by=ROOT)
        await access.set_role("ada", Role.OPERATOR, by=ROOT)
        assert {each.role for each in access.users()} == {Role.OPERATOR, Role.ADMIN}


async def test_what_changes_nothing_ends_nothing_and_is_not_recorded(database: Database) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        await access.sign_in("ada", GOOD, address=HERE)
        ends = listening(access)
        await access.set_role("ada", Role.VIEWER, by=ROOT)
        await access.enable("ada", by=ROOT)
        assert ends == []
        assert [each[0] for each in await told(access)] == ["user-added", "sign-in"]


async def by_provider(access: Access, name: str, role: Role, way: str = "oidc") -> Person:
    signed_in = await access.sign_in_known(name, role, address=HERE, way=way)
    person = access.person(signed_in.secret, address=HERE)
    assert person == signed_in.person
    return person


async def test_a_provider_makes_a_user_and_says_the_role_anew_each_time(
    database: Database,
) -> None:
    async with opened(database) as access:
        ends = listening(access)
        viewer = await by_provider(access, "ada@example.com", Role.VIEWER)
        assert await by_provider(access, "ada@example.com", Role.VIEWER)
        operator = await by_provider(access, "Ada@example.com", Role.OPERATOR, "proxy")
        assert (operator.name, operator.role) == ("Ada@example.com", Role.OPERATOR)
        assert {why for _, why in ends} == {ENDED[Why.ROLE]}
        assert access.still(viewer.session) is None
        (user,) = access.users()
        assert (user.origin, user.role) == (Origin.PROXY, Role.OPERATOR)


async def test_a_user_of_a_provider_has_no_password_and_no_role_of_ours(
    database: Database,
) -> None:
    async with opened(database) as access:
        await by_provider(access, "ada", Role.ADMIN)
        for password in ("", GOOD):
            with pytest.raises(SignInRefused, match="name or the password is wrong"):
                await access.sign_in("ada", password, address=HERE)
        said = await refusal(access.set_password("ada", GOOD, by=ROOT))
        assert said == "“ada” signs in by oidc, which says what their password is."
        said = await refusal(access.set_role("ada", Role.VIEWER, by=ROOT))
        assert said == "“ada” signs in by oidc, which says what their role is."


async def test_a_provider_cannot_take_the_place_of_somebody_with_a_password(
    database: Database,
) -> None:
    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        with pytest.raises(SignInRefused, match="signs in with a password here"):
            await access.sign_in_known("ADA", Role.ADMIN, address=HERE, way="oidc")
        assert access.users()[0].role is Role.VIEWER
        assert access.sessions() == ()
        assert (await told(access))[-1] == ("sign-in-refused", "ADA", "refused")


async def test_whoever_is_disabled_here_stays_out_whatever_the_provider_says(
    database: Database,
) -> None:
    async with opened(database) as access:
        await by_provider(access, "ada", Role.OPERATOR)
        await access.disable("ada", by=ROOT)
        with pytest.raises(SignInRefused, match="disabled"):
            await access.sign_in_known("ada", Role.ADMIN, address=HERE, way="oidc")
        assert access.users()[0].role is Role.OPERATOR
        assert access.sessions() == ()


@pytest.mark.parametrize("name", ["", "a\nb", "\u202eada", "x" * 101])
async def test_a_name_from_a_provider_that_cannot_be_shown_is_refused(
    database: Database, name: str
) -> None:
    async with opened(database) as access:
        with pytest.raises(SignInRefused, match="user"):
            await access.sign_in_known(name, Role.ADMIN, address=HERE, way="proxy")
        assert access.users() == ()
