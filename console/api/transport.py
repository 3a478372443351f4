"""One request to the API, with everything a request needs: token, budget, retries, errors."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from console import __version__
from console.api.answers import body_of, error_for, unreachable
from console.api.auth import Token
from console.api.budget import IN_FLIGHT, RequestBudget
from console.api.http import httpx
from console.api.retry import retrying
from console.errors import (
    ApiFailed,
    ApiNonsense,
    ApiThrottled,
    ApiUnreachable,
    ConsoleError,
    PermissionDenied,
    SettingError,
    SignInRefused,
)
from console.settings import Profile
from console.traffic import Traffic

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Query = Mapping[str, str | int | list[str]]


class Transport:
    """Sends requests for one profile over one connection pool.

    `clock` is in seconds and must not jump; `sleep` waits seconds. Both are for tests to replace.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        http_transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        clock = clock or asyncio.get_running_loop().time
        self._address = profile.api_address
        self._sleep = sleep
        self._headers = {"account-id": profile.account_id} if profile.account_id else {}
        self._http = _http_client(profile, http_transport)
        self._token = Token(profile, self._post_form, clock)
        self.budget = RequestBudget(profile.requests_per_minute, clock=clock, sleep=sleep)
        self.traffic = Traffic(profile.requests_per_minute, lambda: self.budget.remaining)

    async def aclose(self) -> None:
        await self._http.aclose()

    async def get(self, path: str, query: Query | None = None) -> bytes:
        """A read, tried up to five times while the fault looks passing; the JSON body as bytes."""
        return await self._authorised("GET", path, query=query)

    async def send(
        self,
        method: Method,
        path: str,
        body: Mapping[str, object] | None = None,
        query: Query | None = None,
    ) -> bytes:
        """A write, sent once: only an answer of 401 repeats it, as that was not carried out."""
        return await self._authorised(method, path, query=query, body=body)

    async def _authorised(
        self,
        method: Method,
        path: str,
        *,
        query: Query | None = None,
        body: Mapping[str, object] | None = None,
    ) -> bytes:
        exchange = self._patient_exchange if method == "GET" else self._exchange
        for is_last in (False, True):
            token = await self._token.value()
            headers = {**self._headers, "authorization": f"Bearer {token.get_secret_value()}"}
            try:
                return await exchange(
                    method, f"{self._address}{path}", params=query, json=body, headers=headers
                )
            except SignInRefused:
                self._token.discard(token)
                if is_last:
                    raise
        raise AssertionError("the loop returns or raises")

    async def _post_form(self, url: str, form: dict[str, str]) -> bytes:
        return await self._patient_exchange("POST", url, data=form)

    async def _patient_exchange(self, method: Method, url: str, **request: Any) -> bytes:
        async for attempt in retrying(self._sleep):
            with attempt:
                return await self._exchange(method, url, **request)
        raise AssertionError("tenacity reraises")

    async def _exchange(self, method: Method, url: str, **request: Any) -> bytes:
        try:
            async with self.budget.place():
                self.traffic.called(method)
                response = await self._sent(method, url, **request)
            if not response.is_success:
                raise error_for(response, self._token.secrets)
            return body_of(response)
        except ConsoleError as error:
            self.traffic.failed(_fault(error))
            raise

    async def _sent(self, method: Method, url: str, **request: Any) -> httpx.Response:
        try:
            return await self._http.request(method, url, **request)
        except httpx.HTTPError as error:
            host = urlsplit(url).hostname or url
            raise unreachable(error, host, self._token.secrets) from None


def _fault(error: ConsoleError) -> str:
    kinds = (kind for branch, kind in _FAULTS.items() if isinstance(error, branch))
    return next(kinds, "refused")


_FAULTS: Mapping[type[ConsoleError], str] = {
    ApiUnreachable: "unreachable",
    ApiThrottled: "throttled",
    ApiFailed: "failed",
    ApiNonsense: "nonsense",
    SignInRefused: "not_signed_in",
    PermissionDenied: "not_allowed",
}


def _http_client(
    profile: Profile, http_transport: httpx.AsyncBaseTransport | None
) -> httpx.AsyncClient:
    """The proxies of the environment are used too, unless everything is on this machine. Raises
    SettingError for a proxy or a bundle that cannot be used."""
    limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT)
    is_plain = profile.api_address.startswith("http:") and profile.token_url.startswith("http:")
    verify = False if is_plain and profile.ca_bundle is None else _tls(profile)
    try:
        return httpx.AsyncClient(
            transport=http_transport,
            mounts=_over_ipv4(profile, verify, limits) if http_transport is None else None,
            proxy=profile.proxy if http_transport is None else None,
            verify=verify,
            limits=limits,
            timeout=httpx.Timeout(
                profile.timeout_seconds, connect=min(10.0, profile.timeout_seconds)
            ),
            headers={"user-agent": f"maia-console/{__version__}", "accept": "application/json"},
            follow_redirects=False,
            trust_env=not is_plain,
        )
    except (ValueError, ImportError, httpx.InvalidURL):
        raise SettingError(
            "The proxy cannot be used; it should be an address that starts with http:// or"
            " https://. Look at the setting proxy and at HTTPS_PROXY, HTTP_PROXY and ALL_PROXY."
        ) from None


def _over_ipv4(
    profile: Profile, verify: ssl.SSLContext | bool, limits: httpx.Limits
) -> dict[str, httpx.AsyncBaseTransport | None] | None:
    """Stands in for the client's own connections, below the proxies of the environment."""
    if not profile.ipv4_only:
        return None
    transport = httpx.AsyncHTTPTransport(
        verify=verify, limits=limits, proxy=profile.proxy, local_address="0.0.0.0"
    )
    return {"all://": transport}


def _tls(profile: Profile) -> ssl.SSLContext | bool:
    if profile.ca_bundle is None:
        return True
    try:
        return ssl.create_default_context(cafile=str(profile.ca_bundle))
    except OSError:
        raise SettingError(
            f"ca_bundle: “{profile.ca_bundle}” cannot be used; it should be a readable file of"
            " certificates in PEM format."
        ) from None
