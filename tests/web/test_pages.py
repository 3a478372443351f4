"""Activity, audit and settings over HTTP: who may see them, what they say, and their files."""

import csv
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from console.access.access import Access
from console.access.audit import AuditQuery, What
from console.access.roles import Role
from console.access.sessions import SignIn
from console.api.http import httpx
from tests.web.rooms import LOCAL, PASSWORD, rooms
from web.access.cookies import PLAIN


@dataclass
class Visit:
    """A browser, and the users of the console."""

    client: httpx.AsyncClient
    access: Access

    async def sign_in(self, role: Role) -> SignIn:
        """As a user of this role; there is an admin, ada, as well."""
        name = "ada" if role is Role.ADMIN else str(role)
        known = [user.name for user in self.access.users()]
        for each, its_role in (("ada", Role.ADMIN), (name, role)):
            if each not in known:
                await self.access.add_user(each, its_role, PASSWORD, by=LOCAL)
                known.append(each)
        begun = await self.access.sign_in(name, PASSWORD, address="10.0.0.9")
        self.client.cookies.set(PLAIN, begun.secret)
        return begun


@pytest.fixture
async def visit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Visit]:
    async with rooms(tmp_path, monkeypatch) as opened:
        yield Visit(opened.client, opened.access)


async def test_where_nobody_signs_in_the_pages_say_so_and_how_to_switch_it_on(visit: Visit) -> None:
    page = (await visit.client.get("/settings")).text
    assert "Nobody signs in to this console" in page
    assert "maia-console users add NAME --role admin" in page
    assert "no sign-in" in page
    assert (await visit.client.get("/audit")).status_code == 200


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
async def test_pages_of_admins_refuse_others_and_tell_the_audit(visit: Visit, role: Role) -> None:
    await visit.sign_in(role)
    paths = ["/audit", *(f"/settings?section={each}" for each in ("users", "tokens", "sessions"))]
    paths += [
        "/settings?section=screens",
        "/settings?section=profiles",
        "/settings?section=notifications",
        "/audit.csv",
    ]
    for path in paths:
        answer = await visit.client.get(path)
        assert answer.status_code == 403, path
        assert f"This page is for admins. Your role is {role}." in answer.text
        assert "10.0.0.9" not in answer.text
    refused = await visit.access.audit(AuditQuery(what=What.REQUEST_REFUSED))
    assert len(refused.entries) == len(paths)
    assert "&quot;Audit&quot;" not in (await visit.client.get("/activity")).text


async def test_everybody_sees_their_own_account_and_what_their_role_may(visit: Visit) -> None:
    await visit.sign_in(Role.HELPDESK)
    page = (await visit.client.get("/settings?section=nonsense")).text
    assert "What a helpdesk may do" in page
    assert "takes an operator" in page
    assert "Change your password" in page


async def test_an_admin_sees_users_and_sign_ins_and_no_secret(visit: Visit) -> None:
    await visit.sign_in(Role.VIEWER)
    begun = await visit.sign_in(Role.ADMIN)
    _, secret = await visit.access.add_token("Grafana", ("metrics:read",), None, begun.person)
    users = (await visit.client.get("/settings?section=users")).text
    sessions = (await visit.client.get("/settings?section=sessions")).text
    tokens = (await visit.client.get("/settings?section=tokens")).text
    assert "Add a user" in users
    assert "10.0.0.9" in sessions
    assert "Grafana" in tokens
    for page in (users, sessions, tokens):
        assert secret not in page
        assert begun.secret not in page


async def test_the_audit_is_a_file_without_formulas_and_takes_the_filter(visit: Visit) -> None:
    begun = await visit.sign_in(Role.ADMIN)
    visit.access.note_of(begun.person, What.ACTION, '=HYPERLINK("x")', "Update")
    answer = await visit.client.get("/audit.csv?what=action")
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert [(row["who"], row["target"]) for row in rows] == [("ada", '\'=HYPERLINK("x")')]


async def test_whatever_an_address_says_the_page_stands(visit: Visit) -> None:
    for path in (
        "/audit?before=x&since=never&what=%00&outcome=odd",
        "/audit?before=999999999999999999",
        "/activity?outcome=odd&who=%3Cscript%3E",
        "/settings?section=%3Cb%3E",
    ):
        answer = await visit.client.get(path)
        assert answer.status_code == 200, path
        assert '<script>"' not in answer.text


async def test_what_was_done_is_a_page_and_a_file(visit: Visit) -> None:
    answer = await visit.client.get("/activity.csv?who=demo")
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert {row["who"] for row in rows} == {"demo"}
    assert {row["action"] for row in rows} == {"restart"}
    page = (await visit.client.get("/activity?who=demo")).text
    assert "activity.csv?who=demo" in page
    assert (await visit.client.get("/activity.csv?who=nobody")).text.count("\n") == 1
