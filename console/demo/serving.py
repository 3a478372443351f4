"""Puts the demo API on a real socket: beside the caller in a thread, or in the foreground.

uvicorn is imported only when something is served.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

if TYPE_CHECKING:
    import uvicorn

START_LIMIT = 10.0
GRACE = 1


@contextmanager
def serve(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serves from a daemon thread while the context lasts; yields the base URL.

    Port 0 takes a free one. Raises OSError when the address cannot be had.
    """
    with _listening_socket(host, port) as listener:
        server = _server(app)
        thread = threading.Thread(
            target=server.run, args=([listener],), name="demo-api", daemon=True
        )
        thread.start()
        try:
            _await_start(server, thread)
            yield _base_url(listener)
        finally:
            server.should_exit = True
            thread.join()


def serve_forever(
    app: ASGIApp, host: str, port: int, announce: Callable[[str], object] | None = None
) -> None:
    """Serves until interrupted; `announce` is told the base URL once the port is taken."""
    with _listening_socket(host, port) as listener:
        if announce is not None:
            announce(_base_url(listener))
        try:
            _server(app).run([listener])
        except KeyboardInterrupt:
            return


def _server(app: ASGIApp) -> "uvicorn.Server":
    import uvicorn

    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="critical",
        log_config=None,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    return uvicorn.Server(config)


def _await_start(server: "uvicorn.Server", thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise OSError("the demo API did not start")
        time.sleep(0.005)


def _listening_socket(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    return listener


def _base_url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
