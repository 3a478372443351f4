"""OpenID Connect, from the side of one who asks a provider who somebody is: the code flow with
PKCE, state and nonce. What is asked of the browser is in `web.access`.
"""

import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from console.addresses import safe_address
from console.api.http import httpx
from console.errors import AccessError, printable
from console.oidc_claims import authentication_for, groups_in, name_in
from console.serving_settings import ServingSettings

KEPT_SECONDS = 3600.0
"""How long what the provider tells of itself and of its keys is taken for true."""

AGAIN_SECONDS = 60.0
LEEWAY_SECONDS = 60
SIGNED_BY = tuple(f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512))
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

UNREACHED = "The sign-in provider cannot be reached. Try again in a minute."
NONSENSE = "The sign-in provider answered something that cannot be used."
REFUSED = "The sign-in provider did not confirm who you are. Try again."
NAMELESS = "The sign-in provider did not say what you are called. Ask an admin."

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class ProviderFailed(AccessError):
    """Nobody is signed in; the text is the full sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is sent to the provider with. All but `address` stays here."""

    address: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for."""

    name: str
    groups: tuple[str, ...]


class Provider:
    """`clock` tells seconds since the epoch. To be closed."""

    def __init__(
        self,
        settings: ServingSettings,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._http = httpx.AsyncClient(timeout=10.0, transport=transport)
        self._metadata: Mapping[str, Any] = {}
        self._keys: Any = None
        self._metadata_read = self._keys_read = float("-inf")

    async def close(self) -> None:
        await self._http.aclose()

    async def ask(self, redirect: str) -> Asked:
        """Raises ProviderFailed."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        metadata = await self._described()
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        verifier = secrets.token_urlsafe(48)
        address = prepare_grant_uri(
            metadata["authorization_endpoint"],
            client_id=self._settings.oidc_client_id,
            response_type="code",
            redirect_uri=redirect,
            scope=self._settings.oidc_scopes,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return Asked(str(address), state, nonce, verifier, redirect)

    async def answer(self, asked: Asked, code: str) -> Vouched:
        """Raises ProviderFailed."""
        metadata = await self._described()
        tokens = await self._tokens(metadata, asked, code)
        claims = await self._claims(metadata, asked, tokens)
        settings = self._settings
        if settings.oidc_groups_claim not in claims or settings.oidc_name_claim not in claims:
            claims = {**await self._user_info(metadata, tokens, claims), **claims}
        name = name_in(claims, settings.oidc_name_claim)
        if not name:
            raise ProviderFailed(NAMELESS)
        return Vouched(name, groups_in(claims.get(settings.oidc_groups_claim)))

    async def _tokens(
        self, metadata: Mapping[str, Any], asked: Asked, code: str
    ) -> Mapping[str, Any]:
        from authlib.oauth2.auth import ClientAuth
        from authlib.oauth2.rfc6749.parameters import prepare_token_request

        settings, secret = self._settings, self._settings.oidc_client_secret
        body = prepare_token_request(
            "authorization_code",
            code=code,
            redirect_uri=asked.redirect,
            code_verifier=asked.verifier,
        )
        client = ClientAuth(
            settings.oidc_client_id,
            secret.get_secret_value() if secret else "",
            authentication_for(metadata, secret),
        )
        headers = {
            "accept": "application/json",
            "content-type": "application/x-www-form-urlencoded",
        }
        address, headers, body = client.prepare("POST", metadata["token_endpoint"], headers, body)
        asking = self._http.post(address, content=body, headers=headers)
        return await _json(asking, refused=REFUSED)

    async def _claims(
        self, metadata: Mapping[str, Any], asked: Asked, tokens: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Of the ID token, which must be signed by the provider, for us, for this very request."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError, JoseError

        encoded = str(tokens.get("id_token", ""))
        try:
            try:
                token = jwt.decode(encoded, await self._signing_keys(), SIGNED_BY)
            except InvalidKeyIdError:
                keys = await self._signing_keys(anew=True)
                token = jwt.decode(encoded, keys, SIGNED_BY)
            claims = CodeIDToken(
                token.claims,
                token.header,
                {
                    "iss": {"essential": True, "value": metadata["issuer"]},
                    "aud": {"essential": True, "value": self._settings.oidc_client_id},
                },
                {
                    "nonce": asked.nonce,
                    "client_id": self._settings.oidc_client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(now=int(self._clock()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            log.warning("an ID token was refused: %s", type(error).__name__)
            raise ProviderFailed(REFUSED) from None
        return dict(claims)

    async def _user_info(
        self, metadata: Mapping[str, Any], tokens: Mapping[str, Any], claims: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What it tells of the same person on demand; nothing where it has no such address."""
        address = metadata.get("userinfo_endpoint")
        if not isinstance(address, str) or not tokens.get("access_token"):
            return {}
        headers = {"authorization": f"Bearer {tokens['access_token']}"}
        told = await _json(self._http.get(_trusted(address), headers=headers), refused=REFUSED)
        return told if told.get("sub") == claims.get("sub") else {}

    async def _described(self) -> Mapping[str, Any]:
        now = self._clock()
        if now - self._metadata_read < KEPT_SECONDS:
            return self._metadata
        issuer = self._settings.oidc_issuer
        described = await _json(self._http.get(f"{issuer}/.well-known/openid-configuration"))
        if str(described.get("issuer", "")).rstrip("/") != issuer:
            log.warning("the provider at %s says it is another", issuer)
            raise ProviderFailed(NONSENSE)
        for name in ENDPOINTS:
            _trusted(described.get(name))
        self._metadata, self._metadata_read = described, now
        return described

    async def _signing_keys(self, *, anew: bool = False) -> Any:
        from joserfc.jwk import KeySet

        now = self._clock()
        age = now - self._keys_read
        if age >= KEPT_SECONDS or (anew and age >= AGAIN_SECONDS):
            told: Any = await _json(self._http.get(self._metadata["jwks_uri"]))
            self._keys, self._keys_read = KeySet.import_key_set(told), now
        return self._keys


def _trusted(address: object) -> str:
    try:
        return _checked(address)
    except ValueError:
        raise ProviderFailed(NONSENSE) from None


def _checked(address: object) -> str:
    text = str(address)
    safe_address(text.partition("?")[0])
    return text


async def _json(
    asking: Awaitable[httpx.Response], *, refused: str = UNREACHED
) -> Mapping[str, Any]:
    try:
        response = await asking
        told = response.json() if response.status_code == 200 else None
    except httpx.HTTPError as error:
        log.warning("the sign-in provider cannot be reached: %s", type(error).__name__)
        raise ProviderFailed(UNREACHED) from None
    except (ValueError, RecursionError):
        raise ProviderFailed(NONSENSE) from None
    if response.status_code != 200:
        log.warning("the sign-in provider answered %s: %s", response.status_code, _fault(response))
        raise ProviderFailed(UNREACHED if response.status_code >= 500 else refused)
    if not isinstance(told, dict):
        raise ProviderFailed(NONSENSE)
    return told


def _fault(response: httpx.Response) -> str:
    """The provider's word for what was wrong, such as invalid_client."""
    try:
        told = response.json()
    except (ValueError, RecursionError):
        return "no reason"
    word = told.get("error") if isinstance(told, dict) else None
    return printable(word[:60]) if isinstance(word, str) else "no reason"
