"""Signing in by OpenID Connect: there and back, with a real provider on loopback."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from console.access.roles import Role
from console.api.http import httpx
from console.oidc import Provider
from console.serving_settings import ServingSettings
from tests.openid import openid_provider
from tests.web.access.stage import PAGE, Stage, staged
from web.access.cookies import PLAIN
from web.access.oidc import COOKIE, Journeys

USERS: dict[str, dict[str, object]] = {
    "1": {"preferred_username": "olga", "groups": ["staff", "ops"]},
    "2": {"preferred_username": "vic", "groups": "staff"},
    "3": {"preferred_username": "eve", "groups": ["guests"]},
    "4": {"email": "dan@example.com", "email_verified": True, "groups": ["staff"]},
    "5": {"email": "boss@example.com", "email_verified": False, "groups": ["staff"]},
    "6": {"preferred_username": "  ", "groups": {"ops": True}},
    "7": {"preferred_username": "ada", "groups": ["ops"]},
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with openid_provider(USERS) as address:
        yield address


def settings_for(issuer: str) -> dict[str, object]:
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": "maia-console",
        "oidc_client_secret": "hush",
        "groups": {"ops": "operator", "staff": "viewer"},
    }


def provider_for(issuer: str) -> Provider:
    return Provider(ServingSettings.model_validate(settings_for(issuer)))


async def arrived(
    stage: Stage, browser: httpx.AsyncClient, sub: str, where: str = "/"
) -> httpx.Response:
    """What the console says to somebody who comes back from the provider."""
    there = await browser.get("/sign-in/oidc", params={"next": where})
    async with httpx.AsyncClient() as elsewhere:
        back = await elsewhere.post(there.headers["location"], data={"sub": sub})
    assert back.status_code == 302, back.text
    return await browser.get(back.headers["location"])


async def test_a_user_is_signed_in_with_the_role_of_the_groups_and_led_on(
    issuer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = provider_for(issuer)
    async with staged(tmp_path, monkeypatch, provider, **settings_for(issuer)) as stage:
        async with stage.browser() as browser:
            page = await browser.get("/sign-in?next=/rows")
            assert 'href="/sign-in/oidc?next=/rows">Single sign-on</a>' in page.text
            done = await arrived(stage, browser, "1", "/rows?a=b")
            assert (done.status_code, done.headers["location"]) == (303, "/rows?a=b")
            told = (await browser.get("/rows")).json()
            assert (told["name"], told["role"]) == ("olga", "operator")
            assert COOKIE not in browser.cookies
        await provider.close()


async def test_names_and_groups_are_taken_only_as_far_as_they_can_be_trusted(
    issuer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = provider_for(issuer)
    async with staged(tmp_path, monkeypatch, provider, **settings_for(issuer)) as stage:
        await stage.add_user("ada", Role.ADMIN)
        for sub, status in {"2": 303, "3": 403, "4": 303, "5": 303, "6": 403, "7": 403}.items():
            async with stage.browser() as browser:
                done = await arrived(stage, browser, sub)
                assert done.status_code == status, (sub, done.text)
                assert (PLAIN in browser.cookies) is (status == 303)
        users = {user.name: user.role for user in stage.access.users()}
        assert users == {
            "ada": Role.ADMIN,
            "vic": Role.VIEWER,
            "dan@example.com": Role.VIEWER,
            "5": Role.VIEWER,
        }
        refused = await stage.noted("sign-in-refused")
        assert {each.who for each in refused} == {"eve", "6", "ada"}
        await provider.close()


async def test_who_comes_back_must_be_who_was_sent_and_only_once(
    issuer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = provider_for(issuer)
    async with staged(tmp_path, monkeypatch, provider, **settings_for(issuer)) as stage:
        async with stage.browser() as browser, stage.browser() as other:
            there = await browser.get("/sign-in/oidc")
            asked = parse_qs(urlsplit(there.headers["location"]).query)
            assert asked["code_challenge_method"] == ["S256"]
            assert len(asked["nonce"][0]) >= 43
            assert asked["redirect_uri"] == ["http://console.test/sign-in/oidc/callback"]
            assert "HttpOnly; SameSite=Lax" in there.headers["set-cookie"]
            async with httpx.AsyncClient() as elsewhere:
                back = await elsewhere.post(there.headers["location"], data={"sub": "1"})
            where = back.headers["location"]
            assert (await other.get(where)).status_code == 400
            await other.get("/sign-in/oidc")
            assert (await other.get(where)).status_code == 400
            assert stage.access.users() == ()
            assert (await browser.get(where)).status_code == 303
            assert (await browser.get(where)).status_code == 400
            assert len(stage.access.sessions()) == 1
        await provider.close()


RETURNS = (
    "",
    "?code=x",
    "?state=x",
    "?state=x&code=y",
    "?error=access_denied&state={state}",
    "?error=<script>alert(1)</script>&error_description=<b>&state={state}",
    "?code=wrong&state={state}",
    "?code=" + "x" * 9000 + "&state={state}",
    "?code=%00%0d%0a&state={state}",
    "?code=a&code=b&state={state}&state=x",
)


async def test_a_hostile_return_signs_nobody_in_and_says_little(
    issuer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = provider_for(issuer)
    async with staged(tmp_path, monkeypatch, provider, **settings_for(issuer)) as stage:
        for returned in RETURNS:
            async with stage.browser() as browser:
                there = await browser.get("/sign-in/oidc")
                (state,) = parse_qs(urlsplit(there.headers["location"]).query)["state"]
                answer = await browser.get(
                    f"/sign-in/oidc/callback{returned.replace('{state}', state)}", headers=PAGE
                )
                assert 400 <= answer.status_code < 500, returned
                assert "alert(1)" not in answer.text
                assert PLAIN not in browser.cookies
        assert stage.access.users() == ()
        await provider.close()


async def test_a_provider_that_is_away_is_a_sentence_and_passwords_still_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = "http://localhost:9"
    provider = provider_for(away)
    async with staged(tmp_path, monkeypatch, provider, **settings_for(away)) as stage:
        await stage.add_user()
        async with stage.browser() as browser:
            answer = await browser.get("/sign-in/oidc")
            assert answer.status_code == 502
            assert "cannot be reached" in answer.text
            assert (await stage.sign_in(browser)).status_code == 303
        await provider.close()


def test_a_journey_is_over_after_a_while_and_there_are_only_so_many() -> None:
    from console.oidc import Asked

    now = [0.0]
    journeys = Journeys(lambda: now[0])
    for number in range(1500):
        journeys.begin(Asked("", str(number), "", "", ""), "browser", "/")
    assert journeys.end("0", "browser") is None
    assert journeys.end("1499", "another") is None
    assert journeys.end("1499", None) is None
    assert journeys.end("1499", "browser") is not None
    now[0] = 601
    assert journeys.end("1498", "browser") is None
