"""A fleet that a test moves by hand, and the wall's application over it alone: nothing polls."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from console.fleet.snapshot import Problem, ProblemKind, Snapshot
from web.guard import Guard
from web.pages.wall import add_wall
from web.wall_screens import Screens

STATIC = Path(__file__).parents[2] / "web" / "static"


class HandMoved:
    """Its clock stands still until it is moved."""

    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot = snapshot
        self.now = now
        self._listeners: list[Callable[[Snapshot], None]] = []

    def subscribe(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def show(self, snapshot: Snapshot, later: timedelta = timedelta()) -> None:
        """As after a good reading."""
        self.now += later
        self.snapshot = replace(snapshot, taken=self.now, problem=None)
        self._tell()

    def fail(self, later: timedelta) -> None:
        """As after a reading that failed."""
        self.now += later
        since = self.snapshot.problem.since if self.snapshot.problem else self.now
        problem = Problem(ProblemKind.FAILED, "HTTP 503", since, self.now + timedelta(seconds=15))
        self.snapshot = replace(self.snapshot, problem=problem)
        self._tell()

    async def news(self) -> Snapshot:
        return self.snapshot

    async def refresh(self) -> Snapshot:
        return self.snapshot

    def refresh_soon(self) -> None:
        self._tell()

    def tell(self) -> None:
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener(self.snapshot)


def wall_app(fleet: HandMoved, screens: Screens | None = None, public: str = "") -> FastAPI:
    """`state.wall` is the stream, which is to be closed."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.state.wall = add_wall(app, "demo", fleet, UTC, screens, public)
    app.add_middleware(Guard, allowed_hosts=("localhost", "127.0.0.1"))
    return app
