"""The wall display: a plain page and a stream of server-sent events. It can only look.

Not a NiceGUI page: it keeps its last picture through an outage, comes back by itself, costs the
server almost nothing, and runs under a strict content policy.
"""

from datetime import tzinfo

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from console.fleet.fleet import Fleet
from console.view.wall_options import WallOptions, wall_options
from web.wall_answer import EventAnswer
from web.wall_codes import code_for
from web.wall_files import page
from web.wall_screens import AnyScreen, Screens
from web.wall_stream import WallStream

FRESH = {"cache-control": "no-store"}
LASTING = {"cache-control": "public, max-age=31536000, immutable"}
EVENTS = FRESH | {"x-accel-buffering": "no"}


def add_wall(
    app: FastAPI,
    name: str,
    store: Fleet,
    zone: tzinfo,
    screens: Screens | None = None,
    public: str = "",
) -> WallStream:
    """Registers /wall and all below it for the fleet of a profile; the stream is to be closed.
    `screens` knows which screen asks, where they sign in; `public` is the address to which codes
    lead, without a slash at its end, "" for the one under which the wall was opened."""
    stream = WallStream(store, zone, public)
    asked = screens or AnyScreen()

    def options_of(request: Request) -> tuple[WallOptions, tuple[str, ...]]:
        return wall_options(request.query_params, zone, asked.asking(request).options)

    @app.get("/wall")
    async def wall(request: Request) -> HTMLResponse:
        options, notes = options_of(request)
        first, nonce = stream.first(options, asked.asking(request)), request.state.nonce
        made = page(name, options, notes, first=first, nonce=nonce, public=public)
        return HTMLResponse(made, headers=FRESH)

    @app.get("/wall/events")
    async def events(request: Request) -> Response:
        if stream.is_full:
            return PlainTextResponse("There are too many walls.\n", 503, headers=FRESH)
        told = stream.events(options_of(request)[0], lambda: asked.asking(request))
        return EventAnswer(told, EVENTS)

    @app.get("/wall/code")
    async def code(request: Request, filter: str = "", at: str = "") -> Response:
        drawn = code_for(filter, at, request.headers.get("host", ""), public)
        if drawn is None:
            return PlainTextResponse("A code leads to this console only.\n", 400, headers=FRESH)
        return Response(drawn, media_type="image/svg+xml", headers=LASTING)

    return stream
