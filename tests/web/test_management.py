"""What the settings page may change, on a real database of users: each time anew by who asks."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from console.access.access import Access
from console.access.audit import AuditQuery, Outcome, What
from console.access.opening import open_access
from console.access.person import Person
from console.access.roles import Role
from console.accounts import SessionRequest
from console.journal.databases import Database
from console.session import Session, open_session
from web.deeds import Answer, Sent
from web.management import Management
from web.pages.settings import sent_from
from web.seat import Seat

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PASSWORD = "a horse that no one knows"
ANOTHER = "the battery of a staple gun"
LOCAL = Person("root", Role.ADMIN, "127.0.0.1")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True)
class House:
    """A console with an admin, ada, and a viewer, vi; who can sit down at the settings page."""

    session: Session
    access: Access

    async def sit(self, name: str) -> tuple[Person, Management]:
        signed_in = await self.access.sign_in(name, PASSWORD, address="10.0.0.1")
        return signed_in.person, self.at(signed_in.person)

    def at(self, person: Person) -> Management:
        return Management(Seat(self.session, person, self.access), self.access, UTC)

    def names(self) -> list[str]:
        return [user.name for user in self.access.users()]

    async def refusals(self) -> list[tuple[str, str]]:
        page = await self.access.audit(AuditQuery(outcome=Outcome.REFUSED))
        return [(entry.who, entry.what) for entry in page.entries]


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            open_session(SessionRequest(demo=True, clock=lambda: NOW, polls=False))
        )
        access = await stack.enter_async_context(
            open_access(Database(tmp_path / "users.sqlite3"), clock=lambda: NOW, hasher=QUICK)
        )
        yield House(session, access)


@pytest.fixture
async def house(empty: House) -> House:
    await empty.access.add_user("ada", Role.ADMIN, PASSWORD, by=LOCAL)
    await empty.access.add_user("vi", Role.VIEWER, PASSWORD, by=LOCAL)
    return empty


def sent(form: str, key: str = "", **answers: str) -> Sent:
    return Sent(form, key, answers)


NEW = sent("user-add", name="bo", role="operator", password=PASSWORD)
TOKEN = sent("token-add", name="Grafana", scopes="metrics:read", expires="2030-01-01")

FOR_ADMINS = (
    NEW,
    TOKEN,
    sent("user-role", "vi", role="admin"),
    sent("user-password", "ada", password=ANOTHER),
    sent("user-disable", "ada"),
    sent("user-end", "ada"),
    sent("session-end", "1"),
    sent("token-revoke", "1"),
    sent("screen-add", code="CCCCCC", name="Lobby"),
    sent("screen-set", "1", options="size=8"),
    sent("screen-revoke", "1"),
    sent("screen-remove", "1"),
)
WRONG = (
    (sent("user-add", name="", role="viewer", password=PASSWORD), "name"),
    (sent("user-add", name="bo", role="root", password=PASSWORD), "role"),
    (sent("user-add", name="bo", role="viewer", password="short"), "password"),
    (sent("user-add", name="b" * 100_000, role="viewer", password=PASSWORD), "name"),
    (sent("user-add"), "name"),
    (sent("user-role", "nobody", role="viewer"), "role"),
    (sent("user-role", "ada", role="viewer"), "role"),
    (sent("user-password", "vi", password="password1234"), "password"),
    (sent("user-disable", "nobody"), ""),
    (sent("user-disable", "ada"), ""),
    (sent("session-end", "no such"), ""),
    (sent("token-add", name="", scopes="metrics:read"), "name"),
    (sent("token-add", name="x", scopes="everything"), "scopes"),
    (sent("token-add", name="x", scopes="metrics:read", expires="2001-01-01"), "expires"),
    (sent("token-revoke", "no such"), ""),
    (sent("screen-add", code="CCCCCC", name="Lobby"), "code"),
    (sent("screen-add", code="C" * 100_000, name="Lobby"), "code"),
    (sent("screen-add", code="CCCCCC", name="\x00"), "name"),
    (sent("screen-add", code="CCCCCC", name="Lobby", options="size=9"), "options"),
    (sent("screen-add"), "name"),
    (sent("screen-set", "no such", name="Lobby", options="size=8"), "options"),
    (sent("screen-set", "no such", name="Lobby", options="x"), "options"),
    (sent("screen-set", "no such", options="size=8"), "name"),
    (sent("screen-revoke", "no such"), ""),
    (sent("screen-remove", "\x00"), ""),
    (sent("no-such-form"), ""),
    (sent("own-password", old="wrong", password=ANOTHER, again=ANOTHER), "old"),
    (sent("own-password", old=PASSWORD, password=ANOTHER, again="other"), "again"),
)


async def test_an_admin_adds_a_user_who_can_then_sign_in(house: House) -> None:
    _, management = await house.sit("ada")
    assert await management.send(NEW) == Answer(said="bo was added.")
    person, _ = await house.sit("bo")
    assert person.role is Role.OPERATOR
    again = await management.send(NEW)
    assert "already" in again.errors["name"]


async def test_what_a_viewer_sends_changes_nothing_and_is_told_to_the_audit(house: House) -> None:
    _, management = await house.sit("vi")
    for form in FOR_ADMINS:
        answer = await management.send(form)
        assert answer == Answer({"": "This page is for admins. Your role is viewer."}), form.form
    assert (house.names(), house.access.tokens()) == (["ada", "vi"], ())
    assert {user.name: user.role for user in house.access.users()}["vi"] is Role.VIEWER
    assert await house.refusals() == [("vi", What.REQUEST_REFUSED)] * len(FOR_ADMINS)


async def test_somebody_whose_sign_in_has_ended_changes_nothing(house: House) -> None:
    person, management = await house.sit("ada")
    await house.access.sign_out(person.session)
    assert "" in (await management.send(NEW)).errors
    assert house.names() == ["ada", "vi"]


async def test_somebody_whose_role_was_taken_changes_nothing(house: House) -> None:
    await house.access.add_user("eve", Role.ADMIN, PASSWORD, by=LOCAL)
    _, management = await house.sit("eve")
    await house.access.set_role("eve", Role.VIEWER, by=LOCAL)
    assert "" in (await management.send(NEW)).errors
    assert "bo" not in house.names()


async def test_what_is_wrong_is_told_at_its_field_and_changes_nothing(house: House) -> None:
    _, management = await house.sit("ada")
    before = [(user.name, user.role, user.is_disabled) for user in house.access.users()]
    for form, field in WRONG:
        answer = await management.send(form)
        assert field in answer.errors, form
        assert (answer.said, answer.secret) == ("", "")
    after = [(user.name, user.role, user.is_disabled) for user in house.access.users()]
    assert (after, house.access.tokens()) == (before, ())


async def test_a_token_is_told_once_and_no_longer_good_once_revoked(house: House) -> None:
    _, management = await house.sit("ada")
    answer = await management.send(TOKEN)
    assert answer.secret not in repr(answer)
    token = house.access.bearer(answer.secret, address="10.0.0.9")
    assert token is not None
    assert token.expires == datetime(2030, 1, 2, tzinfo=UTC)
    await management.send(sent("token-revoke", token.id))
    assert house.access.bearer(answer.secret, address="10.0.0.9") is None


async def test_an_admin_lets_a_screen_in_sets_it_switches_it_off_and_removes_it(
    house: House,
) -> None:
    person, management = await house.sit("ada")
    desk = house.access.screens
    waiting, secret = desk.ask(address="10.0.0.7")
    form = sent("screen-add", code=waiting.code, name=" Lobby ", options="?size=8")
    answer = await management.send(form)
    assert answer == Answer(said="The screen Lobby was let in. It shows the wall within seconds.")
    opened = await desk.open(secret, address="10.0.0.7")
    assert opened is not None
    assert (opened[0].name, opened[0].by, opened[0].options) == ("Lobby", "ada", {"size": "8"})
    taken, _ = desk.ask(address="10.0.0.7")
    again = await management.send(sent("screen-add", code=taken.code, name="lobby"))
    assert "already" in again.errors["name"]
    await desk.expect("Kitchen", by=person)
    for name, error in (("kitchen", "name"), ("Hall", None)):
        form = sent("screen-set", opened[0].id, name=name, options="size=3")
        assert next(iter((await management.send(form)).errors), None) == error
    assert [(each.name, each.options) for each in desk.all()] == [
        ("Hall", {"size": "3"}),
        ("Kitchen", {}),
    ]
    for doing in ("screen-set", "screen-revoke", "screen-remove"):
        assert (await management.send(sent(doing, opened[0].id, name="Hall"))).errors == {}
    assert [each.name for each in desk.all()] == ["Kitchen"]


async def test_the_own_password_takes_the_present_one_and_ends_all_sign_ins(house: House) -> None:
    person, management = await house.sit("vi")
    form = sent("own-password", old=PASSWORD, password=ANOTHER, again=ANOTHER)
    assert (await management.send(form)).errors == {}
    assert house.access.still(person.session) is None
    assert (await house.access.sign_in("vi", ANOTHER, address="10.0.0.1")).person.name == "vi"


async def test_anybody_ends_their_own_sign_ins_and_nobody_elses(house: House) -> None:
    mine, management = await house.sit("vi")
    other, _ = await house.sit("vi")
    adas, _ = await house.sit("ada")
    assert (await management.send(sent("own-session-end", adas.session))).errors
    await management.send(sent("own-others-end"))
    assert house.access.still(adas.session) is not None
    assert house.access.still(mine.session) is not None
    assert house.access.still(other.session) is None


async def test_a_disabled_user_is_out_at_once_and_in_again_once_enabled(house: House) -> None:
    _, management = await house.sit("ada")
    person, _ = await house.sit("vi")
    await management.send(sent("user-disable", "vi"))
    assert house.access.still(person.session) is None
    await management.send(sent("user-enable", "vi"))
    await house.sit("vi")


async def test_the_first_user_is_an_admin_and_then_everybody_signs_in(empty: House) -> None:
    management = empty.at(LOCAL)
    first = await management.send(NEW)
    assert first.errors == {
        "role": "The first user has to be an admin, who can then add the others."
    }
    await management.send(sent("user-add", name="ada", role="admin", password=PASSWORD))
    assert empty.names() == ["ada"]
    assert "" in (await management.send(NEW)).errors


@pytest.mark.parametrize(
    "odd",
    [
        None,
        1,
        "x",
        [],
        {},
        {"form": "user-add"},
        {"form": 1, "key": "", "answers": {}},
        {"form": "x", "key": "", "answers": {"a": 1}},
        {"form": "x", "key": "", "answers": []},
    ],
)
def test_what_is_no_form_is_none(odd: object) -> None:
    assert sent_from(odd) is None
