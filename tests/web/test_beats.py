"""What all open pages are told together costs as much as telling one: counted, not timed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from nicegui import core
from socketio import AsyncServer

from console.fleet.store import FleetStore
from web.beats import Beats
from web.feeds import Feeds

PAGES = 50
BEGINNING = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class Client:
    id: str
    handlers: list[Callable[[], None]] = field(default_factory=list)

    def on_connect(self, handler: Callable[[], None]) -> None:
        self.handlers.append(handler)


@dataclass(eq=False)
class Bar:
    """The foot of a page, which has the same number in each page of a kind."""

    client: Client
    id: int = 23
    beats: list[tuple[float | None, float]] = field(default_factory=list)

    def beat(self, age: float | None, due: float) -> None:
        self.beats.append((age, due))


@dataclass
class House:
    """Pages with a joined socket each, before the real socket server without a wire."""

    sio: AsyncServer
    beats: Beats
    store: FleetStore
    seconds: int = 0
    packets: list[tuple[str, Any]] = field(default_factory=list)

    async def opens(self, page: str, number: int = 23) -> tuple[Bar, Callable[[], None]]:
        sid = await self.sio.manager.connect(f"socket of {page}", "/")
        await self.sio.enter_room(sid, page)
        bar: Any = Bar(Client(page), number)
        return bar, self.beats.follow(bar)

    async def reads(self) -> list[tuple[str, Any]]:
        """Another reading of the fleet, and which packets it gives to which sockets."""
        self.packets.clear()
        self.seconds += 15
        await self.store.refresh()
        for _ in range(5):
            await asyncio.sleep(0)
        return self.packets


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async def fleet() -> tuple[()]:
        return ()

    async def sent(socket: str, packet: Any) -> None:
        made.packets.append((socket, packet))

    store = FleetStore(fleet, clock=lambda: BEGINNING + timedelta(seconds=made.seconds))
    feeds = Feeds(store)
    sio = AsyncServer(async_mode="asgi")
    monkeypatch.setattr(sio.eio, "send_packet", sent)
    monkeypatch.setattr(core, "sio", sio)
    monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
    made = House(sio, Beats(store, feeds), store)
    yield made
    feeds.close()


async def test_a_beat_is_encoded_once_for_all_pages_and_sent_to_each(house: House) -> None:
    for number in range(PAGES):
        await house.opens(f"page {number}")
    packets = await house.reads()
    assert sorted(socket for socket, _ in packets) == sorted(
        f"socket of page {number}" for number in range(PAGES)
    )
    (packet,) = {packet for _, packet in packets}
    event, told = json.loads(packet.data[1:])
    assert event == "run_javascript"
    assert told == {"code": 'runMethod(23,"beat",[0.0,15.0])'}


async def test_pages_of_another_build_have_a_beat_of_their_own(house: House) -> None:
    await house.opens("this")
    await house.opens("that", number=31)
    said = {socket: packet.data for socket, packet in await house.reads()}
    assert "runMethod(31," in said["socket of that"]
    assert "runMethod(23," in said["socket of this"]


async def test_what_is_no_reading_is_no_beat_and_a_closed_page_hears_none(house: House) -> None:
    _, leave = await house.opens("closed")
    await house.opens("open")
    await house.reads()
    house.packets.clear()
    house.store.tell()
    await asyncio.sleep(0)
    assert house.packets == []
    leave()
    assert [socket for socket, _ in await house.reads()] == ["socket of open"]


async def test_a_page_that_comes_back_is_told_by_itself_of_what_it_missed(house: House) -> None:
    bar, _ = await house.opens("page")
    (comes_back,) = bar.client.handlers
    comes_back()
    assert bar.beats == []
    await house.reads()
    house.seconds += 2
    comes_back()
    assert bar.beats == [(2.0, 13.0)]


async def test_the_socket_server_tells_who_is_in_a_room(house: House) -> None:
    """What a socket may speak for is asked by this, which no guide of that library promises."""
    await house.opens("page")
    ((sid, socket),) = house.sio.manager.get_participants("/", "page")
    assert house.sio.rooms(sid) == [sid, "page"]
    assert socket == "socket of page"
    assert list(house.sio.manager.get_participants("/", "no page")) == []
