"""Which open pages are whose. When a session ends, all of its pages are cut off at once: deleted on
the server, told to go to the sign-in page with the reason, and disconnected.
"""

import asyncio
import json
import secrets
from collections import OrderedDict

from nicegui import Client
from socketio import AsyncServer

from console.access.access import Access
from web.access.people import person_of
from web.access.streams import Streams

MOST_REASONS = 1000
LEAVE = (
    "window.location.assign({address} + "
    "encodeURIComponent(window.location.pathname + window.location.search))"
)


class Reasons:
    """Why sessions ended, by a word that can stand in an address: so no address can put words into
    the sign-in page."""

    def __init__(self) -> None:
        self._sentences: OrderedDict[str, str] = OrderedDict()

    def keep(self, sentence: str) -> str:
        word = secrets.token_urlsafe(9)
        self._sentences[word] = sentence
        while len(self._sentences) > MOST_REASONS:
            self._sentences.popitem(last=False)
        return word

    def sentence(self, word: str) -> str:
        """ "" for one that is not known."""
        return self._sentences.get(word, "")


class Presence:
    """`prefix` is the path under which the console is served."""

    def __init__(self, sio: AsyncServer, access: Access | None, prefix: str = "") -> None:
        self.reasons = Reasons()
        self._sio = sio
        self._prefix = prefix
        self.streams = Streams()
        self._tasks: set[asyncio.Task[None]] = set()
        self.close = access.on_end(self.cut) if access is not None else lambda: None

    def cut(self, session_id: str, why: str) -> None:
        """Nothing that a page of this session sends from now on has an effect."""
        pages = [page for page in Client.instances.values() if _session_of(page) == session_id]
        self.cut_pages(pages, why)
        self.streams.end(session_id)

    def cut_pages(self, pages: list[Client], why: str) -> None:
        for page in pages:
            page.delete()
        if pages:
            task = asyncio.get_running_loop().create_task(self._send_away(pages, why))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _send_away(self, pages: list[Client], why: str) -> None:
        address = f"{self._prefix}/sign-in?said={self.reasons.keep(why)}&next="
        code = LEAVE.format(address=json.dumps(address))
        for page in pages:
            sids = [sid for sid, _ in self._sio.manager.get_participants("/", page.id)]
            await self._sio.emit("run_javascript", {"code": code}, room=page.id)
            for sid in sids:
                await self._sio.disconnect(sid)


def _session_of(page: Client) -> str:
    return person_of(page.request).session if page._request is not None else ""
