"""Stands before everything: nobody gets past who is not signed in, but to what is public.

Requests that go on bear the person in their state. What is answered to somebody unknown says only
how to sign in.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from starlette._utils import get_route_path
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from console.access.audit import What
from console.access.person import Person
from console.access.refusals import SignInRefused
from web.access.arrivals import Claim
from web.access.cookies import see_other, signed_in
from web.access.entrance import Entrance, address_of
from web.access.people import NOBODY, put_person
from web.access.plain_page import wants_page
from web.access.presence import Presence
from web.access.screen_door import WAITING, ScreenDoor

FORMS = ("/sign-in", "/sign-out", "/first-admin")
PUBLIC = (*FORMS, "/sign-in/oidc", "/sign-in/oidc/callback", "/theme.css", "/favicon.ico")
PUBLIC_BELOW = ("/static/", "/_nicegui/")
"""Scripts and styles, which are the same for everybody."""

ANSWER_THEMSELVES = ("/healthz", "/readyz", "/metrics", "/api")
"""These tell a stranger nothing, or take a token."""

SOCKETS = "/_nicegui_ws/"
"""A page that is only open connects here again and again, which is no use of the session."""

STREAMS = ("/wall/events",)
LONGEST_NEXT = 2000


class Gate:
    """`is_foreign` says whether a request of this person belongs to the socket of another;
    `screens` lets walls in that nobody sits at."""

    def __init__(
        self,
        app: ASGIApp,
        entrance: Entrance,
        presence: Presence,
        is_foreign: Callable[[Scope, Person], bool],
        screens: ScreenDoor | None = None,
    ) -> None:
        self._app = app
        self._entrance = entrance
        self._presence = presence
        self._is_foreign = is_foreign
        self._screens = screens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        path = get_route_path(scope)
        if is_public(path, scope):
            await self._app(scope, receive, send)
            return
        if self._is_screen(path, scope) and await self._is_answered(None, scope, receive, send):
            return
        person = self._entrance.person(scope, is_used=not path.startswith(SOCKETS))
        claim = scope.get("state", {}).get("claim")
        if isinstance(claim, Claim) and self._entrance.is_needed:
            person = await self._claimed(claim, person, scope, receive, send)
            if person is None:
                return
        if await self._is_waiting_answered(path, person, scope, receive, send):
            return
        if person is None and not answers_itself(path):
            await self._turn_away(scope, receive, send)
        elif path.startswith(SOCKETS) and self._is_foreign(scope, person or NOBODY):
            self._entrance.note_refused(
                person or NOBODY, What.SOCKET_REFUSED, "connect", "another session's socket"
            )
            await refuse(scope, receive, send, "This connection is not yours.\n")
        else:
            await self._let_in(path, person, scope, receive, send)

    async def _let_in(
        self, path: str, person: Person | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if person is not None:
            put_person(scope, person)
        if person is not None and person.session and path in STREAMS:
            streams = self._presence.streams
            await streams.stream(person.session, self._app, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_screen(self, path: str, scope: Scope) -> bool:
        """Whether a screen asks for the wall. It stays one whoever has signed in on it, and whoever
        a proxy takes it for: what it shows must not end with somebody's session."""
        door = self._screens
        return door is not None and door.is_before(path) and door.is_screen(scope)

    async def _is_waiting_answered(
        self, path: str, person: Person | None, scope: Scope, receive: Receive, send: Send
    ) -> bool:
        """Whether it was a browser that waits to be a screen."""
        door = self._screens
        if door is None or not door.is_before(path) or (person is not None and path != WAITING):
            return False
        return await self._is_answered(person, scope, receive, send)

    async def _is_answered(
        self, person: Person | None, scope: Scope, receive: Receive, send: Send
    ) -> bool:
        door = self._screens
        if door is None:
            return False
        return await door.answer(self._app, scope, receive, send, is_person=person is not None)

    async def _claimed(
        self,
        claim: Claim,
        person: Person | None,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> Person | None:
        """Whom a trusted proxy vouches for: signed in anew unless the session is theirs already.
        None when the request has been answered here."""
        access, role = self._entrance.access, self._entrance.roles.role(claim.groups)
        if person is not None and person.name == claim.name and person.role is role:
            return person
        if access is None or not wants_page(scope):
            await refuse(scope, receive, send, "Open the console in a browser first.\n")
            return None
        address, agent = address_of(scope), Headers(scope=scope).get("user-agent", "")[:300]
        if role is None:
            who = Person(claim.name[:100], NOBODY.role, address)
            self._entrance.note_refused(who, What.SIGN_IN_REFUSED, "", NO_ROLE)
            await refuse(scope, receive, send, f"{NO_ROLE}\n")
            return None
        try:
            begun = await access.sign_in_known(
                claim.name, role, address=address, way="proxy", agent=agent
            )
        except SignInRefused as refused:
            await refuse(scope, receive, send, f"{refused}\n")
            return None
        if person is not None and person.session:
            await access.sign_out(person.session)
        here = own_address(scope)
        response = signed_in(scope, here, begun.secret, begun.until, access.now)
        await response(scope, receive, send)
        return None

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and wants_page(scope):
            where = f"{scope.get('root_path', '')}/sign-in?next={quote(own_address(scope))}"
            await see_other(where)(scope, receive, send)
        else:
            await refuse(scope, receive, send, "Sign in first.\n", HTTPStatus.UNAUTHORIZED)


NO_ROLE = "None of your groups has a role here. Ask an admin."


def is_public(path: str, scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    reads = scope["method"] in ("GET", "HEAD")
    sends = scope["method"] == "POST" and path in FORMS
    return sends or (reads and (path in PUBLIC or path.startswith(PUBLIC_BELOW)))


def answers_itself(path: str) -> bool:
    return path in ANSWER_THEMSELVES or path.startswith("/api/")


def own_address(scope: Scope) -> str:
    """Path and query as they were asked for; where they are too long the first page."""
    query = scope.get("query_string", b"").decode("latin-1")
    asked = quote(scope["path"]) + (f"?{query}" if query else "")
    return asked if len(asked) <= LONGEST_NEXT else f"{scope.get('root_path', '')}/"


async def refuse(
    scope: Scope,
    receive: Receive,
    send: Send,
    sentence: str,
    status: HTTPStatus = HTTPStatus.FORBIDDEN,
) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    answer = PlainTextResponse(sentence, status, headers={"cache-control": "no-store"})
    await answer(scope, receive, send)
