"""The access token: OAuth2 client credentials, one token for all calls, renewed ahead of its end.

Source: the authentication page: form-encoded, an audience, 1800 seconds, no refresh token.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable

from pydantic import SecretStr

from console.errors import (
    ApiError,
    ApiNonsense,
    CredentialsMissing,
    RequestRefused,
    SignInRefused,
)
from console.settings import Profile

AUDIENCE = "https://api.matillion.com"
DEFAULT_LIFE = 1800.0
EARLY = 120.0
"""Seconds before its end at which a token is replaced; never more than half its life."""

NOT_ACCEPTED = ("invalid_client", "invalid_grant", "unauthorized_client")
"""How a token address may say with a 400 that it does not accept credentials (RFC 6749, 5.2)."""

PostForm = Callable[[str, dict[str, str]], Awaitable[bytes]]


class Token:
    """Gives the bearer token, asking for a new one only when there is none or it is about to end.

    Callers that come while one is being fetched wait for that one. `clock` is in seconds.
    """

    def __init__(self, profile: Profile, post_form: PostForm, clock: Callable[[], float]) -> None:
        self._profile = profile
        self._post_form = post_form
        self._clock = clock
        self._lock = asyncio.Lock()
        self._value: SecretStr | None = None
        self._renew_at = 0.0

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """What must not be shown: the client's secret and the token."""
        both = (self._profile.client_secret, self._value)
        return tuple(secret for secret in both if secret is not None)

    async def value(self) -> SecretStr:
        """Raises CredentialsMissing, or what the token address answers."""
        async with self._lock:
            if self._value is None or self._clock() >= self._renew_at:
                await self._fetch()
            assert self._value is not None
            return self._value

    def discard(self, refused: SecretStr) -> None:
        """Forgets a token that the API refused, unless it has been replaced meanwhile."""
        if self._value is not None and self._value == refused:
            self._value = None

    async def _fetch(self) -> None:
        client_id, secret = self._profile.client_id, self._profile.client_secret
        if not client_id or secret is None:
            raise CredentialsMissing("no client id and secret are set")
        form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": secret.get_secret_value(),
            "audience": AUDIENCE,
        }
        try:
            value, life = _token_from(await self._post_form(self._profile.token_url, form))
        except RequestRefused as refused:
            if refused.title in NOT_ACCEPTED:
                raise SignInRefused(refused.detail) from None
            raise
        except ApiError as failure:
            failure.may_have_arrived = False  # what the token was for has not been sent
            raise
        self._value = value
        self._renew_at = self._clock() + life - min(EARLY, life / 2)


def _token_from(body: bytes) -> tuple[SecretStr, float]:
    fault = ApiNonsense("the token address answers something else than a token")
    try:
        reply = json.loads(body)
    except (ValueError, RecursionError):
        raise fault from None
    token = reply.get("access_token") if isinstance(reply, dict) else None
    if not isinstance(token, str) or not re.fullmatch(r"[!-~]+", token):
        raise fault
    life = reply.get("expires_in")
    is_number = isinstance(life, int | float) and not isinstance(life, bool)
    return SecretStr(token), float(life) if is_number and life > 0 else DEFAULT_LIFE
