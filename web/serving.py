"""Runs the web application under uvicorn, with the session open as long as it serves."""

import asyncio
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

import uvicorn
from fastapi import FastAPI

from console.session import open_session
from web.app import build_app

if TYPE_CHECKING:
    from console.accounts import SessionRequest

GRACE = 2
"""Seconds that open streams get to end when the server stops."""


class PortTaken(Exception):
    """The address cannot be listened on; the text is the sentence."""


def serve(request: "SessionRequest", host: str, port: int) -> None:
    """Serves until interrupted. Raises PortTaken before anything is opened."""
    listener = _listen(host, port)
    asyncio.run(_serve(request, listener, host))


async def _serve(request: "SessionRequest", listener: socket.socket, host: str) -> None:
    async with open_session(replace(request, tells=True)) as session:
        hosts = (host, "localhost", "127.0.0.1", "[::1]")
        app = build_app(session, allowed_hosts=hosts, traffic=session.traffic)
        server = Server(_config(app), app.state.end_streams)
        _announce(host, listener.getsockname()[1])
        await server.serve(sockets=[listener])


class Server(uvicorn.Server):
    """Ends the open streams first, for which uvicorn would wait, and then complain of them."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()
        await super().shutdown(sockets)


def _config(app: FastAPI) -> uvicorn.Config:
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("console").setLevel(logging.INFO)  # that the API answers again
    return uvicorn.Config(
        app,
        ws=_websockets(),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )


def _websockets() -> Literal["wsproto", "websockets"]:
    """What NiceGUI itself prefers, where it is installed."""
    return "wsproto" if find_spec("wsproto") else "websockets"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortTaken(f"{host}:{port} cannot be used: {error.strerror}.") from None
    return listener


def _announce(host: str, port: int) -> None:
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    sys.stderr.write(f"Web console:  {address}/\nWall display: {address}/wall\n")
    sys.stderr.write("Stop it with ctrl+c.\n")
    sys.stderr.flush()
