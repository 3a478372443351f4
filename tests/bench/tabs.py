"""Many open tabs without a browser: each gets the page, opens its web socket as NiceGUI's script
does, answers pings, acknowledges messages, and counts what comes.

`python -m tests.bench.tabs http://127.0.0.1:8080 200` says "open" when all are; then each line on
its standard input is answered by what has come since the last one, as JSON.
"""

import asyncio
import json
import re
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect

CLIENT_ID = re.compile(r"'client_id': '([0-9a-f-]+)'")
SOURCE = re.compile(r'"source":"([^"\\]+)"')
PING, PONG, OPENED, JOINED, EVENT = "2", "3", "0", "40", "42"
ACKNOWLEDGED_EVERY = 3.0
AT_ONCE = 10
BEAT = r"\"beat\""
"""In the message that tells of a reading without news."""


@dataclass
class Tab:
    """One open page. `messages` are those since they were last taken; pings do not count."""

    client_id: str
    socket: ClientConnection
    messages: list[str] = field(default_factory=list)
    next_message: int = 0
    acknowledged: int = 0

    async def follow(self) -> None:
        async for message in self.socket:
            text = message if isinstance(message, str) else message.decode("latin-1")
            if text == PING:
                await self.socket.send(PONG)
                continue
            self.messages.append(text)
            if text.startswith(EVENT):
                told = json.loads(text[len(EVENT) :])[1]
                self.next_message = told.get("_id", self.next_message - 1) + 1

    async def acknowledge(self) -> None:
        """As the page's script does."""
        while True:
            await asyncio.sleep(ACKNOWLEDGED_EVERY)
            if self.acknowledged < self.next_message:
                self.acknowledged = self.next_message
                told = {"client_id": self.client_id, "next_message_id": self.next_message}
                await self.socket.send(EVENT + json.dumps(["ack", told], separators=(",", ":")))


async def open_tab(browser: httpx.AsyncClient, stack: AsyncExitStack, path: str = "/") -> Tab:
    """A page with its socket joined, and the rest of its rows read where it has any."""
    page = (await browser.get(path)).raise_for_status().text
    found = CLIENT_ID.search(page)
    assert found, page[:200]
    query = (
        f"client_id={found[1]}&next_message_id=0&implicit_handshake=true"
        f"&tab_id={uuid4()}&document_id={uuid4()}&EIO=4&transport=websocket"
    )
    address = str(browser.base_url).rstrip("/").replace("http", "ws", 1)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    socket = await stack.enter_async_context(
        connect(
            f"{address}/_nicegui_ws/socket.io/?{query}",
            origin=str(browser.base_url).rstrip("/"),  # type: ignore[arg-type]
            additional_headers={"cookie": cookies} if cookies else None,
            max_size=None,
        )
    )
    assert str(await socket.recv()).startswith(OPENED)
    await socket.send(JOINED)
    assert str(await socket.recv()).startswith(JOINED)
    if source := SOURCE.search(page):
        (await browser.get(source[1])).raise_for_status()
    return Tab(found[1], socket)


async def open_tabs(
    url: str, count: int, stack: AsyncExitStack, headers: dict[str, str] | None = None
) -> Sequence[Tab]:
    """All of one person: they share cookies. They are followed until the stack is closed."""
    limits = httpx.Limits(max_connections=AT_ONCE)
    browser = await stack.enter_async_context(
        httpx.AsyncClient(base_url=url, limits=limits, headers=headers, timeout=60)
    )
    at_once = asyncio.Semaphore(AT_ONCE)
    tasks: list[asyncio.Task[None]] = []

    async def opened() -> Tab:
        async with at_once:
            tab = await open_tab(browser, stack)
        tasks.extend(asyncio.create_task(each) for each in (tab.follow(), tab.acknowledge()))
        return tab

    tabs = await asyncio.gather(*(opened() for _ in range(count)))

    async def leave() -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    stack.push_async_callback(leave)
    return tabs


def taken(tabs: Sequence[Tab]) -> dict[str, float]:
    """What has come to each tab since it was last taken, on average, and how far it is apart.
    Raises ConnectionError where the server has let one go."""
    lost = sum(tab.socket.close_code is not None for tab in tabs)
    if lost:
        raise ConnectionError(f"{lost} of {len(tabs)} sockets were closed")
    sizes = []
    beats = 0
    for tab in tabs:
        messages, tab.messages = tab.messages, []
        beats += sum(len(text.encode()) for text in messages if BEAT in text)
        sizes.append(sum(len(text.encode()) for text in messages))
    return {
        "bytes": sum(sizes) / len(sizes),
        "least": min(sizes),
        "most": max(sizes),
        "beats": beats / len(sizes),
    }


async def main(url: str, count: int) -> None:
    async with AsyncExitStack() as stack:
        tabs = await open_tabs(url, count, stack)
        print("open", flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(taken(tabs)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
