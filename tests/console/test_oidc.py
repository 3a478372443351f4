"""What an OpenID provider says is believed only when it is signed, for us, and for this request."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from console.api.http import httpx
from console.oidc import Asked, Provider, ProviderFailed, Vouched
from console.serving_settings import ServingSettings

ISSUER = "https://id.example/realm"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
SETTINGS = ServingSettings.model_validate(
    {"oidc_issuer": ISSUER, "oidc_client_id": "us", "oidc_client_secret": "hush"}
)
METADATA = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


class Told:
    """A provider that tells what it is made to; counts what it is asked."""

    def __init__(self) -> None:
        self.metadata: Any = dict(METADATA)
        self.token: Callable[[dict[str, Any]], Any] = lambda claims: {
            "access_token": "a",
            "id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEY),
        }
        self.keys: Any = KeySet([KEY]).as_dict()
        self.claims: dict[str, Any] = {}
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        path = request.url.path
        if path.endswith("openid-configuration"):
            told = self.metadata
        elif path.endswith("keys"):
            told = self.keys
        else:
            told = self.token(self.claims)
        if isinstance(told, httpx.Response):
            return told
        if isinstance(told, Exception):
            raise told
        return httpx.Response(200, content=json.dumps(told))


async def vouched(told: Told, now: float | None = None, **claims: Any) -> Vouched:
    moment = time.time() if now is None else now
    provider = Provider(SETTINGS, transport=httpx.MockTransport(told), clock=lambda: moment)
    asked = await provider.ask("http://console.test/back")
    usual = {
        "iss": ISSUER,
        "aud": "us",
        "sub": "7",
        "iat": int(moment),
        "exp": int(moment) + 60,
        "nonce": asked.nonce,
        "preferred_username": "olga",
        "groups": ["ops"],
    }
    merged = {**usual, **claims}
    told.claims = {name: value for name, value in merged.items() if value is not None}
    try:
        return await provider.answer(asked, "code")
    finally:
        await provider.close()


async def test_a_whole_and_signed_token_is_believed() -> None:
    told = Told()
    assert await vouched(told) == Vouched("olga", ("ops",))
    (sent,) = [each for each in told.asked if each.url.path.endswith("token")]
    body = sent.content.decode()
    assert "code_verifier=" in body
    assert "hush" not in body
    assert sent.headers["authorization"].startswith("Basic ")


async def test_the_verifier_is_the_one_of_the_challenge_that_was_sent() -> None:
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    provider = Provider(SETTINGS, transport=httpx.MockTransport(Told()))
    asked = await provider.ask("http://console.test/back")
    await provider.close()
    assert f"code_challenge={create_s256_code_challenge(asked.verifier)}" in asked.address
    assert asked.verifier not in asked.address
    for secret in (asked.verifier, asked.nonce, asked.state):
        assert secret not in repr(asked).replace(asked.address, "")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["us", "another"]},
        {"aud": None},
        {"exp": 1},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"azp": "another"},
        {"nbf": int(time.time()) + 3600},
    ],
)
async def test_a_token_for_somebody_or_something_else_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(ProviderFailed, match="did not confirm who you are"):
        await vouched(Told(), **claims)


def signed(header: dict[str, Any], key: Any) -> Callable[[dict[str, Any]], Any]:
    algorithms = [header["alg"]]
    return lambda claims: {
        "access_token": "a",
        "id_token": jwt.encode(header, claims, key, algorithms),
    }


SECRET = OctKey.import_key("hush" * 16)


@pytest.mark.parametrize(
    "token",
    [
        signed({"alg": "RS256", "kid": "one"}, OTHER),
        signed({"alg": "HS256", "kid": "one"}, SECRET),
        lambda claims: {"id_token": "e30." + "e30" + "."},
        lambda claims: {"id_token": "eyJhbGciOiJub25lIn0.e30."},
        lambda claims: {"id_token": ["x"]},
        lambda claims: {"id_token": "x" * 10_000},
        lambda claims: {},
    ],
)
@pytest.mark.filterwarnings("ignore")
async def test_a_token_that_is_not_signed_by_the_provider_is_refused(
    token: Callable[[dict[str, Any]], Any],
) -> None:
    told = Told()
    told.token = token
    with pytest.raises(ProviderFailed, match="did not confirm who you are"):
        await vouched(told)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(404),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=b"[]"),
        httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(302, headers={"location": "http://evil.example"}),
        httpx.ConnectError("no"),
        httpx.ReadTimeout("late"),
        {},
        {**METADATA, "issuer": "https://evil.example"},
        {**METADATA, "token_endpoint": "http://evil.example/token"},
        {**METADATA, "jwks_uri": None},
        {**METADATA, "authorization_endpoint": "javascript:alert(1)"},
    ],
)
async def test_a_description_that_cannot_be_used_is_one_sentence(answer: Any) -> None:
    told = Told()
    told.metadata = answer
    with pytest.raises(ProviderFailed) as failed:
        await vouched(told)
    assert str(failed.value).startswith("The sign-in provider ")
    assert "evil" not in str(failed.value)


async def test_a_new_key_of_the_provider_is_found_without_a_restart() -> None:
    told = Told()
    moments = [1_800_000_000.0]
    provider = Provider(SETTINGS, transport=httpx.MockTransport(told), clock=lambda: moments[0])
    new = RSAKey.generate_key(2048, {"kid": "two"})

    async def come(kid: str, key: RSAKey) -> Vouched:
        told.token = signed({"alg": "RS256", "kid": kid}, key)
        asked: Asked = await provider.ask("http://console.test/back")
        now = int(moments[0])
        told.claims = {"iss": ISSUER, "aud": "us", "sub": "7", "iat": now, "exp": now + 60}
        told.claims |= {"nonce": asked.nonce, "groups": []}
        return await provider.answer(asked, "code")

    assert (await come("one", KEY)).name == "7"
    told.keys = KeySet([new]).as_dict()
    with pytest.raises(ProviderFailed):
        await come("two", new)
    moments[0] += 61
    assert (await come("two", new)).name == "7"
    await provider.close()
    assert len([each for each in told.asked if each.url.path.endswith("keys")]) == 2
