"""What every request passes: only this site's own pages may talk to it, and safe headers go out.

NiceGUI accepts a websocket from any origin and sends no security headers; this closes both.
"""

import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NICEGUI_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self';"
    " object-src 'none'"
)
"""The strictest that a NiceGUI page works with: its templates need eval, its page inline script."""

STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

STRICT_PATHS = ("/wall", "/healthz", "/readyz", "/metrics")

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[\w.-]+)(:\d+)?", re.IGNORECASE)


class Guard:
    """Refuses a foreign Host (DNS rebinding) and a foreign Origin (another site's page) with 403,
    on plain requests and websockets alike. Hosts are lower-case, an IPv6 address in brackets."""

    def __init__(self, app: ASGIApp, allowed_hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif not self._is_ours(Headers(scope=scope)):
            await _refuse(scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(scope, send))

    def _is_ours(self, headers: Headers) -> bool:
        host = headers.get("host", "")
        if _host_name(host) not in self._hosts:
            return False
        origin = headers.get("origin")
        return origin is None or origin.partition("://")[2] == host


def _host_name(host: str) -> str:
    """The name in a Host header, without its port; "" for what is no such header."""
    match = _HOST.fullmatch(host)
    return match["name"].lower() if match else ""


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    else:
        response = PlainTextResponse("This page may not talk to this console.\n", 403)
        await response(scope, receive, send)


def _with_headers(scope: Scope, send: Send) -> Send:
    path = scope.get("path", "")
    policy = STRICT_POLICY if path.startswith(STRICT_PATHS) else NICEGUI_POLICY

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers["content-security-policy"] = policy
        await send(message)

    return guarded
