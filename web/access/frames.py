"""What comes through a socket and cannot even be read: no line of the log, but an audit entry, and
after some of it the end of the socket."""

import logging
from collections import Counter
from typing import Any

from socketio import AsyncServer
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.access.audit import What
from web.access.entrance import Entrance
from web.access.people import person_in

PATIENCE = 20
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
REASON = "It cannot be read."


class Frames:
    """Around an application, for its websockets; and before the socket server's own reading."""

    def __init__(self, app: ASGIApp, sio: AsyncServer, entrance: Entrance) -> None:
        self._app = app
        self._sio = sio
        self._entrance = entrance
        self._refused: Counter[str] = Counter()
        sio.eio.on("message", self.message)
        logging.getLogger("engineio.server").setLevel(logging.CRITICAL)
        logging.getLogger("socketio.server").setLevel(logging.CRITICAL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        is_closed = False

        async def watched(message: Message) -> None:
            nonlocal is_closed
            is_closed = is_closed or message["type"] == "websocket.close"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except UNREADABLE:
            self._note(scope)
            if not is_closed:
                await send({"type": "websocket.close", "code": 1003})

    async def message(self, socket: str, data: Any) -> None:
        """One message of a socket, by the server's own id for it. What still waits when the socket
        has ended is nobody's, and not noted."""
        try:
            await self._sio._handle_eio_message(socket, data)
        except UNREADABLE:
            if socket not in self._sio.environ:
                return
            self._note(self._sio.environ[socket].get("asgi.scope", {}))
            open_ones = {
                each: self._refused[each] for each in self._refused if each in self._sio.environ
            }
            self._refused = Counter({**open_ones, socket: self._refused[socket] + 1})
            if self._refused[socket] >= PATIENCE:
                await self._sio.eio.disconnect(socket)

    def _note(self, scope: Scope) -> None:
        self._entrance.note_refused(person_in(scope), What.SOCKET_REFUSED, "frame", REASON)
