"""The secret of a wall opens the wall and nothing else. Every route of the application is tried
with it, by every method, and every socket; an operator's events are sent again. Nothing happens."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from console.access.access import Access
from console.access.audit import AuditQuery
from console.access.opening import open_access
from console.access.person import Person
from console.access.roles import Role
from console.accounts import SessionRequest
from console.api.http import httpx
from console.journal.databases import Database
from console.session import Session, open_session
from tests.web.access.stage import answered
from web.access.cookies import PLAIN
from web.access.screen_door import OWN

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LOCAL = Person("root", Role.ADMIN, "127.0.0.1")
RUNNER = "legacy-eks"
PASSWORD = "a horse that no one knows"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
PAGE = {"accept": "text/html", "sec-fetch-mode": "navigate"}
SAME_SITE = {"origin": "http://localhost"}
POLLING = "/_nicegui_ws/socket.io/?EIO=4&transport=polling"

FOR_ALL = re.compile(r"/(static|_nicegui|sign-in|sign-out|first-admin|theme\.css|favicon\.ico)\b.*")
"""Scripts and styles, and the way in, which strangers get too."""

FOR_MACHINES = re.compile(r"/(healthz|readyz|metrics|api\b.*)")
"""They look for a token themselves, and tell a stranger nothing of the fleet."""


@dataclass
class House:
    app: ASGIApp
    routes: list[BaseRoute]
    session: Session
    access: Access
    screen: httpx.AsyncClient
    operator: httpx.AsyncClient

    async def state(self) -> tuple[object, ...]:
        """All that somebody who may act could have changed."""
        access, snapshot = self.access, self.session.store.snapshot
        assert self.session.executor is not None
        users = [(each.name, each.role, each.is_disabled) for each in access.users()]
        sessions = sorted(each.id for each in access.sessions())
        screens = [(each.id, each.options, each.is_revoked) for each in access.screens.all()]
        acted = (await access.audit(AuditQuery(what="action"))).entries
        fleet = snapshot.operations, snapshot.runners
        return users, sessions, screens, access.tokens(), acted, fleet


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[House]:
    monkeypatch.setenv("NICEGUI_STORAGE_PATH", str(tmp_path / "pages"))
    from nicegui.testing.general import nicegui_reset_globals

    from web.app import build_app

    with nicegui_reset_globals():
        async with AsyncExitStack() as stack:
            request = SessionRequest(demo=True, clock=lambda: NOW)
            session = await stack.enter_async_context(open_session(request))
            await session.store.refresh()
            access = await stack.enter_async_context(
                open_access(Database(tmp_path / "users.sqlite3"), clock=lambda: NOW, hasher=QUICK)
            )
            app = build_app(session, allowed_hosts=("localhost",), access=access)
            await stack.enter_async_context(app.router.lifespan_context(app))
            clients = [
                await stack.enter_async_context(
                    httpx.AsyncClient(
                        transport=httpx.ASGITransport(app=app), base_url="http://localhost"
                    )
                )
                for _ in range(2)
            ]
            made = House(app, list(app.routes), session, access, *clients)
            await access.add_user("ada", Role.ADMIN, PASSWORD, by=LOCAL)
            await access.add_user("otto", Role.OPERATOR, PASSWORD, by=LOCAL)
            begun = await access.sign_in("otto", PASSWORD, address="10.0.0.9")
            made.operator.cookies.set(PLAIN, begun.secret)
            await let_in(made)
            yield made
            app.state.end_streams()


async def let_in(house: House) -> None:
    page = await house.screen.get("/wall", headers=PAGE)
    code = "".join(re.findall(r"<b>(\w)</b>", page.text))
    await house.access.screens.add(code, "Lobby", {"size": "8", "theme": "light"}, by=LOCAL)
    assert (await house.screen.get("/wall", headers=PAGE)).status_code == 303
    assert house.screen.cookies[OWN]


def addresses(routes: Iterable[BaseRoute], before: str = "") -> Iterator[str]:
    """Every address that there is, with something in the place of each parameter."""
    for route in routes:
        path = before + re.sub(r"{\w+(:\w+)?}", "x", getattr(route, "path", ""))
        inner = getattr(route, "routes", None) if isinstance(route, Mount) else None
        if inner:
            yield from addresses(inner, path)
        yield path or "/"
        if isinstance(route, Mount):
            yield f"{path}/x"


def everything(house: House) -> list[str]:
    from nicegui import core

    found = {*addresses(house.routes), *addresses(core.app.routes)}
    found |= {"/", "/audit", "/settings?section=users", "/releases", "/api/runners", POLLING}
    return sorted(each.replace("//", "/") for each in found)


async def test_the_wall_is_shown_with_the_options_of_its_screen(house: House) -> None:
    page = await house.screen.get("/wall", headers=PAGE)
    assert page.status_code == 200
    assert 'data-theme="light"' in page.text
    assert "&quot;metres&quot;:8" in page.text
    over = await house.screen.get("/wall?size=3", headers=PAGE)
    assert "&quot;metres&quot;:3" in over.text


async def test_every_route_is_tried_by_every_method_and_only_the_wall_answers(
    house: House,
) -> None:
    paths, before = everything(house), await house.state()
    assert {"/rows", "/settings", "/activity.csv", "/audit.csv", "/api/x"} <= set(paths)
    assert len(paths) > 30
    secret = house.screen.cookies[OWN]
    sent = {"cookie": f"{OWN}={secret}; {PLAIN}={secret}", "authorization": f"Bearer {secret}"}
    opened = []
    for path in paths:
        if path == "/wall/events":
            continue
        for method in METHODS:
            for more in ({}, PAGE, SAME_SITE):
                answer = await house.screen.request(method, path, headers={**sent, **more})
                if is_let_in(path, answer):
                    opened.append((method, path))
    assert {path for _, path in opened} <= {"/wall", "/wall/code", "/wall/waiting"}
    assert {method for method, _ in opened} <= {"GET", "HEAD"}
    assert await house.state() == before


def is_let_in(path: str, answer: httpx.Response) -> bool:
    """Whether a wall got further than a stranger."""
    if FOR_ALL.fullmatch(path):
        return False
    if FOR_MACHINES.fullmatch(path):
        return RUNNER in answer.text or (path != "/healthz" and "maia_" in answer.text)
    leads_to_sign_in = answer.status_code == 303 and "/sign-in?" in answer.headers["location"]
    return answer.status_code not in (401, 403, 405) and not leads_to_sign_in


async def test_every_socket_is_closed_before_anybody_hears_of_it(house: House) -> None:
    before, secret = await house.state(), house.screen.cookies[OWN]
    cookie = f"{OWN}={secret}; {PLAIN}={secret}".encode()
    for path in everything(house):
        scope = {
            "type": "websocket",
            "path": path.partition("?")[0],
            "scheme": "ws",
            "query_string": b"EIO=4&transport=websocket",
            "client": ("10.0.0.8", 1),
            "headers": [(b"host", b"localhost"), (b"cookie", cookie)],
        }
        sent = await answered(house.app, scope)
        assert [message["type"] for message in sent] == ["websocket.close"], path
    assert await house.state() == before


async def test_an_operator_s_events_that_a_wall_sends_again_have_no_effect(house: House) -> None:
    page = (await house.operator.get("/", headers=PAGE)).text
    client_id = re.search(r"[\"']?client_id[\"']?: *[\"']([\w-]+)", page)
    assert client_id is not None
    begun = await house.operator.get(POLLING)
    sid = re.search(r'"sid":"([^"]+)"', begun.text)
    assert (begun.status_code, sid is not None) == (200, True)
    assert sid is not None
    before = await house.state()
    shake = f'42["handshake",{{"client_id":"{client_id[1]}","tab_id":"t","document_id":"d"}}]'
    event = f'42["event",{{"client_id":"{client_id[1]}","id":4,"listener_id":"x","args":["{{}}"]}}]'
    for packet in ("40", shake, event):
        for address in (POLLING, f"{POLLING}&sid={sid[1]}"):
            answer = await house.screen.post(address, content=packet, headers=SAME_SITE)
            assert answer.status_code == 401
    assert (await house.screen.get(f"{POLLING}&sid={sid[1]}")).status_code == 401
    assert await house.state() == before
    own = await house.operator.post(f"{POLLING}&sid={sid[1]}", content="40", headers=SAME_SITE)
    assert own.status_code == 200


def test_a_route_is_walked_however_deep_it_is_mounted() -> None:
    async def nothing(request: object) -> None: ...

    deep = Mount("/a", routes=[Mount("/b", routes=[Route("/{c:path}/d", nothing)])])
    assert set(addresses([deep])) == {"/a", "/a/x", "/a/b", "/a/b/x", "/a/b/x/d"}
