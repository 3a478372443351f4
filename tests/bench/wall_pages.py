"""Many open walls without a browser: each reads its stream, and counts what comes.

`python -m tests.bench.wall_pages http://127.0.0.1:8080 200` says "open" when all have their first
picture; then each line on its standard input is answered by what has come since the last one.
"""

import asyncio
import json
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from urllib.parse import urlsplit

REQUEST = "GET /wall/events HTTP/1.1\r\nhost: {host}\r\naccept: text/event-stream\r\n\r\n"
BEAT = b"event: beat"


@dataclass
class WallPage:
    """`told` is what came of pictures and changes, `beats` of signs of life, in bytes."""

    reader: asyncio.StreamReader
    told: int = 0
    beats: int = 0

    async def follow(self) -> None:
        while event := await self.reader.readuntil(b"\n\n"):
            body = (
                event.partition(b"\r\n")[2] if event[:1].isalnum() and b"\r\n" in event else event
            )
            if BEAT in body:
                self.beats += len(event)
            else:
                self.told += len(event)


async def opened(host: str, port: int, stack: AsyncExitStack) -> WallPage:
    reader, writer = await asyncio.open_connection(host, port, limit=2**22)
    stack.callback(writer.close)
    writer.write(REQUEST.format(host=f"{host}:{port}").encode())
    await reader.readuntil(b"\r\n\r\n")
    await reader.readuntil(BEAT)
    await reader.readuntil(b"\n\n")
    return WallPage(reader)


async def main(url: str, count: int) -> None:
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    async with AsyncExitStack() as stack:
        pages = [await opened(parts.hostname, parts.port, stack) for _ in range(count)]
        tasks = [asyncio.create_task(page.follow()) for page in pages]
        print("open", flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            told = {
                "told": sum(page.told for page in pages) / count,
                "most": max(page.told for page in pages),
                "beats": sum(page.beats for page in pages) / count,
            }
            for page in pages:
                page.told = page.beats = 0
            print(json.dumps(told), flush=True)
        for task in tasks:
            task.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
