"""Stands before the wall for screens, and for whoever is not signed in as a person. A screen that
was let in gets the wall, its stream and its codes, and nothing else, whoever has signed in on it; a
browser with neither gets a code to show."""

import json
import secrets
from dataclasses import replace
from http import HTTPStatus

from fastapi import Request
from starlette._utils import get_route_path
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console import __version__
from console.access.access import Access
from console.access.refusals import AccessUnavailable, SignInRefused
from console.access.screens import SWITCHED_OFF, Screen
from web.access.cookies import cookie_in, cookie_text, is_secret, is_secure, see_other
from web.access.entrance import address_of
from web.access.plain_page import wants_page
from web.access.screen_page import BACK, KEY, NO_ADMIN, Standing, standing_json, standing_page
from web.access.screens import put_screen
from web.access.streams import Streams

WALL = "/wall"
WAITING = f"{WALL}/waiting"
EVENTS = f"{WALL}/events"
CODE = f"{WALL}/code"

OWN, ASKED = "maia-wall", "maia-wall-code"
"""The cookies of a screen: the secret that it has, and the one that it waits with."""

SECURE = "__Secure-"
LONGEST = 400 * 86400
"""Seconds; no browser keeps a cookie for longer. Each page and stream of the wall renews it."""

EVENT_STREAM = "text/event-stream"


