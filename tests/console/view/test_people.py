"""Users, sign-ins, tokens and rights as lists; forms and what is wrong with their answers."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.access.person import Person
from console.access.roles import Role
from console.access.sessions import SignedIn, Way
from console.access.tokens import Scope, Token
from console.access.users import Origin, User
from console.view.answers import LONGEST, Answers
from console.view.people import sessions_listing, tokens_listing, users_listing
from console.view.rights import what_a_role_may, what_each_role_may
from console.view.settings_page import ACCOUNT, SECTIONS, section_named, sections_for
from tests.console.fleets import NOW

ADA = Person("ada", Role.ADMIN, "10.0.0.1", "s1")
PASSWORD = "a horse that no one knows"


def user(name: str, **changes: object) -> User:
    values = {"role": Role.VIEWER, "origin": Origin.PASSWORD, "is_disabled": False, "made": NOW}
    return User(name, **(values | changes))  # type: ignore[arg-type]


def session(id: str, name: str) -> SignedIn:
    return SignedIn(id, name, Role.VIEWER, "10.0.0.2", "Firefox", Way.PASSWORD, NOW, NOW)


def deeds(listing: object, row: int) -> list[str]:
    return [deed.id for deed in listing.rows[row].deeds]  # type: ignore[attr-defined]


def test_nobody_takes_their_own_rights_away_and_a_provider_sets_those_of_its_users() -> None:
    users = (user("ada"), user("bo"), user("cy", origin=Origin.OIDC), user("dee", is_disabled=True))
    listing = users_listing(users, (session("s2", "bo"),), ADA)
    assert deeds(listing, 0) == []
    assert deeds(listing, 1) == ["user-role", "user-password", "user-end", "user-disable"]
    assert deeds(listing, 2) == ["user-disable"]
    assert deeds(listing, 3) == ["user-role", "user-password", "user-enable"]
    assert [row.cells[3].text for row in listing.rows] == [
        "enabled",
        "signed in",
        "enabled",
        "disabled",
    ]


def test_a_sign_in_that_is_this_one_is_marked_and_others_can_be_ended() -> None:
    signed_in = (session("s1", "ada"), session("s3", "ada"), session("s2", "bo"))
    listing = sessions_listing(signed_in, ADA, NOW, UTC, "Sign-ins")
    assert listing.rows[0].cells[-1].text == "this one"
    assert [deeds(listing, row) for row in range(3)] == [[], ["own-session-end"], ["session-end"]]


def test_a_token_says_what_it_is_for_until_when_and_whether_it_is_in_force() -> None:
    scopes = (Scope.METRICS,)
    tokens = (
        Token("1", "\x1b[31mred", scopes, "ada", NOW, NOW + timedelta(days=1), NOW),
        Token("2", "old", scopes, "ada", NOW, NOW),
        Token("3", "gone", scopes, "ada", NOW, is_revoked=True),
    )
    listing = tokens_listing(tokens, NOW, UTC)
    assert [row.cells[-1].text for row in listing.rows] == ["in force", "has ended", "revoked"]
    assert listing.rows[0].cells[0].text == "␛[31mred"
    assert [deeds(listing, row) for row in range(3)] == [["token-revoke"]] * 2 + [[]]


@pytest.mark.parametrize("role", Role)
def test_a_role_may_all_that_a_lesser_one_may(role: Role) -> None:
    yes = [row.cells[1].text == "yes" for row in what_a_role_may(role).rows]
    column = list(Role).index(role) + 1
    assert yes == [row.cells[column].text == "yes" for row in what_each_role_may().rows]
    counts = [sum(r.cells[n].text == "yes" for r in what_each_role_may().rows) for n in range(1, 5)]
    assert counts == sorted(counts)
    assert all(yes) is (role is Role.ADMIN)


def test_what_a_role_may_not_says_what_it_takes() -> None:
    said = {row.cells[0].text[:6]: row.cells[1].text for row in what_a_role_may(Role.VIEWER).rows}
    assert (said["Pause:"], said["Update"]) == ("takes a helpdesk", "takes an operator")


def test_others_than_admins_see_their_own_account_alone() -> None:
    assert sections_for(Person("bo", Role.OPERATOR)) == (ACCOUNT,)
    assert sections_for(ADA) == SECTIONS
    assert section_named("nonsense") == ACCOUNT


def test_right_answers_are_values() -> None:
    answers = Answers(
        {"name": "bo", "password": PASSWORD, "again": PASSWORD, "role": "operator"}
        | {"scopes": "metrics:read runners:read", "expires": "2030-01-31", "token": " Grafana "}
    )
    assert answers.new_name("name") == "bo"
    assert answers.new_password("password", "bo", again="again") == PASSWORD
    assert answers.role("role") is Role.OPERATOR
    assert answers.scopes("scopes") == (Scope.RUNNERS, Scope.METRICS)
    last = answers.last_day("expires", NOW, UTC)
    assert last is not None
    assert last.isoformat() == "2030-02-01T00:00:00+00:00"
    assert answers.last_day("nothing", NOW, UTC) is None
    assert answers.token_name("token") == "Grafana"
    assert answers.errors == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name", ""),
        ("name", "\x00"),
        ("name", "a" * (LONGEST + 1)),
        ("password", "short"),
        ("role", "root"),
        ("scopes", ""),
        ("scopes", "runners:read everything"),
        ("expires", "tomorrow"),
        ("expires", "9999-12-31"),
        ("expires", "2001-01-01"),
        ("token", ""),
        ("token", "a\nb"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(name: str, text: str) -> None:
    answers = Answers({name: text})
    read(answers, name)
    assert list(answers.errors) == [name]
    assert answers.errors[name].endswith(".")


def test_a_password_that_is_repeated_wrongly_is_told_where_it_is_repeated() -> None:
    answers = Answers({"password": PASSWORD, "again": "another"})
    answers.new_password("password", "bo", again="again")
    assert list(answers.errors) == ["again"]


@given(st.sampled_from(["name", "password", "role", "scopes", "expires", "token"]), st.text())
def test_no_answer_whatever_it_is_raises(name: str, text: str) -> None:
    read(Answers({name: text}), name)


def read(answers: Answers, name: str) -> None:
    readings = {
        "name": lambda: answers.new_name(name),
        "password": lambda: answers.new_password(name, "bo"),
        "role": lambda: answers.role(name),
        "scopes": lambda: answers.scopes(name),
        "expires": lambda: answers.last_day(name, NOW, UTC),
        "token": lambda: answers.token_name(name),
    }
    readings[name]()
