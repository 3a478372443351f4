"""Signing in and out by forms, and what wrong or hostile forms get."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from console.access.roles import Role
from tests.web.access.stage import ORIGIN, PAGE, PASSWORD, staged
from web.access.cookies import PLAIN

STATES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"


async def test_after_the_sign_in_a_browser_is_where_it_wanted_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        wanted = "/?filter=status:running%20-auto:on&runner=7"
        page = await browser.get(wanted, headers=PAGE)
        page = await browser.get(page.headers["location"])
        (where,) = re.findall(r'name="next" value="([^"]*)"', page.text)
        done = await stage.sign_in(browser, where=where.replace("&amp;", "&"))
        assert (done.status_code, done.headers["location"]) == (303, wanted)
        assert (await browser.get(page.url)).headers["location"] == wanted


async def test_the_page_is_plain_works_without_a_script_and_says_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        assert "There is no user yet." in (await browser.get("/sign-in")).text
        await stage.add_user()
        page = await browser.get(
            "/sign-in?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&said=%3Cb%3E"
        )
        assert STATES in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-frame-options"] == "DENY"
        assert "alert" not in page.text
        assert "<b>" not in page.text
        assert "style=" not in page.text
        assert "onclick" not in page.text
        assert 'autocomplete="current-password"' in page.text
        assert 'action="/sign-in"' in page.text


@pytest.mark.parametrize(
    "where",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\r\nset-cookie: x=y",
        "/a\tb",
        "/" + "a" * 5000,
        "",
        "evil",
        "/sign-in?next=/",
        "/sign-out",
        "/first-admin?key=x",
        "/ä",
        "/a\\b",
        "/\x00",
    ],
)
async def test_nobody_is_led_out_of_the_console(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, host="127.0.0.1") as stage, stage.browser() as browser:
        done = await stage.sign_in(browser, where=where)
        assert done.headers["location"] == "/"
        page = await browser.get("/sign-in", params={"next": where})
        assert page.headers["location"] == "/"


async def test_each_sign_in_is_a_new_session_and_ends_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        await stage.add_user("vic", Role.VIEWER)
        browser.cookies.set(PLAIN, "f" * 43, domain="console.test")
        await stage.sign_in(browser)
        first = browser.cookies[PLAIN]
        assert first != "f" * 43
        await stage.sign_in(browser, "vic")
        assert browser.cookies[PLAIN] != first
        assert [each.name for each in stage.access.sessions()] == ["vic"]
        old = await browser.get("/rows", headers={"cookie": f"{PLAIN}={first}"})
        assert old.status_code == 401


async def test_signing_out_ends_the_session_says_so_and_takes_the_cookie_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        await stage.sign_in(browser)
        for attempt in (
            await browser.get("/sign-out"),
            await browser.post("/sign-out", data={}),
            await browser.post("/sign-out", data={}, headers={"origin": "http://evil.example"}),
            await browser.post("/sign-out", json={}, headers=ORIGIN),
        ):
            assert attempt.status_code in (303, 403, 405, 415)
            assert (await browser.get("/rows")).status_code == 200
        secret = browser.cookies[PLAIN]
        done = await browser.post("/sign-out", data={"a": "b"}, headers=ORIGIN)
        assert done.status_code == 303
        assert "Max-Age=0" in done.headers["set-cookie"]
        assert "You signed out." in (await browser.get(done.headers["location"])).text
        assert stage.access.sessions() == ()
        again = await browser.get("/rows", headers={"cookie": f"{PLAIN}={secret}"})
        assert again.status_code == 401
        assert len(await stage.noted("sign-out")) == 1


FORM = {"content-type": "application/x-www-form-urlencoded", **ORIGIN}
BODIES = (
    (FORM, b""),
    (FORM, b"name=bea"),
    (FORM, b"name=bea&password="),
    (FORM, b"name=&password=" + PASSWORD.replace(" ", "+").encode()),
    (FORM, b"name=bea%00&password=x"),
    (FORM, b"name=%ff%fe&password=x"),
    (FORM, b"\xff\xfe"),
    (FORM, b"name=bea&" * 2000),
    (FORM, b"name=bea&password=" + b"x" * 20_000),
    (FORM, b"name=" + b"b" * 5000 + b"&password=x"),
    (FORM, b"name=" + b"b" * 100 + b"&password=" + b"x" * 5000),
    (FORM, b"&".join(b"f%d=x" % number for number in range(40))),
    (FORM, b"name=%F0%9F%92%A9&password=%E2%80%AE"),
    (FORM, b"name=bea%0d%0aset-cookie:x&password=x"),
    (FORM, b"name=<script>alert(1)</script>&password=x"),
    ({**FORM, "content-type": "multipart/form-data; boundary=x"}, b"--x"),
    ({**FORM, "content-type": "application/json"}, b'{"name": "bea"}'),
    ({**FORM, "content-type": ""}, b"name=bea"),
    ({"content-type": FORM["content-type"]}, b"name=bea&password=x"),
    ({**FORM, "origin": "null"}, b"name=bea&password=x"),
    ({**FORM, "origin": "http://console.test:81"}, b"name=bea&password=x"),
    ({**FORM, "origin": "http://console.test.evil.example"}, b"name=bea&password=x"),
)


async def test_a_hostile_form_is_a_plain_refusal_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user("ada", Role.ADMIN)
        before = await stage.state()
        for headers, body in BODIES:
            for path in ("/sign-in", "/first-admin", "/sign-out"):
                answer = await browser.post(path, content=body, headers=headers)
                leaves = path == "/sign-out" and answer.status_code == 303
                assert leaves or 400 <= answer.status_code < 500, (path, body[:60])
                assert "Traceback" not in answer.text
                assert "<script>alert" not in answer.text
                assert not answer.cookies
                stage.pass_time(timedelta(hours=2))
        assert await stage.state() == before


async def test_attempts_are_limited_and_the_wait_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        answers = [await stage.sign_in(browser, password=f"wrong {number}") for number in range(10)]
        assert [answer.status_code for answer in answers[:5]] == [403] * 5
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert "Too many attempts" in answers[-1].text
        right = await stage.sign_in(browser)
        assert right.status_code == 429
        assert stage.access.sessions() == ()
        stage.pass_time(timedelta(minutes=5))
        assert (await stage.sign_in(browser)).status_code == 303


async def test_a_name_that_there_is_not_is_answered_as_a_wrong_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        await stage.add_user()
        known = await stage.sign_in(browser, "bea", "not this one")
        unknown = await stage.sign_in(browser, "abe", "not this one")
        assert known.status_code == unknown.status_code == 403
        assert known.text.replace("bea", "abe") == unknown.text
