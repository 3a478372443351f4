"""Stands before NiceGUI's sockets, which take any message from whoever knows a page's id.

A socket may speak only for a page that its own session has opened and that it has shaken hands
with, and only as long as that session lasts. Anything else has no effect but an entry in the audit.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from nicegui import Client
from nicegui import nicegui as toolkit
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.types import Scope

from console.access.audit import What
from console.access.person import Person
from console.errors import printable
from web.access.entrance import Entrance
from web.access.people import NOBODY, person_in, person_of
from web.access.presence import Presence

PATIENCE = 20
"""Messages that are refused before a socket is closed; and lines of log that one may write."""

LONGEST_LINE = 500
NO_PAGE = "Implicit handshake failed"
"""At these words the page's script loads the page anew."""

Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200


def _number(value: Any) -> bool:
    """JavaScript's numbers and those of a query."""
    if isinstance(value, str):
        return value.isascii() and value.isdigit() and len(value) < 18
    return isinstance(value, int) and not isinstance(value, bool)


def _arguments(value: Any) -> bool:
    return isinstance(value, list) and all(each is None or isinstance(each, str) for each in value)


def _absent_or(check: Check) -> Check:
    return lambda value: value is None or check(value)


EVENT: Mapping[str, Check] = {
    "id": lambda value: _number(value) and not isinstance(value, str),
    "listener_id": _text,
    "args": _absent_or(_arguments),
}
RESPONSE: Mapping[str, Check] = {"request_id": _text}
ACK: Mapping[str, Check] = {
    "next_message_id": lambda value: _number(value) and not isinstance(value, str)
}
LOG: Mapping[str, Check] = {
    "level": lambda value: value in ("debug", "info", "warning", "error"),
    "message": lambda value: isinstance(value, str),
}
HANDSHAKE: Mapping[str, Check] = {
    "tab_id": _text,
    "document_id": _text,
    "old_tab_id": _absent_or(_text),
    "next_message_id": _absent_or(_number),
}


