"""Answers without an end, by whose they are, so that all of somebody's can be ended at once."""

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Ending = asyncio.Future[bytes]


class Streams:
    """Belongs to the event loop."""

    def __init__(self) -> None:
        self._open: dict[str, set[Ending]] = {}

    def end(self, whose: str, last: bytes = b"") -> None:
        """Ends all of theirs; `last` is what they are still told."""
        for ending in self._open.pop(whose, ()):
            if not ending.done():
                ending.set_result(last)

    async def stream(
        self, whose: str, app: ASGIApp, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Passes an answer on until it ends, or is ended."""
        has_begun = False

        async def passed_on(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        ending: Ending = asyncio.get_running_loop().create_future()
        self._open.setdefault(whose, set()).add(ending)
        passing = asyncio.ensure_future(app(scope, receive, passed_on))
        try:
            await asyncio.wait((passing, ending), return_when=asyncio.FIRST_COMPLETED)
            if passing.done():
                await passing
                return
            passing.cancel()
            with suppress(asyncio.CancelledError):
                await passing
            if has_begun:
                body = ending.result()
                await send({"type": "http.response.body", "body": body, "more_body": False})
        finally:
            ending.cancel()
            passing.cancel()
            self._forget(whose, ending)

    def _forget(self, whose: str, ending: Ending) -> None:
        endings = self._open.get(whose, set())
        endings.discard(ending)
        if not endings:
            self._open.pop(whose, None)
