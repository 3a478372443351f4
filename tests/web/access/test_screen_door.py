"""A wall that nobody is signed in to shows a code, and once it was let in the wall, and no more."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from console.access.roles import Role
from console.access.screens import Screen
from console.api.http import httpx
from tests.web.access.stage import ADDRESS, HOST, LOCAL, ORIGIN, PAGE, Stage, answered, staged
from tests.web.access.test_gate import COOKIES, INNER, SLY
from web.access.screen_door import ASKED, OWN, SECURE
from web.access.streams import Streams

ELSEWHERE = "198.51.100.9"
STREAM = {"accept": "text/event-stream"}
METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async with staged(tmp_path, monkeypatch) as made:
        await made.add_user("ada", Role.ADMIN)
        yield made


def code_in(page: httpx.Response) -> str:
    return "".join(re.findall(r"<b>(\w)</b>", page.text))


def spoil(folder: Path) -> dict[Path, bytes]:
    """Puts a folder in the place of the database; what there was."""
    kept = {file: file.read_bytes() for file in folder.glob("users.sqlite3*")}
    for file in kept:
        file.unlink()
    (folder / "users.sqlite3").mkdir()
    return kept


async def let_in(stage: Stage, kiosk: httpx.AsyncClient, name: str = "Lobby") -> Screen:
    page = await kiosk.get("/wall", headers=PAGE)
    screen = await stage.access.screens.add(code_in(page), name, {"size": "8"}, by=LOCAL)
    assert (await kiosk.get("/wall?size=3", headers=PAGE)).status_code == 303
    return screen


async def test_a_wall_that_nobody_is_signed_in_to_shows_a_code_and_keeps_it(stage: Stage) -> None:
    async with stage.browser() as kiosk:
        page = await kiosk.get("/wall", headers=PAGE)
        assert (page.status_code, len(code_in(page))) == (200, 6)
        policy = page.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "form-action 'none'" in policy
        assert "style=" not in page.text
        assert not re.findall(r"<script(?! src=)", page.text)
        again = await kiosk.get("/wall", headers=PAGE)
        assert code_in(again) == code_in(page)
        assert "set-cookie" not in again.headers
        told = (await kiosk.get("/wall/waiting")).json()
        assert (told["state"], told["code"], told["seconds"]) == ("code", code_in(page), 600)
        stage.pass_time(timedelta(minutes=10))
        renewed = (await kiosk.get("/wall/waiting")).json()
        assert renewed["state"] == "code"
        assert renewed["code"] != code_in(page)
        assert [each.address for each in await stage.noted("screen-asked")] == [ADDRESS]


async def test_a_screen_that_was_let_in_gets_a_secret_of_its_own_and_then_the_wall(
    stage: Stage,
) -> None:
    async with stage.browser() as kiosk:
        page = await kiosk.get("/wall", headers=PAGE)
        asked = kiosk.cookies[ASKED]
        await stage.access.screens.add(code_in(page), "Lobby", by=LOCAL)
        assert (await kiosk.get("/wall/waiting")).json()["state"] == "in"
        opened = await kiosk.get("/wall?size=3", headers=PAGE)
        assert (opened.status_code, opened.headers["location"]) == (303, "/wall?size=3")
        assert ASKED not in kiosk.cookies
        secret = kiosk.cookies[OWN]
        assert secret != asked
        wall = await kiosk.get("/wall?size=3", headers=PAGE)
        assert wall.json()["path"] == "/wall"
        assert wall.json()["name"] == ""
        assert wall.headers["set-cookie"] == (
            f"{OWN}={secret}; Path=/wall; Max-Age=34560000; HttpOnly; SameSite=Strict"
        )
        assert (await kiosk.get("/wall/code")).json()["path"] == "/wall/code"
        assert (await kiosk.get("/wall/waiting")).json()["state"] == "in"
        seen = stage.access.screens.all()[0]
        assert (seen.address, seen.version) == (ADDRESS, "0.1.0")


async def test_a_code_that_was_seen_is_worth_nothing_to_another_browser(stage: Stage) -> None:
    async with stage.browser() as kiosk, stage.browser(ELSEWHERE) as thief:
        page = await kiosk.get("/wall", headers=PAGE)
        code = code_in(page)
        await stage.access.screens.add(code, "Lobby", by=LOCAL)
        for cookie in ("", f"{ASKED}={code}", f"{OWN}={code}", f"{ASKED}={code * 8}"):
            answer = await thief.get("/wall", headers={**PAGE, "cookie": cookie})
            assert answer.status_code == 200
            assert code_in(answer) != code
        assert (await thief.get("/wall/waiting")).json()["state"] == "code"
        await kiosk.get("/wall", headers=PAGE)
        assert (await kiosk.get("/wall", headers=PAGE)).json()["path"] == "/wall"


async def test_the_secret_that_was_waited_with_opens_nothing(stage: Stage) -> None:
    async with stage.browser() as kiosk, stage.browser(ELSEWHERE) as thief:
        page = await kiosk.get("/wall", headers=PAGE)
        asked = kiosk.cookies[ASKED]
        await stage.access.screens.add(code_in(page), "Lobby", by=LOCAL)
        await kiosk.get("/wall", headers=PAGE)
        for cookie in (f"{ASKED}={asked}", f"{OWN}={asked}"):
            answer = await thief.get("/wall", headers={**PAGE, "cookie": cookie})
            assert len(code_in(answer)) == 6


async def test_a_screen_s_secret_opens_no_other_address_method_or_socket(stage: Stage) -> None:
    async with stage.browser() as kiosk:
        await let_in(stage, kiosk)
        secret, before = kiosk.cookies[OWN], await stage.state()
        names = (OWN, ASKED, "maia-console", "__Host-maia-console")
        cookie = {"cookie": "; ".join(f"{name}={secret}" for name in names)}
        bearer = {"authorization": f"Bearer {secret}", **cookie}
        others = [each for each in (*INNER, *SLY) if not each.startswith("/wall/")]
        for path in (
            *others,
            "/wallx",
            "/wall%2f..%2frows",
            "/Wall",
            "//wall",
            "/wall/",
            "/wall/x",
            "/wall/abc/wall.js",
        ):
            for headers in (cookie, bearer, {**PAGE, **cookie}):
                answer = await kiosk.get(path, headers=headers)
                assert answer.status_code in (303, 401), path
                assert answer.headers.get("location", "/sign-in").startswith("/sign-in"), path
        for path in ("/wall", "/wall/events", "/wall/code", "/rows", "/"):
            for method in METHODS:
                answer = await kiosk.request(method, path, headers={**ORIGIN, **cookie})
                assert answer.status_code == 401, (method, path)
        for path in ("/wall", "/wall/events", "/_nicegui_ws/socket.io/"):
            scope = {
                "type": "websocket",
                "path": path,
                "scheme": "ws",
                "query_string": b"EIO=4",
                "client": (ADDRESS, 1),
                "headers": [(b"host", HOST.encode()), (b"cookie", cookie["cookie"].encode())],
            }
            sent = await answered(stage.app, scope)
            assert [message["type"] for message in sent] == ["websocket.close"]
        assert await stage.state() == before


async def test_a_revoked_screen_says_so_and_shows_nothing(stage: Stage) -> None:
    async with stage.browser() as kiosk:
        screen = await let_in(stage, kiosk)
        await stage.access.screens.revoke(screen.id, by=LOCAL)
        page = await kiosk.get("/wall", headers=PAGE)
        assert page.status_code == 403
        assert "This screen was switched off" in page.text
        assert code_in(page) == ""
        stream = await kiosk.get("/wall/events", headers=STREAM)
        assert re.fullmatch(r'event: hello\ndata: {"build": "\w+"}\n\n', stream.text)
        for path in ("/wall/events", "/wall/code"):
            answer = await kiosk.get(path)
            assert (answer.status_code, "switched off" in answer.text) == (403, True)
        assert (await kiosk.get("/wall/waiting")).json()["state"] == "off"
        await stage.access.screens.remove(screen.id, by=LOCAL)
        assert (await kiosk.get("/wall/waiting")).json()["state"] == "none"
        assert len(code_in(await kiosk.get("/wall", headers=PAGE))) == 6


async def test_the_stream_of_a_screen_ends_at_once_when_it_is_switched_off_or_set(
    stage: Stage,
) -> None:
    async with stage.browser() as kiosk:
        screen = await let_in(stage, kiosk)
        for doing, last in (
            (stage.access.screens.set(screen.id, options={}, by=LOCAL), rb"hello\ndata: {.*}"),
            (
                stage.access.screens.revoke(screen.id, by=LOCAL),
                rb'notice\ndata: "This screen was switched off by an admin."',
            ),
        ):
            reading = asyncio.create_task(kiosk.get("/wall/events?endless=", headers=STREAM))
            await asyncio.sleep(0.05)
            assert not reading.done()
            await doing
            told = (await asyncio.wait_for(reading, 2)).content
            assert re.search(b"event: " + last + rb"\n\n$", told)


async def test_without_an_admin_or_a_database_the_page_says_so_and_shows_no_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as kiosk:
        page = await kiosk.get("/wall", headers=PAGE)
        assert "the console has no admin" in page.text
        assert (code_in(page), "set-cookie" in page.headers) == ("", False)
        assert (await kiosk.get("/wall/waiting")).json()["state"] == "out"
        await stage.add_user("ada", Role.ADMIN)
        assert (await kiosk.get("/wall/waiting")).json()["state"] == "none"
        await let_in(stage, kiosk)
        spoil(tmp_path)
        await stage.access.look()
        async with stage.browser(ELSEWHERE) as other:
            page = await other.get("/wall", headers=PAGE)
            assert "The database of users is unavailable" in page.text
            told = (await other.get("/wall/waiting")).json()
            assert told["note"].startswith("The database of users is unavailable")
        assert (await kiosk.get("/wall", headers=PAGE)).json()["path"] == "/wall"


async def test_a_database_that_fails_as_a_screen_comes_in_is_told_and_it_comes_later(
    tmp_path: Path, stage: Stage
) -> None:
    async with stage.browser() as kiosk:
        page = await kiosk.get("/wall", headers=PAGE)
        await stage.access.screens.add(code_in(page), "Lobby", by=LOCAL)
        kept = spoil(tmp_path)
        told = await kiosk.get("/wall", headers=PAGE)
        assert "The database of users is unavailable" in told.text
        (tmp_path / "users.sqlite3").rmdir()
        for file, content in kept.items():
            file.write_bytes(content)
        assert (await kiosk.get("/wall", headers=PAGE)).status_code == 303


async def test_only_a_page_that_a_browser_opens_makes_a_code(stage: Stage) -> None:
    async with stage.browser() as kiosk:
        for headers in ({}, {"accept": "text/html", "sec-fetch-mode": "cors"}, STREAM):
            assert (await kiosk.get("/wall", headers=headers)).status_code == 401
        assert (await kiosk.head("/wall", headers=PAGE)).status_code == 303
        assert (await kiosk.get("/wall/waiting")).json()["state"] == "none"
        assert stage.access.screens.all_waiting() == ()


async def test_too_many_codes_of_one_address_are_refused_in_a_sentence(stage: Stage) -> None:
    for _ in range(10):
        async with stage.browser() as kiosk:
            assert len(code_in(await kiosk.get("/wall", headers=PAGE))) == 6
    async with stage.browser() as kiosk, stage.browser(ELSEWHERE) as other:
        page = await kiosk.get("/wall", headers=PAGE)
        assert "Too many screens wait" in page.text
        assert (code_in(page), 'data-retry="60"' in page.text) == ("", True)
        assert len(code_in(await other.get("/wall", headers=PAGE))) == 6


async def test_a_person_looks_at_the_wall_as_that_person(stage: Stage) -> None:
    async with stage.browser() as browser:
        await stage.sign_in(browser, "ada")
        wall = await browser.get("/wall", headers=PAGE)
        assert wall.json()["name"] == "ada"
        assert "set-cookie" not in wall.headers
        assert (await browser.get("/wall/waiting")).json()["state"] == "in"


async def test_where_nobody_signs_in_the_wall_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        staged(tmp_path, monkeypatch, host="127.0.0.1") as stage,
        stage.browser() as browser,
    ):
        assert (await browser.get("/wall", headers=PAGE)).json()["path"] == "/wall"
        assert (await browser.get("/wall/waiting")).json()["state"] == "in"


async def test_cookies_keep_to_the_wall_under_the_prefix_and_to_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, path_prefix="/maia") as stage:
        await stage.add_user("ada", Role.ADMIN)
        async with stage.browser(scheme="https") as kiosk:
            page = await kiosk.get("/maia/wall", headers=PAGE)
            (asked,) = SimpleCookie(page.headers["set-cookie"]).values()
            assert asked.key == f"{SECURE}{ASKED}"
            assert asked["path"] == "/maia/wall"
            assert (asked["secure"], asked["httponly"], asked["samesite"]) == (True, True, "Strict")
            assert 'href="/maia/static/screen.css"' in page.text
            await stage.access.screens.add(code_in(page), "Lobby", by=LOCAL)
            opened = await kiosk.get("/maia/wall?a=b", headers=PAGE)
            assert opened.headers["location"] == "/maia/wall?a=b"
            assert (await kiosk.get("/maia/wall", headers=PAGE)).json()["path"] == "/maia/wall"
            assert (await kiosk.get("/wall", headers=PAGE)).status_code in (200, 303)


@pytest.mark.parametrize("name", [OWN, ASKED, f"{SECURE}{OWN}"])
async def test_no_cookie_but_that_of_a_screen_opens_the_wall(stage: Stage, name: str) -> None:
    async with stage.browser() as kiosk:
        await let_in(stage, kiosk)
        secret = kiosk.cookies[OWN]
        kiosk.cookies.clear()
        odd = [*COOKIES, f"{secret}x", secret[:-1], f"{secret}; {name}=x", secret.swapcase()]
        for value in odd:
            cookie = f"{name}={value}".encode()
            for path in ("/wall/events", "/wall/code"):
                answer = await kiosk.get(path, headers={"cookie": cookie})
                assert answer.status_code == 401, value
            told = (await kiosk.get("/wall/waiting", headers={"cookie": cookie})).json()
            assert told["state"] == "none"
        assert [each.name for each in stage.access.screens.all()] == ["Lobby"]


HOSTILE = ("?theme=%22%3E%3Cscript%3E", "?theme=light%22", "?x=" + "y" * 9000, "?%00=%0d%0aa:b")


@pytest.mark.parametrize("query", HOSTILE)
async def test_nothing_in_the_address_gets_into_the_page_as_markup(
    stage: Stage, query: str
) -> None:
    async with stage.browser() as kiosk:
        page = await kiosk.get(f"/wall{query}", headers=PAGE)
        assert page.status_code == 200
        assert "<script>" not in page.text
        assert "data-theme" not in page.text
        assert "yyyy" not in page.text


async def test_a_stream_that_is_ended_is_told_the_last_word_and_stops_at_once() -> None:
    sent: list[object] = []
    streams, begun, stopped = Streams(), asyncio.Event(), asyncio.Event()

    async def endless(scope: object, receive: object, send: object) -> None:
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
            begun.set()
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async def send(message: object) -> None:
        sent.append(message)

    async def receive() -> dict[str, object]:
        return {}

    running = asyncio.create_task(streams.stream("lobby", endless, {}, receive, send))  # type: ignore[arg-type]
    await begun.wait()
    streams.end("another", b"no")
    streams.end("lobby", b"bye")
    await running
    assert stopped.is_set()
    assert sent[1:] == [{"type": "http.response.body", "body": b"bye", "more_body": False}]
    assert streams._open == {}


async def test_a_stream_whose_reader_goes_is_forgotten_and_errors_are_not_swallowed() -> None:
    streams = Streams()

    async def failing(scope: object, receive: object, send: object) -> None:
        raise ValueError

    async def for_ever(scope: object, receive: object, send: object) -> None:
        await asyncio.Event().wait()

    with pytest.raises(ValueError):  # noqa: PT011
        await streams.stream("lobby", failing, {}, None, None)  # type: ignore[arg-type]
    running = asyncio.create_task(streams.stream("lobby", for_ever, {}, None, None))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert streams._open == {}
