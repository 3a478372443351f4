"""A wall's server in a thread, on a fleet that the test moves; what is looked at in its page."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import uvicorn
from pydantic import TypeAdapter

from console.api.models.record import Page as RecordPage
from console.api.models.record import parsed
from console.api.models.runners import RunnerRecord
from console.demo.scenarios import set_scene
from console.demo.world import World
from console.fleet.reading import runner_from
from console.fleet.snapshot import Snapshot
from console.rules.assessment import assessments
from tests.console.fleets import NOW, snapshot_of
from tests.web.walls import HandMoved, wall_app
from web.wall_screens import Screens


class WallServer:
    """Serves until `stop`; can be started again on the same port. Its fleet's clock stands still
    until it is moved, through `do`, in the server's thread."""

    def __init__(self, snapshot: Snapshot, screens: Screens | None = None) -> None:
        self.fleet = HandMoved(snapshot, NOW)
        self._screens = screens
        self._port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        listener = socket.create_server(("127.0.0.1", self._port), backlog=64)
        self._port = listener.getsockname()[1]
        began = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(listener, began), daemon=True)
        self._thread.start()
        assert began.wait(10)
        while not self._server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self.do(self._wall.close)
        self._server.should_exit = True
        self._thread.join(10)

    def do(self, job: Callable[[], object]) -> None:
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (job(), done.set()))
        assert done.wait(5)

    def _run(self, listener: socket.socket, began: threading.Event) -> None:
        app = wall_app(self.fleet, self._screens)
        self._wall = app.state.wall
        config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")
        self._server = uvicorn.Server(config)

        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            began.set()
            await self._server.serve(sockets=[listener])

        asyncio.run(serve())


def fleet_of(runners: int, scenario: str = "calm") -> Snapshot:
    """The demo's; "fine" leaves out whatever has a problem."""
    world = World(runners, clock=lambda: NOW)
    set_scene(world, scenario if scenario != "fine" else "calm")
    page = parsed(TypeAdapter(RecordPage[RunnerRecord]), world.written_page(0, 20_000))
    read = snapshot_of(*(runner_from(record) for record in page.results))
    hours_ago = NOW - timedelta(hours=3)
    read = replace(read, status_since={runner.id: hours_ago for runner in read.runners})
    if scenario == "fine":
        fine = tuple(each.runner for each in assessments(read, NOW) if not each.is_problem)
        read = replace(read, runners=fine)
    return read


FOLDER = Path(__file__).parent
LOOKED_AT = (FOLDER / "looked_at.js").read_text("utf-8")
FED = (FOLDER / "fed.js").read_text("utf-8")
