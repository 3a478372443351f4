"""The cookie that a signed-in browser has: nothing in it but the secret of the session."""

import re
from datetime import datetime
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

SECURE = "__Host-maia-console"
"""Browsers take this name from the host itself alone, over TLS, for all of its paths."""

PLAIN = "maia-console"
_SECRET = re.compile(r"[\w-]{16,200}", re.ASCII)


def is_secure(scope: Scope) -> bool:
    return scope.get("scheme") in ("https", "wss")


def secret_in(scope: Scope) -> str | None:
    """The secret that was sent. None also where two were: then somebody else has put one there."""
    return cookie_in(scope, SECURE if is_secure(scope) else PLAIN)


def is_secret(text: str) -> bool:
    """Whether it is written as a secret is."""
    return _SECRET.fullmatch(text) is not None


def cookie_in(scope: Scope, name: str) -> str | None:
    sent = [
        value.strip()
        for header in Headers(scope=scope).getlist("cookie")
        for pair in header.split(";")
        for key, _, value in [pair.partition("=")]
        if key.strip() == name
    ]
    return sent[0] if len(sent) == 1 and is_secret(sent[0]) else None


def cookie_header(scope: Scope, secret: str, seconds: int) -> str:
    """The value of a Set-Cookie header for the session."""
    return cookie_text(SECURE if is_secure(scope) else PLAIN, secret, seconds, is_secure(scope))


def cookie_text(
    name: str, secret: str, seconds: int, secure: bool, path: str = "/", site: str = "Lax"
) -> str:
    """`site` is with which of other sites' links it is sent."""
    flags = f"; HttpOnly; SameSite={site}" + ("; Secure" if secure else "")
    return f"{name}={secret}; Path={path}; Max-Age={seconds}{flags}"


def signed_in(scope: Scope, where: str, secret: str, until: datetime, now: datetime) -> Response:
    """Leads on, with the cookie of a session that has just begun."""
    response = see_other(where)
    seconds = max(1, int((until - now).total_seconds()))
    response.headers.append("set-cookie", cookie_header(scope, secret, seconds))
    return response


def see_other(where: str) -> Response:
    return RedirectResponse(where, HTTPStatus.SEE_OTHER, headers={"cache-control": "no-store"})


def forget(response: Response, scope: Scope) -> Response:
    response.headers.append("set-cookie", cookie_header(scope, "", 0))
    return response
