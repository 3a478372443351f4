"""An answer that goes on for as long as a wall listens. Lighter than the toolkit's own streaming
answer, of which 200 would be held open."""

import asyncio
from collections.abc import AsyncGenerator, Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class EventAnswer(Response):
    """Ends with what it is told from, or at the next event once nobody listens."""

    media_type = "text/event-stream"

    def __init__(self, told: AsyncGenerator[bytes, None], headers: Mapping[str, str]) -> None:
        super().__init__(headers=dict(headers))
        del self.headers["content-length"]
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        listening = asyncio.create_task(_gone(receive))
        try:
            async for part in self._told:
                if listening.done():
                    return
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            listening.cancel()
            await self._told.aclose()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
