"""Runs the web application under uvicorn, with the session open as long as it serves."""

import asyncio
import gc
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import uvicorn
from fastapi import FastAPI
from uvicorn.loops.auto import auto_loop_factory

from console.access.access import Access
from console.access.opening import open_access
from console.accounts import users_database
from console.errors import AccessError
from console.journal.databases import Database
from console.oidc import Provider
from console.serving_settings import ServingSettings
from console.session import open_session
from web.announcing import announce
from web.app import build_app

if TYPE_CHECKING:
    from console.accounts import SessionRequest

GRACE = 2
"""Seconds that open streams get to end when the server stops."""

RARE_COLLECTION = (20_000, 20, 50)
"""How much is made before garbage is looked for. Of a large fleet nearly all stays, which took more
of the processor to find than all the pages took to be told of it."""

WILDCARDS = ("0.0.0.0", "::")
LARGEST_FRAME = 1_000_000


class PortTaken(Exception):
    """The address cannot be listened on; the text is the sentence."""


def serve(request: "SessionRequest", serving: ServingSettings) -> None:
    """Serves until interrupted, on uvicorn's own choice of event loop, which is the quickest that
    there is. Raises PortTaken before anything is opened."""
    listener = _listen(serving.host, serving.port)
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(_serve(request, listener, serving))


async def _serve(
    request: "SessionRequest", listener: socket.socket, serving: ServingSettings
) -> None:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(open_session(replace(request, tells=True)))
        database = stack.enter_context(database_of_users(request))
        access = await stack.enter_async_context(open_access(database, limits=serving.limits))
        provider = await stack.enter_async_context(_provider(serving))
        app = build_app(
            session,
            allowed_hosts=allowed_hosts(serving),
            traffic=session.traffic,
            access=access,
            config=request.config,
            serving=serving,
            provider=provider,
        )
        server = Server(_config(app, serving), app.state.end_streams)
        link = await invitation(access, serving)
        announce(serving, listener.getsockname()[1], link, is_demo=bool(request.demo))
        gc.freeze()
        gc.set_threshold(*RARE_COLLECTION)
        await server.serve(sockets=[listener])


def allowed_hosts(serving: ServingSettings) -> tuple[str, ...]:
    """The names by which the console may be asked for: this machine's own, and those named."""
    own: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    if serving.public_url:
        own = (*own, serving.public_host)
    if serving.is_loopback:
        return (*own, *serving.allowed_hosts)
    named = () if serving.host in WILDCARDS else (serving.host.lower(),)
    machine = {socket.gethostname().lower(), socket.getfqdn().lower()}
    return (*own, *named, *machine, *serving.allowed_hosts)


async def invitation(access: Access, serving: ServingSettings) -> str:
    """The secret of the first admin's link where nobody else could let anybody in; else ""."""
    if not serving.needs_sign_in or access.has_admin or serving.roles.gives_admin:
        return ""
    try:
        return await access.invite_admin()
    except AccessError as error:
        logging.getLogger("console").warning("no link for the first admin: %s", error)
        return ""


@contextmanager
def database_of_users(request: "SessionRequest") -> Iterator[Database]:
    """Where users are kept. The demo has users of its own, as long as it is open."""
    if request.demo:
        with TemporaryDirectory(prefix="maia-console-demo-") as folder:
            yield Database(Path(folder) / "users.sqlite3")
        return
    yield users_database(request.profile, request.overrides, os.environ, request.config)


@asynccontextmanager
async def _provider(serving: ServingSettings) -> AsyncIterator[Provider | None]:
    if not serving.oidc_issuer:
        yield None
        return
    provider = Provider(serving)
    try:
        yield provider
    finally:
        await provider.close()


class Server(uvicorn.Server):
    """Ends the open streams first, for which uvicorn would wait, and then complain of them."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()
        await super().shutdown(sockets)


def _config(app: FastAPI, serving: ServingSettings) -> uvicorn.Config:
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("console").setLevel(logging.INFO)  # that the API answers again
    return uvicorn.Config(
        app,
        ws=_websockets(),
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,  # a quarter of a megabyte a tab, to make little less
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ssl_certfile=serving.tls_cert,
        ssl_keyfile=serving.tls_key,
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
