"""A proxy's word counts where the proxy is trusted, and nobody else's ever does."""

from pathlib import Path

import pytest

from console.access.roles import Role
from tests.web.access.stage import ADDRESS, PAGE, staged
from web.access.arrivals import Proxies, forwarded_for
from web.access.cookies import PLAIN, SECURE

PROXY = "10.0.0.5"
BEHIND = {
    "proxies": "10.0.0.5 10.1.0.0/24",
    "user_header": "X-Remote-User",
    "groups_header": "X-Remote-Groups",
    "groups": {"ops": "operator", "chiefs": "admin"},
}
USER = {"x-remote-user": "zoë".encode(), "x-remote-groups": "all, ops", "x-forwarded-for": ADDRESS}


async def test_a_trusted_proxy_signs_a_user_in_with_the_role_of_the_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, **BEHIND) as stage, stage.browser(PROXY) as browser:
        first = await browser.get("/rows?a=b", headers={**PAGE, **USER})
        assert (first.status_code, first.headers["location"]) == (303, "/rows?a=b")
        told = (await browser.get("/rows", headers=USER)).json()
        assert (told["name"], told["role"], told["address"]) == ("zoë", "operator", ADDRESS)
        assert not [name for name in told["headers"] if name.startswith("x-")]
        (session,) = stage.access.sessions()
        assert (session.name, session.way, session.address) == ("zoë", "proxy", ADDRESS)


async def test_another_user_or_role_behind_the_same_cookie_is_another_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, **BEHIND) as stage, stage.browser(PROXY) as browser:
        await browser.get("/", headers={**PAGE, **USER})
        kept = browser.cookies[PLAIN]
        await browser.get("/", headers={**PAGE, **USER, "x-remote-groups": "chiefs"})
        assert browser.cookies[PLAIN] != kept
        assert [each.role for each in stage.access.sessions()] == [Role.ADMIN]
        cora = {**USER, "x-remote-user": "cora"}
        assert (await browser.get("/rows", headers=cora)).status_code == 403
        await browser.get("/", headers={**PAGE, **cora})
        assert (await browser.get("/rows", headers=cora)).json()["name"] == "cora"


@pytest.mark.parametrize("address", [ADDRESS, "10.0.0.6", "10.1.1.0", "::1", "testclient", ""])
async def test_nobody_else_can_say_who_they_are_or_where_they_come_from(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, **BEHIND) as stage, stage.browser(address) as browser:
        sly = {**USER, "x-forwarded-proto": "https", "x-forwarded-prefix": "//evil.example"}
        assert (await browser.get("/rows", headers=sly)).status_code == 401
        page = await browser.get("/", headers={**PAGE, **sly})
        assert page.headers["location"] == "/sign-in?next=/"
        await stage.add_user()
        await stage.sign_in(browser)
        told = (await browser.get("/rows", headers=sly)).json()
        assert (told["name"], told["address"], told["scheme"]) == ("bea", address, "http")
        assert not [name for name in told["headers"] if name.startswith("x-")]


HOSTILE = (
    [("x-remote-user", b"ada"), ("x-remote-user", b"eve")],
    [("x-remote-user", b"\xff\xfe")],
    [("x-remote-user", b"a" * 5000)],
    [("x-remote-user", b"a\x7fb")],
    [("x-remote-user", "\u202eadmin".encode())],
    [("x-remote-user", b"eve"), ("x-remote-groups", b"\xff")],
    [("x-remote-user", b"eve"), ("x-remote-groups", b"," * 9000)],
    [("x-remote-user", b"eve"), ("x-remote-groups", b"OPS")],
)


async def test_a_header_that_names_nobody_plainly_signs_nobody_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, **BEHIND) as stage, stage.browser(PROXY) as browser:
        for number, headers in enumerate(HOSTILE):
            groups = [] if number > 4 else [("x-remote-groups", b"ops")]
            sent = [*PAGE.items(), *headers, *groups]
            answer = await browser.get("/", headers=sent)  # type: ignore[arg-type]
            assert answer.status_code in (303, 403), headers
            assert answer.headers.get("location", "/sign-in").startswith("/sign-in"), headers
            assert "set-cookie" not in answer.headers
        assert stage.access.users() == ()


async def test_a_user_who_signs_in_with_a_password_here_cannot_come_by_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, **BEHIND) as stage, stage.browser(PROXY) as browser:
        await stage.add_user("ada", Role.ADMIN)
        answer = await browser.get("/", headers={**PAGE, **USER, "x-remote-user": "ada"})
        assert answer.status_code == 403
        assert "password" in answer.text
        assert len(await stage.noted("sign-in-refused")) == 1


@pytest.mark.parametrize(
    ("chain", "found"),
    [
        ([ADDRESS], ADDRESS),
        ([f"1.2.3.4, {ADDRESS}, 10.1.0.9"], ADDRESS),
        (["1.2.3.4", ADDRESS], ADDRESS),
        (["unknown, 10.1.0.9"], ""),
        ([f"{ADDRESS}:4711"], ADDRESS),
        (["[2001:db8::1]:80"], "2001:db8::1"),
        (["::ffff:192.0.2.7"], ADDRESS),
        (["<script>"], ""),
        (["9" * 5000], ""),
        ([""], ""),
        (["10.1.0.9"], ""),
    ],
)
def test_the_address_is_the_nearest_that_is_no_trusted_proxy(chain: list[str], found: str) -> None:
    from starlette.datastructures import Headers

    from console.serving_settings import ServingSettings

    proxies = Proxies(ServingSettings.model_validate(BEHIND).networks)
    raw = [(b"x-forwarded-for", each.encode()) for each in chain]
    assert forwarded_for(Headers(raw=raw), proxies) == found


@pytest.mark.parametrize("told", [{"proxy_tls": True}, {}])
async def test_a_proxy_with_tls_makes_the_cookie_a_secure_one(
    told: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, **BEHIND, **told) as stage:
        await stage.add_user()
        async with stage.browser(PROXY) as browser:
            sent = {"origin": "https://console.test"}
            sent |= {} if told else {"x-forwarded-proto": "https"}
            form = {"name": "bea", "password": "a horse that no one knows", "next": "/"}
            answer = await browser.post("/sign-in", data=form, headers=sent)
            assert answer.headers["set-cookie"].startswith(f"{SECURE}=")
            mixed = {**sent, "origin": "http://console.test"}
            assert (await browser.post("/sign-in", data=form, headers=mixed)).status_code == 403


async def test_behind_a_prefix_every_address_is_below_it_whether_or_not_the_proxy_strips_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch, path_prefix="/maia/") as stage:
        await stage.add_user()
        async with stage.browser() as browser:
            assert (await browser.get("/maia")).headers["location"] == "/maia/"
            for path in ("/maia/rows?a=b", "/rows?a=b"):
                page = await browser.get(path, headers=PAGE)
                assert page.headers["location"] == "/maia/sign-in?next=/maia/rows%3Fa%3Db"
                page = await browser.get(page.headers["location"])
                assert 'action="/maia/sign-in"' in page.text
                assert 'href="/maia/theme.css"' in page.text
            done = await stage.sign_in(browser, where="/maia/rows?a=b")
            assert done.headers["location"] == "/maia/rows?a=b"
            assert (await stage.sign_in(browser, where="/rows")).headers["location"] == "/maia/"
            assert (await browser.get("/maia/rows")).json()["path"] == "/maia/rows"
