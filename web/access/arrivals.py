"""Where a request came from: its peer, or what a trusted proxy says of it. The headers of proxies
end here, so that nothing further in can be fooled by one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from console.serving_settings import Network

MOST_LETTERS = 2000
SECURED = {"http": "https", "ws": "wss"}


@dataclass(frozen=True, slots=True)
class Claim:
    """Whom a trusted proxy says it has before it, and in which groups."""

    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proxies:
    """Those that are trusted, and the headers in which they tell who somebody is; "" is none.
    `is_tls` says that they are reached over TLS although they do not say so."""

    networks: tuple[Network, ...] = ()
    user_header: str = ""
    groups_header: str = ""
    is_tls: bool = False

    def trusts(self, address: str) -> bool:
        parsed = parsed_address(address)
        return parsed is not None and any(parsed in network for network in self.networks)


class Arrivals:
    """Puts the address and the scheme of the browser into the scope, and the person of a trusted
    proxy, a Claim, into its state as "claim". A request under `prefix` is known by it, whether or
    not a proxy has taken it away."""

    def __init__(self, app: ASGIApp, proxies: Proxies, prefix: str = "") -> None:
        self._app = app
        self._proxies = proxies
        self._prefix = prefix
        self._ended_here = frozenset(
            name.encode("latin-1")
            for name in (proxies.user_header, proxies.groups_header, "forwarded")
            if name
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        inner = {**scope, "state": dict(scope.get("state", {}))}
        peer = (scope.get("client") or ("", 0))[0]
        if self._proxies.trusts(peer):
            self._believe(inner, Headers(scope=scope), peer)
        if scope["type"] == "http" and self._prefix and scope["path"] == self._prefix:
            await RedirectResponse(f"{self._prefix}/", 308)(scope, receive, send)
            return
        inner["headers"] = [pair for pair in scope["headers"] if not self._ends_here(pair[0])]
        self._put_under_prefix(inner)
        await self._app(inner, receive, send)

    def _believe(self, scope: Scope, headers: Headers, peer: str) -> None:
        proxies = self._proxies
        scope["client"] = (forwarded_for(headers, proxies) or peer, 0)
        secured = [word.strip() for word in headers.get("x-forwarded-proto", "").split(",")]
        if proxies.is_tls or secured[-1].lower() in ("https", "wss"):
            scope["scheme"] = SECURED.get(scope["scheme"], scope["scheme"])
        if proxies.user_header and headers.get(proxies.user_header, "").strip():
            scope["state"]["claim"] = claim_in(headers, proxies)

    def _ends_here(self, name: bytes) -> bool:
        return name in self._ended_here or name.startswith(b"x-forwarded-")

    def _put_under_prefix(self, scope: Scope) -> None:
        prefix = self._prefix
        if not prefix:
            return
        scope["root_path"] = prefix
        if not (scope["path"] == prefix or scope["path"].startswith(f"{prefix}/")):
            scope["path"] = prefix + scope["path"]
            if scope.get("raw_path") is not None:
                scope["raw_path"] = prefix.encode("ascii") + scope["raw_path"]


def forwarded_for(headers: Headers, proxies: Proxies) -> str:
    """The nearest address that is no trusted proxy's; "" where nothing usable is said."""
    chain = ",".join(headers.getlist("x-forwarded-for"))[-MOST_LETTERS:].split(",")
    for each in reversed(chain):
        address = parsed_address(each.strip())
        if address is None:
            return ""
        if not proxies.trusts(str(address)):
            return str(address)
    return ""


def claim_in(headers: Headers, proxies: Proxies) -> Claim | None:
    """None where it is told twice or not in plain words: then nobody knows who it is."""
    names = headers.getlist(proxies.user_header)
    name = _text(names[0])
    if len(names) != 1 or name is None:
        return None
    told: Collection[str] = headers.getlist(proxies.groups_header) if proxies.groups_header else ()
    groups = _text(",".join(told)[:MOST_LETTERS]) or ""
    return Claim(name.strip(), tuple(word.strip() for word in groups.split(",") if word.strip()))


def parsed_address(text: str) -> IPv4Address | IPv6Address | None:
    """IPv4 also where it is written as IPv6, with a port or in brackets."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _text(value: str) -> str | None:
    """Proxies write UTF-8, which the header is not read as."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None
