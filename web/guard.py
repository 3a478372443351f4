"""What every request passes: only this site's own pages may talk to it, and safe headers go out.

NiceGUI accepts a websocket from any origin and sends no security headers; this closes both.
"""

import re
import secrets
from collections.abc import Callable, Collection

from starlette._utils import get_route_path
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOOLKIT_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval';"
    " style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self' data:;"
    " connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none';"
    " form-action 'self'; object-src 'none'"
)
"""The strictest that a NiceGUI page works with. Inline scripts and styles are only those that the
server has marked with the number of this very answer. Eval remains: the toolkit makes its templates
into functions in the browser, and runs what the server tells it to by it."""

STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
WALL = "/wall"
WALL_POLICY = re.sub("((?:script|style)-src 'self')", r"\1 'nonce-{nonce}'", STRICT_POLICY)
"""The page of the wall brings its script and styles with it, marked as of this very answer."""

FORM_POLICY = STRICT_POLICY.replace("form-action 'none'", "form-action 'self'")

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
"""A page with no referrer at all would send its forms with the origin null."""

STRICT_PATHS = ("/wall", "/healthz", "/readyz", "/metrics", "/api", "/static/", "/theme.css")
FORM_PATHS = ("/sign-in", "/sign-out", "/first-admin")

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[\w.-]+)(:\d+)?", re.IGNORECASE)


class Guard:
    """Refuses a foreign Host (DNS rebinding) and a foreign Origin (another site's page) with 403,
    on plain requests and websockets alike. Hosts are lower-case, an IPv6 address in brackets; the
    address at which a request has arrived is always one, as no name can be bound to lead there."""

    def __init__(
        self,
        app: ASGIApp,
        allowed_hosts: Collection[str],
        on_refused: Callable[[Scope], None] = lambda scope: None,
    ) -> None:
        self._app = app
        self._on_refused = on_refused
        self._hosts = frozenset(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        guarded = _with_headers(scope, send, nonce)
        if self._is_ours(scope):
            scope["state"] = {**scope.get("state", {}), "nonce": nonce}
            await self._app(scope, receive, guarded)
        else:
            self._on_refused(scope)
            await _refuse(scope, receive, guarded)

    def _is_ours(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        name = _host_name(host)
        if len(headers.getlist("host")) != 1 or len(headers.getlist("origin")) > 1:
            return False
        if not name or (name not in self._hosts and name != _own_address(scope)):
            return False
        origin = headers.get("origin")
        return origin is None or _is_same_site(origin, host, scope)


def _is_same_site(origin: str, host: str, scope: Scope) -> bool:
    """Over TLS a page that came without it is another site's: anybody may have written it."""
    scheme, _, rest = origin.partition("://")
    is_secure = scope.get("scheme") in ("https", "wss")
    return rest.lower() == host.lower() and (scheme == "https" or not is_secure)


def _host_name(host: str) -> str:
    """The name in a Host header, without its port; "" for what is no such header."""
    match = _HOST.fullmatch(host)
    return match["name"].lower() if match else ""


def _own_address(scope: Scope) -> str:
    server = scope.get("server")
    address = str(server[0]) if server else ""
    is_literal = ":" in address or address.replace(".", "").isdigit()
    if not is_literal:
        return ""
    return f"[{address}]" if ":" in address else address


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    else:
        response = PlainTextResponse("This page may not talk to this console.\n", 403)
        await response(scope, receive, send)


def _with_headers(scope: Scope, send: Send, nonce: str) -> Send:
    path = get_route_path(scope)
    if path.startswith(FORM_PATHS):
        policy = FORM_POLICY
    elif path == WALL:
        policy = WALL_POLICY.format(nonce=nonce)
    elif path.startswith(STRICT_PATHS):
        policy = STRICT_POLICY
    else:
        policy = TOOLKIT_POLICY.format(nonce=nonce)

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers["content-security-policy"] = policy
        await send(message)

    return guarded