class Sockets:
    """Takes the place of NiceGUI's handlers, and calls them for what is in order."""

    def __init__(self, sio: AsyncServer, entrance: Entrance, presence: Presence) -> None:
        self._sio = sio
        self._entrance = entrance
        self._presence = presence
        self._refused: Counter[str] = Counter()
        self._logged: Counter[str] = Counter()
        for name, handler in (
            ("connect", self.connect),
            ("handshake", self.handshake),
            ("disconnect", self.disconnect),
            ("event", self.event),
            ("javascript_response", self.javascript_response),
            ("ack", self.ack),
            ("log", self.log),
        ):
            sio.on(name, handler)

    def is_foreign(self, scope: Scope, person: Person) -> bool:
        """Whether a request of polling, or the change to a websocket, is for another's socket."""
        query = _query(scope.get("query_string", b"").decode("latin-1"))
        environ = self._sio.environ.get(query.get("sid", ""))
        return environ is not None and not _are_same(_person_of(environ), person)

    async def connect(self, sid: str, environ: dict[str, Any], *_: Any) -> None:
        query = _query(environ.get("QUERY_STRING", ""))
        if query.get("implicit_handshake") != "true":
            return
        if not self._may_shake(sid, _person_of(environ), query):
            raise Refused(NO_PAGE)
        await toolkit._on_connect(sid, environ)

    async def handshake(self, sid: str, *sent: Any) -> bool:
        message = sent[0] if len(sent) == 1 and isinstance(sent[0], dict) else {}
        if not self._may_shake(sid, self._person(sid), message):
            return False
        return bool(await toolkit._on_handshake(sid, message))

    def disconnect(self, sid: str, *_: Any) -> None:
        self._refused.pop(sid, None)
        self._logged.pop(sid, None)
        toolkit._on_disconnect(sid)

    async def event(self, sid: str, *sent: Any) -> None:
        if not await self._is_in_order("event", EVENT, sid, sent):
            return
        try:
            toolkit._on_event(sid, sent[0])
        except (
            ValueError,
            KeyError,
        ):  # arguments that are no JSON, or a listener that there is not
            await self._refuse(sid, self._person(sid), "event", "It cannot be read.")

    async def javascript_response(self, sid: str, *sent: Any) -> None:
        if await self._is_in_order("javascript_response", RESPONSE, sid, sent):
            toolkit._on_javascript_response(sid, sent[0])

    async def ack(self, sid: str, *sent: Any) -> None:
        if await self._is_in_order("ack", ACK, sid, sent):
            toolkit._on_ack(sid, sent[0])

    async def log(self, sid: str, *sent: Any) -> None:
        if not await self._is_in_order("log", LOG, sid, sent):
            return
        self._logged[sid] += 1
        if self._logged[sid] <= PATIENCE:
            line = printable(sent[0]["message"][:LONGEST_LINE])
            toolkit._on_log(sid, {**sent[0], "message": line})

    def _may_shake(self, sid: str, person: Person, message: Mapping[str, Any]) -> bool:
        client_id = message.get("client_id")
        page = Client.instances.get(client_id) if isinstance(client_id, str) else None
        if page is None:
            return False
        reason = ""
        if not _has_shape(message, HANDSHAKE):
            reason = "It cannot be read."
        elif not _are_same(person, _owner(page)):
            reason = "The page is another's."
        elif not self._entrance.is_still(person):
            reason = "The sign-in has ended."
        if reason:
            self._note(person, "handshake", reason)
        return not reason

    async def _is_in_order(
        self, name: str, shape: Mapping[str, Check], sid: str, sent: tuple[Any, ...]
    ) -> bool:
        person = self._person(sid)
        message = sent[0] if len(sent) == 1 and isinstance(sent[0], dict) else None
        client_id = message.get("client_id") if message is not None else None
        if message is None or not isinstance(client_id, str) or not _has_shape(message, shape):
            await self._refuse(sid, person, name, "It cannot be read.")
            return False
        page = Client.instances.get(client_id)
        if page is None:
            return False
        if not self._has_joined(sid, client_id) or not _are_same(person, _owner(page)):
            await self._refuse(sid, person, name, "The page is another's.")
            return False
        if not self._entrance.is_still(person, is_used=name == "event"):
            await self._refuse(sid, person, name, "The sign-in has ended.")
            self._presence.cut_pages([page], "Sign in to go on.")
            return False
        return True

    def _has_joined(self, sid: str, client_id: str) -> bool:
        """The room of a page has a socket or two; the rooms of a socket are looked for among all
        that there are."""
        return any(each == sid for each, _ in self._sio.manager.get_participants("/", client_id))

    async def _refuse(self, sid: str, person: Person, name: str, reason: str) -> None:
        self._note(person, name, reason)
        self._refused[sid] += 1
        if self._refused[sid] >= PATIENCE:
            await self._sio.disconnect(sid)

    def _note(self, person: Person, name: str, reason: str) -> None:
        self._entrance.note_refused(person, What.SOCKET_REFUSED, name, reason)

    def _person(self, sid: str) -> Person:
        environ = self._sio.get_environ(sid)
        return NOBODY if environ is None else _person_of(environ)


def _has_shape(message: Mapping[str, Any], shape: Mapping[str, Check]) -> bool:
    return all(check(message.get(name)) for name, check in shape.items())


def _query(text: str) -> dict[str, str]:
    try:
        return {name: values[0] for name, values in parse_qs(text, max_num_fields=50).items()}
    except ValueError:
        return {}


def _person_of(environ: Mapping[str, Any]) -> Person:
    return person_in(environ.get("asgi.scope", {}))


def _owner(page: Client) -> Person:
    return person_of(page.request)


def _are_same(one: Person, other: Person) -> bool:
    return (one.session, one.name) == (other.session, other.name)
