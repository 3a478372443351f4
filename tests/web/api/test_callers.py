"""Who may read the API: tokens with the scope while they are good, and whoever is signed in."""

from datetime import timedelta

import pytest

from tests.web.api.stage import ADA, KnownTokens, staged, usual_tokens

PATHS = ("/api/runners", "/api/runners/x", "/api/summary", "/api/releases")
OPEN_TO_EVERY_TOKEN = ("/api/me", "/api/openapi.json", "/api/docs")


@pytest.mark.parametrize("path", [*PATHS, *OPEN_TO_EVERY_TOKEN])
async def test_nobody_reads_anything_without_a_token_or_a_sign_in(path: str) -> None:
    async with staged(person=None, tokens=usual_tokens()) as stage:
        answer = await stage.get(path)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", PATHS)
async def test_a_token_reads_with_its_scope_and_not_without(path: str) -> None:
    tokens = usual_tokens()
    async with staged(person=None, tokens=tokens) as stage:
        good, other = await stage.get(path, "reads"), await stage.get(path, "meters")
    assert good.status_code in (200, 404)
    assert other.status_code == 403
    assert 'scope="runners:read"' in other.headers["www-authenticate"]
    assert tokens.lacking == [("reporting", "runners:read")]


@pytest.mark.parametrize(
    "secret",
    ["revoked", "unknown", "", " ", "reads ", "Reads", "x" * 10_000, "rëads", "a b", '"', "\t"],
)
async def test_a_token_that_is_revoked_unknown_or_nonsense_reads_nothing(secret: str) -> None:
    async with staged(person=None, tokens=usual_tokens()) as stage:
        answer = await stage.client.get(
            "/api/runners", headers={"authorization": f"Bearer {secret}x".encode()}
        )
    assert answer.status_code == 401


@pytest.mark.parametrize("secret", ["x" * 10_000, "rëads"])
async def test_what_cannot_be_a_token_is_refused_by_who_knows_them_but_not_looked_for(
    secret: str,
) -> None:
    tokens = usual_tokens()
    async with staged(person=None, tokens=tokens) as stage:
        headers = {"authorization": f"Bearer {secret}".encode()}
        assert (await stage.client.get("/api/runners", headers=headers)).status_code == 401
    assert (tokens.secrets, tokens.addresses) == ([""], ["127.0.0.1"])


async def test_a_revoked_token_reads_nothing() -> None:
    async with staged(person=None, tokens=usual_tokens()) as stage:
        assert (await stage.get("/api/runners", "revoked")).status_code == 401


async def test_a_token_reads_nothing_from_the_moment_at_which_it_expires() -> None:
    tokens = usual_tokens()
    async with staged(person=None, tokens=tokens) as stage:
        assert (await stage.get("/api/runners", "short")).status_code == 200
        tokens.now += timedelta(hours=1)
        assert (await stage.get("/api/runners", "short")).status_code == 401


async def test_a_token_that_is_not_good_is_refused_although_somebody_is_signed_in() -> None:
    async with staged(person=ADA, tokens=usual_tokens()) as stage:
        assert (await stage.get("/api/runners", "unknown")).status_code == 401
        assert (await stage.get("/api/runners")).status_code == 200


@pytest.mark.parametrize("scheme", ["Basic cmVhZHM6", "bearer", "Bearerreads", "Token reads"])
async def test_other_ways_to_authenticate_are_none(scheme: str) -> None:
    async with staged(person=None, tokens=usual_tokens()) as stage:
        answer = await stage.get("/api/runners", authorization=scheme)
    assert answer.status_code == 401


async def test_a_token_is_looked_for_with_the_address_that_it_came_from() -> None:
    tokens = usual_tokens()
    async with staged(person=None, tokens=tokens) as stage:
        await stage.get("/api/runners", "reads")
    assert tokens.addresses == ["127.0.0.1"]


async def test_whoever_may_not_read_learns_nothing_of_the_parameters() -> None:
    async with staged(person=None, tokens=usual_tokens()) as stage:
        answer = await stage.get("/api/runners?filter=status:runing&nix=1")
    assert answer.status_code == 401
    assert answer.json()["faults"] == []


async def test_a_caller_can_ask_who_it_is() -> None:
    async with staged(person=ADA, tokens=usual_tokens()) as stage:
        person = (await stage.get("/api/me")).json()
        token = (await stage.get("/api/me", "short")).json()
    assert (person["kind"], person["name"], person["role"]) == ("person", "ada", "operator")
    assert person["rights"] == ["look", "pause", "operate"]
    assert (token["kind"], token["role"], token["scopes"]) == ("token", None, ["runners:read"])
    assert token["expires"] == "2026-10-07T13:00:00+00:00"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NIX"])
@pytest.mark.parametrize("path", [PATHS[0], "/api/me", "/api/docs"])
async def test_nothing_but_reading_is_possible(method: str, path: str) -> None:
    async with staged(tokens=KnownTokens()) as stage:
        answer = await stage.client.request(method, path, content=b"{}")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
