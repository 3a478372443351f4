"""Nobody gets past the gate who is not signed in, and those who do are who they are."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from console.access.roles import Role
from tests.web.access.stage import ADDRESS, HOST, ORIGIN, PAGE, PASSWORD, START, answered, staged
from web.access.cookies import PLAIN, SECURE

INNER = ("/", "/rows", "/activity.csv", "/releases.ics", "/settings", "/wall/x", "/wall/code")
SLY = (
    "//sign-in",
    "/sign-in-not",
    "/Sign-in",
    "/static",
    "/staticx",
    "/first-admin/x",
    "/sign-outx",
    "/_nicegui_ws/socket.io/?EIO=4&transport=polling",
    "/metricsx",
    "/apix",
    "/theme.css/x",
)


async def test_a_stranger_gets_nothing_but_the_way_to_the_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        for path in (*INNER, *SLY):
            page = await browser.get(path, headers=PAGE)
            assert page.status_code == 303, path
            assert page.headers["location"].startswith("/sign-in?next=/"), path
            assert "set-cookie" not in page.headers
            for headers in ({}, {"accept": "text/html", "sec-fetch-mode": "cors"}):
                plain = await browser.get(path, headers=headers)
                assert plain.status_code == 401, path
                assert plain.text == "Sign in first.\n"
            assert (await browser.post(path, headers=ORIGIN)).status_code == 401
        for path in ("/_nicegui/x", "/static/x", "/theme.css", "/sign-in/oidc", "/sign-in/x"):
            assert (await browser.post(path, headers=ORIGIN)).status_code == 401
        for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
            assert (await browser.request(method, "/sign-in")).status_code == 401
        assert await stage.state() == ([], [], ())


async def test_a_stranger_s_websocket_is_closed_before_the_application_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage:
        scope = {
            "type": "websocket",
            "path": "/_nicegui_ws/socket.io/",
            "scheme": "ws",
            "query_string": b"EIO=4",
            "client": (ADDRESS, 1),
            "headers": [(b"host", HOST.encode()), (b"origin", f"http://{HOST}".encode())],
        }
        sent = await answered(stage.app, scope)
    assert [message["type"] for message in sent] == ["websocket.close"]


COOKIES = (
    "",
    "x" * 10_000,
    "0" * 43,
    "' or 1=1 --------------",
    "a" * 43 + "; maia-console=" + "b" * 43,
    "%00%0d%0aset-cookie: x=y",
    '"quoted"',
    "ä" * 20,
    "../../../../etc/passwd",
)


async def test_no_cookie_but_that_of_a_session_opens_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        assert (await stage.sign_in(browser)).status_code == 303
        secret = browser.cookies[PLAIN]
        assert (await browser.get("/rows")).json()["name"] == "bea"
        browser.cookies.clear()
        before = await stage.state()
        sent = [f"{name}={value}" for name in (PLAIN, SECURE) for value in COOKIES]
        sent += [f"{PLAIN}={secret}x", f"{SECURE}={secret}", f"{PLAIN}={secret}; {PLAIN}=x", ";;="]
        for cookie in sent:
            answer = await browser.get("/rows", headers={"cookie": cookie.encode()})
            assert answer.status_code == 401, cookie
        answer = await browser.get("/rows", headers={"cookie": f"a=b; {PLAIN}={secret}; c"})
        assert answer.json()["name"] == "bea"
        assert await stage.state() == before


async def test_who_is_signed_in_is_known_with_role_and_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user("vic", Role.VIEWER)
        await stage.sign_in(browser, "vic")
        told = (await browser.get("/rows")).json()
        assert (told["name"], told["role"], told["address"]) == ("vic", "viewer", ADDRESS)


async def test_on_loopback_nobody_signs_in_until_there_is_a_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, host="127.0.0.1") as stage, stage.browser() as browser:
        told = (await browser.get("/rows")).json()
        assert told["role"] == "admin"
        assert told["name"]
        assert (await browser.get("/sign-in")).headers["location"] == "/"
        await stage.add_user("ada", Role.ADMIN)
        assert (await browser.get("/rows")).status_code == 401


@pytest.mark.parametrize(
    "settings",
    [
        {"host": "127.0.0.1", "sign_in": True},
        {"host": "::"},
        {"host": "10.0.0.5"},
        {
            "host": "127.0.0.1",
            "proxies": "127.0.0.1",
            "user_header": "X-Remote-User",
            "default_role": "viewer",
        },
    ],
)
async def test_elsewhere_and_where_it_is_asked_for_everybody_signs_in(
    settings: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, **settings) as stage, stage.browser() as browser:
        assert (await browser.get("/rows")).status_code == 401


async def test_the_cookie_keeps_to_tls_where_there_is_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage:
        await stage.add_user()
        async with stage.browser(scheme="https") as secure, stage.browser() as plain:
            kept = (await stage.sign_in(secure)).headers["set-cookie"]
            assert kept.startswith(f"{SECURE}=")
            assert "; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure" in kept
            assert (await secure.get("/rows")).json()["name"] == "bea"
            open_kept = (await stage.sign_in(plain)).headers["set-cookie"]
            assert open_kept.startswith(f"{PLAIN}=")
            assert open_kept.endswith("; HttpOnly; SameSite=Lax")


async def test_a_session_ends_when_it_is_idle_and_after_its_longest_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, idle_minutes=30, session_hours=2) as stage:
        await stage.add_user()
        async with stage.browser() as idle, stage.browser() as busy:
            await stage.sign_in(idle)
            await stage.sign_in(busy)
            for _ in range(4):
                stage.pass_time(timedelta(minutes=29))
                assert (await busy.get("/rows")).status_code == 200
            assert (await idle.get("/rows")).status_code == 401
            page = await idle.get("/sign-in")
            assert "Your session has ended." in page.text
            stage.now[0] = START + timedelta(hours=2)
            assert (await busy.get("/rows")).status_code == 401


@pytest.mark.parametrize("path", ["/_nicegui_ws/socket.io/?transport=polling", "/sign-in"])
async def test_what_an_open_page_asks_by_itself_keeps_no_session_alive(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, idle_minutes=30) as stage, stage.browser() as browser:
        await stage.add_user()
        await stage.sign_in(browser)
        stage.pass_time(timedelta(minutes=29))
        assert (await browser.get(path)).status_code in (200, 303)
        stage.pass_time(timedelta(minutes=1))
        assert (await browser.get("/rows")).status_code == 401


async def test_health_and_the_machines_addresses_answer_for_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        for path in ("/healthz", "/readyz", "/metrics", "/api/runners"):
            assert (await browser.get(path)).json()["name"] == "", path
        await stage.sign_in(browser)
        assert (await browser.get("/api/runners")).json()["name"] == "bea"


async def test_passwords_and_secrets_are_in_no_answer_and_in_no_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        wrong = await stage.sign_in(browser, password="not the password at all")
        right = await stage.sign_in(browser)
        told = wrong.text + right.text + repr(await stage.noted("sign-in", "sign-in-refused"))
        assert "sign-in-refused" in told
        assert "not the password" not in told
        assert PASSWORD not in told
        assert browser.cookies[PLAIN] not in told


async def test_a_stream_ends_at_once_with_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        await stage.sign_in(browser)
        cookie = f"{PLAIN}={browser.cookies[PLAIN]}".encode()
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/wall/events",
            "query_string": b"endless",
            "scheme": "http",
            "client": (ADDRESS, 1),
            "headers": [(b"host", HOST.encode()), (b"cookie", cookie)],
        }
        streaming = asyncio.create_task(answered(stage.app, scope))
        await asyncio.sleep(0.05)
        assert not streaming.done()
        (session,) = stage.access.sessions()
        await stage.access.sign_out(session.id)
        sent = await asyncio.wait_for(streaming, 5)
    assert sent[0]["status"] == 200
    assert len(sent) > 2
    assert (sent[-1]["body"], sent[-1]["more_body"]) == (b"", False)


async def test_another_site_s_requests_are_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await browser.get("/rows%1b", headers={"origin": "http://evil.example"})
        await browser.get("/_nicegui_ws/socket.io/", headers={"host": "evil.example"})
        noted = await stage.noted("request-refused", "socket-refused")
    assert {(each.what, each.who, each.role, each.address) for each in noted} == {
        ("request-refused", "", "", ADDRESS),
        ("socket-refused", "", "", ADDRESS),
    }
    assert all(each.target.isprintable() for each in noted)
