"""A real HTTP server on loopback that takes Apprise's json:// notifications."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from console.notices.delivery import Address
from console.notices.wording import Message


@dataclass
class Mailbox:
    """`answers` are the statuses of the next answers, 200 after them; `trailer` is put below the
    headers of each, as it is."""

    port: int = 0
    got: list[dict[str, object]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    trailer: bytes = b""
    came: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"json://someone:hidden-thing@127.0.0.1:{self.port}/hidden-path"

    @property
    def titles(self) -> list[object]:
        return [each["title"] for each in self.got]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = box.answers.pop(0) if box.answers else 200
            if status == 200:
                box.got.append(json.loads(body))
                box.headers.append(dict(self.headers))
            self.send_response(status)
            self.send_header("content-length", "0")
            self.flush_headers()
            self.wfile.write(box.trailer + b"\r\n")
            box.came.set()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


def address_to(box: list[Message], troubles: list[str]) -> Address:
    """An address without a service behind it: it takes messages once there are no troubles."""

    def send(message: Message) -> str:
        if troubles:
            return troubles.pop(0)
        box.append(message)
        return ""

    return Address("1, json", send)


async def until(holds: Callable[[], object]) -> None:
    """Waits, for five seconds at most, until something holds that another thread brings about."""
    async with asyncio.timeout(5):
        while True:
            if holds():
                return
            await asyncio.sleep(0.001)