class ScreenDoor:
    """Belongs to the event loop. `public` is the address under which people reach the console, or
    "". `close` makes it hear of no change any more."""

    def __init__(self, access: Access, public: str = "") -> None:
        self._access, self._public = access, public
        self._desk = access.screens
        self._streams = Streams()
        self.close = self._desk.on_change(self._on_change)

    def is_before(self, path: str) -> bool:
        return path == WALL or path.startswith(f"{WALL}/")

    def is_screen(self, scope: Scope) -> bool:
        """Whether it comes from a screen, or from one that is let in now: then no person counts."""
        if scope["type"] != "http":
            return False
        return self._known(scope) is not None or self._expected(scope) is not None

    async def answer(
        self, app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, is_person: bool
    ) -> bool:
        """Whether it was answered; False for what there is nothing to say to. `is_person` says that
        somebody is signed in, who only asks whether that is so."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return False
        path, screen = get_route_path(scope), self._known(scope)
        if path == WAITING:
            is_in = is_person and screen is None
            standing = Standing("in") if is_in else self._standing(scope, screen)
            answer: Response | None = standing_json(standing, self._seconds(standing))
        elif not is_of_wall(path):
            answer = None
        elif path == WALL and scope["method"] == "GET" and wants_page(scope):
            answer = await self._page_answer(Request(scope), screen)
        elif path == EVENTS and (screen is None or screen.is_revoked) and is_stream(scope):
            answer = load_anew()
        else:
            answer = _switched_off() if screen is not None and screen.is_revoked else None
        if answer is None and is_of_wall(path) and screen is not None:
            await self._let_in(screen, app, scope, receive, send)
            return True
        if answer is not None:
            await answer(scope, receive, send)
        return answer is not None

    def _known(self, scope: Scope) -> Screen | None:
        secret = cookie_in(scope, name_of(scope, OWN))
        version = __version__ if get_route_path(scope) == WALL else ""
        address = address_of(scope)
        if secret is None:
            return None
        return self._desk.known(secret, address=address, version=version)

    async def _let_in(
        self, screen: Screen, app: ASGIApp, scope: Scope, receive: Receive, send: Send
    ) -> None:
        path = get_route_path(scope)
        put_screen(scope, screen)
        if path not in (WALL, EVENTS):
            await app(scope, receive, send)
            return
        secret = cookie_in(scope, name_of(scope, OWN)) or ""
        renewing = _with_cookies(send, cookie_of(scope, OWN, secret))
        if path == EVENTS:
            await self._streams.stream(screen.id, app, scope, receive, renewing)
        else:
            await app(scope, receive, renewing)

    def _expected(self, scope: Scope) -> str | None:
        """The secret of a browser that was let in and has yet to come: of its code, or of a link
        that it has opened."""
        asked = (cookie_in(scope, name_of(scope, ASKED)), key_in(scope))
        return next((each for each in asked if each and self._desk.is_expected(each)), None)

    async def _page_answer(self, request: Request, screen: Screen | None) -> Response | None:
        """None for the wall itself."""
        scope, expected = request.scope, self._expected(request.scope)
        is_in = screen is not None and not screen.is_revoked
        if is_in:
            return see_other(without_key(scope)) if KEY in request.query_params else None
        standing = self._standing(scope, screen)
        if expected is not None:
            try:
                opened = await self._desk.open(
                    expected, address=address_of(scope), version=__version__
                )
            except AccessUnavailable as unavailable:
                standing, opened = Standing("out", str(unavailable)), None
            if opened is not None:
                return self._opened(scope, opened[1])
        if standing.state not in ("none", "in"):
            return self._page(request, standing)
        return self._asking_page(request)

    def _page(self, request: Request, standing: Standing) -> Response:
        standing = replace(standing, key=key_in(request.scope) or "")
        return standing_page(request, standing, self._seconds(standing), self._public)

    def _asking_page(self, request: Request) -> Response:
        agent = request.headers.get("user-agent", "")
        try:
            waiting, secret = self._desk.ask(address=address_of(request.scope), agent=agent)
        except SignInRefused as refused:
            retry = max(1, round(refused.wait or 1))
            return self._page(request, Standing("out", str(refused), retry=retry))
        answer = self._page(request, Standing("code", waiting=waiting))
        answer.headers.append("set-cookie", cookie_of(request.scope, ASKED, secret))
        return answer

    def _standing(self, scope: Scope, screen: Screen | None) -> Standing:
        """Asks for nothing anew."""
        asked = cookie_in(scope, name_of(scope, ASKED))
        if self._expected(scope) is not None:
            return Standing("in")
        if screen is not None:
            return Standing("off", BACK) if screen.is_revoked else Standing("in")
        if self._access.problem:
            return Standing("out", self._access.problem)
        if not self._access.has_admin:
            return Standing("out", NO_ADMIN)
        waiting = None if asked is None else self._desk.waiting(asked)
        return Standing("none") if waiting is None else Standing("code", waiting=waiting)

    def _seconds(self, standing: Standing) -> float:
        waiting = standing.waiting
        return 0.0 if waiting is None else (waiting.until - self._access.now).total_seconds()

    def _opened(self, scope: Scope, secret: str) -> Response:
        """Leads to the same address, now with a secret of its own."""
        answer = see_other(without_key(scope))
        answer.headers.append("set-cookie", cookie_of(scope, OWN, secret))
        answer.headers.append("set-cookie", cookie_of(scope, ASKED, "", 0))
        return answer

    def _on_change(self, screen_id: str, why: str) -> None:
        told = f"event: notice\ndata: {json.dumps(why)}\n\n" if why else new_build()
        self._streams.end(screen_id, told.encode())


def is_of_wall(path: str) -> bool:
    """What a screen may ask for, and all of it."""
    return path in (WALL, EVENTS, CODE)


def is_stream(scope: Scope) -> bool:
    return EVENT_STREAM in Headers(scope=scope).get("accept", "")


def key_in(scope: Scope) -> str | None:
    """The secret of a link, as far as it is written as one."""
    key = QueryParams(scope.get("query_string", b"")).get(KEY, "")
    return key if is_secret(key) else None


def without_key(scope: Scope) -> str:
    """The address of the wall that was asked for, but for the secret of a link."""
    pairs = scope.get("query_string", b"").decode("latin-1").split("&")
    query = "&".join(each for each in pairs if each and each.partition("=")[0] != KEY)
    return f"{scope.get('root_path', '')}{WALL}" + (f"?{query}" if query else "")


def load_anew() -> Response:
    """A stream that says only that the page of the wall is another now, which is then loaded."""
    return PlainTextResponse(
        new_build(), media_type=EVENT_STREAM, headers={"cache-control": "no-store"}
    )


def new_build() -> str:
    """A wall loads itself anew when it hears of a build that is not its own, once for each."""
    return f"event: hello\ndata: {json.dumps({'build': secrets.token_hex(8)})}\n\n"


def name_of(scope: Scope, cookie: str) -> str:
    return f"{SECURE}{cookie}" if is_secure(scope) else cookie


def cookie_of(scope: Scope, cookie: str, secret: str, seconds: int = LONGEST) -> str:
    """The value of a Set-Cookie header; browsers send it to the wall and what is below it alone."""
    path, secure = f"{scope.get('root_path', '')}{WALL}", is_secure(scope)
    return cookie_text(name_of(scope, cookie), secret, seconds, secure, path, site="Strict")


def _switched_off() -> Response:
    return PlainTextResponse(
        f"{SWITCHED_OFF}\n", HTTPStatus.FORBIDDEN, headers={"cache-control": "no-store"}
    )


def _with_cookies(send: Send, cookie: str) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return sent
