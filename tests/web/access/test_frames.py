"""Frames that cannot be read are noted, and enough of them end the socket; nothing else happens."""

from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from console.access.person import Person
from console.access.roles import Role
from tests.web.access.stage import answered, staged
from web.access.entrance import Entrance
from web.access.frames import PATIENCE, Frames

VIC = Person("vic", Role.VIEWER, "192.0.2.7", "1")
SCOPE = {"type": "websocket", "state": {"person": VIC}}


class Unreading:
    """A socket server that can read nothing."""

    def __init__(self) -> None:
        self.eio = self
        self.environ = {"a": {"asgi.scope": SCOPE}, "b": {}}
        self.disconnected: list[str] = []

    def on(self, name: str, handler: Any) -> None:
        assert name == "message"

    async def _handle_eio_message(self, socket: str, data: Any) -> None:
        raise ValueError(data)

    async def disconnect(self, socket: str) -> None:
        self.disconnected.append(socket)
        del self.environ[socket]


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "websocket.accept"})
    raise ValueError("Invalid empty packet received")


async def test_what_cannot_be_read_is_noted_and_ends_the_socket_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage:
        sio: Any = Unreading()
        frames = Frames(broken, sio, Entrance(stage.access, always=True))
        for _ in range(PATIENCE):
            assert sio.disconnected == []
            await frames.message("a", b"\x00")
        await frames.message("b", "")
        await frames.message("a", b"\x00")
        assert sio.disconnected == ["a"]
        sent = await answered(frames, SCOPE)
        assert [each["type"] for each in sent] == ["websocket.accept", "websocket.close"]
        noted = await stage.noted("socket-refused")
        assert [each.who for each in noted].count("vic") == PATIENCE
        assert {(each.who, each.target) for each in noted} == {("vic", "frame"), ("", "frame")}
