"""Who counts as a screen: whoever has opened its link, and whoever else has signed in on it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.access.roles import Role
from tests.web.access.stage import ADDRESS, LOCAL, PAGE, Stage, staged
from tests.web.access.test_screen_door import ELSEWHERE, STREAM, code_in, let_in
from web.access.screen_door import OWN


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async with staged(tmp_path, monkeypatch) as made:
        await made.add_user("ada", Role.ADMIN)
        yield made


async def test_a_screen_stays_one_whoever_has_signed_in_on_it(stage: Stage) -> None:
    async with stage.browser() as kiosk:
        page = await kiosk.get("/wall", headers=PAGE)
        await stage.sign_in(kiosk, "ada")
        assert (await kiosk.get("/wall", headers=PAGE)).json()["name"] == "ada"
        screen = await stage.access.screens.add(code_in(page), "Lobby", by=LOCAL)
        assert (await kiosk.get("/wall", headers=PAGE)).status_code == 303
        wall = await kiosk.get("/wall", headers=PAGE)
        assert (wall.json()["name"], OWN in wall.headers["set-cookie"]) == ("", True)
        assert (await kiosk.get("/rows")).json()["name"] == "ada"
        assert (await kiosk.get("/wall/x", headers=PAGE)).json()["name"] == "ada"
        reading = asyncio.create_task(kiosk.get("/wall/events?endless=", headers=STREAM))
        await asyncio.sleep(0.05)
        await stage.access.end_sessions_of("ada", by=LOCAL)
        await asyncio.sleep(0)
        assert not reading.done()
        assert (await kiosk.get("/rows")).status_code == 401
        await stage.sign_in(kiosk, "ada")
        await stage.access.screens.revoke(screen.id, by=LOCAL)
        assert b"event: notice" in (await asyncio.wait_for(reading, 2)).content
        assert (await kiosk.get("/wall", headers=PAGE)).status_code == 403
        assert (await kiosk.get("/wall/waiting")).json()["state"] == "off"
        await stage.access.screens.remove(screen.id, by=LOCAL)
        assert (await kiosk.get("/wall", headers=PAGE)).json()["name"] == "ada"


async def test_whoever_a_proxy_takes_it_for_a_screen_is_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"proxies": ADDRESS, "user_header": "X-Remote-User", "default_role": "admin"}
    async with staged(tmp_path, monkeypatch, **told) as stage, stage.browser() as kiosk:
        await stage.add_user("ada", Role.ADMIN)
        await let_in(stage, kiosk)
        page = await kiosk.get("/wall", headers={**PAGE, "x-remote-user": "bob"})
        assert (page.status_code, page.json()["name"]) == (200, "")
        assert stage.access.sessions() == ()


async def test_a_link_lets_one_browser_in_without_a_code(stage: Stage) -> None:
    async with stage.browser() as kiosk, stage.browser(ELSEWHERE) as other:
        key = await stage.access.screens.expect("Lobby", by=LOCAL)
        link = f"/wall?size=3&key={key}"
        for headers in ({}, {"accept": "text/html", "sec-fetch-mode": "no-cors"}):
            assert (await other.get(link, headers=headers)).status_code == 401
        assert (await other.head(link, headers=PAGE)).status_code == 303
        opened = await kiosk.get(link, headers=PAGE)
        assert (opened.status_code, opened.headers["location"]) == (303, "/wall?size=3")
        assert (await kiosk.get("/wall?size=3", headers=PAGE)).json()["path"] == "/wall"
        again = await kiosk.get(link, headers=PAGE)
        assert (again.status_code, again.headers["location"]) == (303, "/wall?size=3")
        late = await other.get(link, headers=PAGE)
        assert (len(code_in(late)), OWN in other.cookies) == (6, False)


async def test_a_link_that_the_console_has_not_heard_of_yet_is_asked_for_until_it_has(
    stage: Stage,
) -> None:
    key = "k" * 43
    async with stage.browser() as kiosk:
        page = await kiosk.get(f"/wall?key={key}", headers=PAGE)
        assert f'data-ask="/wall/waiting?key={key}"' in page.text
        assert (await kiosk.get(f"/wall/waiting?key={key}")).json()["state"] == "code"
        key = await stage.access.screens.expect("Lobby", by=LOCAL)
        assert (await kiosk.get(f"/wall/waiting?key={key}")).json()["state"] == "in"
        odd = await kiosk.get("/wall?key=%22%3E%3Cscript%3Ealert(1)//", headers=PAGE)
        assert 'data-ask="/wall/waiting"' in odd.text
