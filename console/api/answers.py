"""From an HTTP answer, or the lack of one, to our errors. The only place that knows the mapping."""

import json
import re
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, quote_plus

from pydantic import SecretStr

from console.api.http import httpx
from console.errors import (
    ApiFailed,
    ApiNonsense,
    ApiThrottled,
    ApiUnreachable,
    ConsoleError,
    NotFound,
    PermissionDenied,
    RequestRefused,
    SignInRefused,
    Unreachability,
)

EXCERPT = 200
"""How much of a server's text may stand in an error, in characters."""

_LONGEST = 100 * EXCERPT

HIDDEN = "[hidden]"
"""Stands where a server repeats a secret that it was sent."""

_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+"
)

Secrets = Sequence[SecretStr]


def excerpt(text: str, secrets: Secrets = ()) -> str:
    """A server's text on one line, without secrets and control characters, cut short."""
    for secret in secrets:
        value = secret.get_secret_value()
        for form in {value, quote(value), quote(value, safe=""), quote_plus(value)} - {""}:
            text = text.replace(form, HIDDEN)
    clean = _UNSAFE.sub(" ", text).strip()
    return clean if len(clean) <= EXCERPT else f"{clean[: EXCERPT - 1]}…"


def error_for(response: httpx.Response, secrets: Secrets = ()) -> ConsoleError:
    """The error for an answer that is not a success. `secrets` are what the request held."""
    status = response.status_code
    problem = _problem(response, secrets)
    words = problem.get("detail") or problem.get("title") or ""
    if not words and not problem.get("violations"):
        words = _plain(response, secrets)
    if status == 401:
        return SignInRefused(words or "HTTP 401")
    if status == 403:
        trap = "ip not allowed" in words.lower()
        return PermissionDenied(words or "HTTP 403", address_not_allowed=trap)
    if status == 429:
        return ApiThrottled(retry_after(response))
    if status >= 500:
        return ApiFailed(status, words)
    if 300 <= status < 400:
        return ApiNonsense(f"HTTP {status}, a redirect the API does not make")
    if not problem and _is_html(response):
        return ApiNonsense(f"HTTP {status} with a web page")
    kind = NotFound if status == 404 else RequestRefused
    return kind(
        status,
        title=problem.get("title", ""),
        detail=problem.get("detail", "") or words,
        violations=problem.get("violations", ()),
    )


def unreachable(error: httpx.HTTPError, host: str, secrets: Secrets = ()) -> ApiUnreachable:
    """The error for a request that got no answer; its kind says where it ended."""
    kind = _kind(error)
    detail = excerpt(str(error), secrets) if kind in ("tls", "proxy") else ""
    return ApiUnreachable(kind, host, detail)


def body_of(response: httpx.Response) -> bytes:
    """The body of a success that must be JSON; raises ApiNonsense when it says it is not."""
    if _is_html(response):
        raise ApiNonsense("a web page instead of data; a proxy or sign-in page may be in between")
    return response.content


def retry_after(response: httpx.Response) -> float | None:
    """The Retry-After header in seconds from now, given there in seconds or as a date."""
    value = response.headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isdecimal():
        return float(value)
    when = _moment(value)
    if when is None:
        return None
    now = _moment(response.headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (when - now).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_MEMBERS = {
    "error": "title",
    "error_description": "detail",
    "title": "title",
    "detail": "detail",
}
"""Members of a problem document and of a token address's error (RFC 6749), and what they are."""


def _problem(response: httpx.Response, secrets: Secrets) -> dict[str, Any]:
    """The parts of a problem document (RFC 9457) that we use, safe to show; {} if it is none."""
    if "json" not in response.headers.get("content-type", ""):
        return {}
    try:
        body = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(body, dict):
        return {}
    parts: dict[str, Any] = {
        part: excerpt(body[key], secrets)
        for key, part in _MEMBERS.items()
        if isinstance(body.get(key), str)
    }
    violations = body.get("violations")
    if isinstance(violations, list):
        parts["violations"] = tuple(excerpt(str(each), secrets) for each in violations[:10])
    return parts


def _plain(response: httpx.Response, secrets: Secrets) -> str:
    return "" if _is_html(response) else excerpt(response.text[:_LONGEST], secrets)


def _is_html(response: httpx.Response) -> bool:
    if "html" in response.headers.get("content-type", ""):
        return True
    return response.content[:64].lstrip().lower().startswith((b"<!doctype", b"<html"))


def _kind(error: httpx.HTTPError) -> Unreachability:
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes) or "SSL" in str(error):
        return "tls"
    if isinstance(error, httpx.ProxyError):
        return "proxy"
    if isinstance(error, httpx.ConnectError):
        text = str(error).lower()
        is_name = any(type(cause).__name__ == "gaierror" for cause in causes)
        return "dns" if is_name or "name or service" in text or "getaddrinfo" in text else "connect"
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return "connect"
    return "timeout" if isinstance(error, httpx.TimeoutException) else "dropped"


def _causes(error: BaseException | None) -> Any:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
