"""The wall display: a plain page and a stream of server-sent events. It can only look.

Not a NiceGUI page: it keeps its last picture through an outage, comes back by itself, costs the
server almost nothing, and runs under a strict content policy.
"""

from datetime import tzinfo
from html import escape
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, StreamingResponse

from console.fleet.fleet import Fleet
from web.wall_stream import WallStream

PAGE = Path(__file__).parent.parent / "static" / "wall.html"


def add_wall(app: FastAPI, name: str, store: Fleet, zone: tzinfo) -> WallStream:
    """Registers /wall and its stream for the fleet of a profile; the stream is to be closed."""
    stream = WallStream(store, zone)

    @app.get("/wall")
    async def page() -> HTMLResponse:
        html = PAGE.read_text("utf-8").replace("{profile}", escape(name))
        return HTMLResponse(html, headers={"cache-control": "no-store"})

    @app.get("/wall/events")
    async def events() -> StreamingResponse:
        return StreamingResponse(
            stream.events(),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    return stream
