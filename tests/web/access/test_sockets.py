"""A socket speaks only for the page that its own session has opened; all else is an audit entry."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nicegui import Client
from nicegui import nicegui as toolkit
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.requests import Request

from console.access.person import Person
from console.access.roles import Role
from tests.web.access.stage import ADDRESS, PASSWORD, Stage, staged
from web.access.entrance import Entrance
from web.access.presence import Presence
from web.access.sockets import PATIENCE, Sockets

HANDLERS = ("_on_connect", "_on_handshake", "_on_disconnect", "_on_event")
HANDLERS += ("_on_javascript_response", "_on_ack", "_on_log")
SHAKE = {"tab_id": "t", "document_id": "d", "old_tab_id": None, "next_message_id": 0}
EVENT = {"id": 4, "listener_id": "x", "args": ["{}", None]}
MESSAGES = {
    "event": EVENT,
    "javascript_response": {"request_id": "r", "result": 1},
    "ack": {"next_message_id": 3},
    "log": {"level": "error", "message": "oh"},
}


@dataclass
class FakeSio:
    """What of a Socket.IO server is asked for."""

    handlers: dict[str, Any] = field(default_factory=dict)
    environ: dict[str, dict[str, Any]] = field(default_factory=dict)
    in_rooms: dict[str, list[str]] = field(default_factory=dict)
    disconnected: list[str] = field(default_factory=list)
    emitted: list[tuple[str, str]] = field(default_factory=list)

    def on(self, name: str, handler: Any) -> None:
        self.handlers[name] = handler

    def get_environ(self, sid: str) -> dict[str, Any] | None:
        return self.environ.get(sid)

    @property
    def manager(self) -> "FakeSio":
        return self

    def get_participants(self, _: str, room: str) -> Iterator[tuple[str, str]]:
        return iter([(sid, sid) for sid, rooms in self.in_rooms.items() if room in rooms])

    async def emit(self, name: str, data: dict[str, str], room: str) -> None:
        self.emitted.append((room, data["code"]))

    async def disconnect(self, sid: str) -> None:
        self.disconnected.append(sid)


@dataclass
class Page:
    """A page in the memory of the toolkit."""

    id: str
    request: Request
    deleted: int = 0

    @property
    def _request(self) -> Request:
        return self.request

    def delete(self) -> None:
        self.deleted += 1
        del Client.instances[self.id]


@dataclass
class Hall:
    """Sockets and pages of several people."""

    stage: Stage
    sio: FakeSio
    sockets: Sockets
    presence: Presence
    passed_on: list[tuple[str, tuple[Any, ...]]]

    async def comes(self, name: str, role: Role) -> Person:
        """Signs in, opens the page with the same id, and connects a socket with the same id."""
        await self.stage.add_user(name, role)
        begun = await self.stage.access.sign_in(name, PASSWORD, address=ADDRESS)
        self.opens(name, begun.person)
        return begun.person

    def opens(self, name: str, person: Person) -> None:
        scope = {"type": "http", "headers": [], "state": {"person": person}}
        Client.instances[name] = Page(name, Request(scope))  # type: ignore[assignment]
        self.sio.environ[name] = {"asgi.scope": scope, "QUERY_STRING": ""}
        self.sio.in_rooms[name] = [name]

    async def says(self, sid: str, name: str, *sent: Any) -> Any:
        return await self.sio.handlers[name](sid, *sent)

    async def refused(self) -> list[tuple[str, str, str]]:
        entries = await self.stage.noted("socket-refused")
        return [(each.who, each.target, each.detail) for each in entries]


@pytest.fixture
async def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    passed_on: list[tuple[str, tuple[Any, ...]]] = []
    for name in HANDLERS:
        is_async = name in ("_on_connect", "_on_handshake")
        monkeypatch.setattr(toolkit, name, recorder(name, passed_on, is_async))
    monkeypatch.setattr(Client, "instances", {})
    async with staged(tmp_path, monkeypatch) as stage:
        stage.presence.close()
        sio: Any = FakeSio()
        presence = Presence(sio, stage.access, "/maia")
        entrance = Entrance(stage.access, always=True)
        yield Hall(stage, sio, Sockets(sio, entrance, presence), presence, passed_on)
        presence.close()


def recorder(name: str, passed_on: list[Any], is_async: bool) -> Any:
    async def later(*sent: Any) -> bool:
        passed_on.append((name, sent))
        return True

    def at_once(*sent: Any) -> None:
        passed_on.append((name, sent))

    return later if is_async else at_once


async def test_what_a_page_s_own_socket_says_is_passed_on_as_it_is(hall: Hall) -> None:
    await hall.comes("olga", Role.OPERATOR)
    for name, message in MESSAGES.items():
        await hall.says("olga", name, {"client_id": "olga", **message})
    await hall.says("olga", "handshake", {"client_id": "olga", **SHAKE})
    assert [name for name, _ in hall.passed_on] == [
        *(f"_on_{name}" for name in MESSAGES),
        "_on_handshake",
    ]
    assert await hall.refused() == []


@pytest.mark.parametrize("name", [*MESSAGES, "handshake"])
async def test_what_a_person_does_is_use_of_the_session_and_what_a_page_says_by_itself_is_not(
    name: str, hall: Hall
) -> None:
    await hall.comes("olga", Role.OPERATOR)
    hall.stage.pass_time(timedelta(minutes=10))
    await hall.says("olga", name, {"client_id": "olga", **MESSAGES.get(name, SHAKE)})
    (session,) = hall.stage.access.sessions()
    assert session.seen == (hall.stage.now[0] if name == "event" else session.since)
    assert len(hall.passed_on) == 1


@pytest.mark.parametrize("name", MESSAGES)
async def test_a_viewer_s_socket_that_replays_an_operator_s_messages_is_only_noted(
    name: str, hall: Hall
) -> None:
    await hall.comes("olga", Role.OPERATOR)
    await hall.comes("vic", Role.VIEWER)
    await hall.says("vic", name, {"client_id": "olga", **MESSAGES[name]})
    assert hall.passed_on == []
    assert await hall.refused() == [("vic", name, "The page is another's.")]


async def test_a_viewer_s_socket_cannot_shake_hands_with_an_operator_s_page(hall: Hall) -> None:
    await hall.comes("olga", Role.OPERATOR)
    await hall.comes("vic", Role.VIEWER)
    assert await hall.says("vic", "handshake", {"client_id": "olga", **SHAKE}) is False
    query = "implicit_handshake=true&client_id=olga&tab_id=t&document_id=d&next_message_id=0"
    environ = {**hall.sio.environ["vic"], "QUERY_STRING": query}
    with pytest.raises(Refused):
        await hall.says("vic", "connect", environ, None)
    assert hall.passed_on == []
    assert len(await hall.refused()) == 2


async def test_the_room_of_a_page_is_not_enough_without_its_session(hall: Hall) -> None:
    await hall.comes("olga", Role.OPERATOR)
    await hall.comes("vic", Role.VIEWER)
    hall.sio.in_rooms["vic"] = ["olga", "vic"]
    await hall.says("vic", "event", {"client_id": "olga", **EVENT})
    assert hall.passed_on == []


async def test_a_second_session_of_the_same_user_is_another_s_too(hall: Hall) -> None:
    await hall.comes("olga", Role.OPERATOR)
    other = (await hall.stage.access.sign_in("olga", PASSWORD, address=ADDRESS)).person
    hall.opens("other", other)
    await hall.says("other", "event", {"client_id": "olga", **EVENT})
    assert hall.passed_on == []


async def test_a_session_that_has_ended_is_cut_off_with_its_reason_and_address(hall: Hall) -> None:
    person = await hall.comes("olga", Role.OPERATOR)
    await hall.comes("vic", Role.VIEWER)
    hall.opens("second", person)
    await hall.stage.access.sign_out(person.session)
    assert set(Client.instances) == {"vic"}
    await hall.says("olga", "event", {"client_id": "olga", **EVENT})
    assert hall.passed_on == []
    while hall.presence._tasks:
        await next(iter(hall.presence._tasks))
    assert sorted(hall.sio.disconnected) == ["olga", "second"]
    assert {room for room, _ in hall.sio.emitted} == {"olga", "second"}
    code = hall.sio.emitted[0][1]
    assert '"/maia/sign-in?said=' in code
    word = code.split("said=")[1].split("&")[0]
    assert hall.presence.reasons.sentence(word) == "You signed out."


NONSENSE: tuple[tuple[Any, ...], ...] = (
    (),
    (None,),
    ("x",),
    (7,),
    ([],),
    ({},),
    ({"client_id": None},),
    ({"client_id": ["olga"]},),
    ({"client_id": "olga"},),
    ({"client_id": "olga", "id": "4", "listener_id": "x"},),
    ({"client_id": "olga", "id": True, "listener_id": "x"},),
    ({"client_id": "olga", "id": 4, "listener_id": {}},),
    ({"client_id": "olga", "id": 4, "listener_id": "x" * 9000},),
    ({"client_id": "olga", "id": 4, "listener_id": "x", "args": "{}"},),
    ({"client_id": "olga", "id": 4, "listener_id": "x", "args": [{}]},),
    ({"client_id": "olga", **EVENT}, "more"),
    ({"client_id": "olga", "request_id": [1]},),
    ({"client_id": "olga", "next_message_id": "1e9"},),
    ({"client_id": "olga", "level": "shout", "message": "x"},),
    ({"client_id": "olga", "level": "error", "message": {}},),
)


@pytest.mark.parametrize("name", [*MESSAGES, "handshake"])
async def test_nonsense_is_refused_and_too_much_of_it_closes_the_socket(
    name: str, hall: Hall
) -> None:
    await hall.comes("olga", Role.OPERATOR)
    for sent in NONSENSE:
        if name == "event" and len(sent) == 1 and sent[0] == {"client_id": "olga", **EVENT}:
            continue
        await hall.says("olga", name, *sent)
    assert hall.passed_on == []
    if name != "handshake":
        assert hall.sio.disconnected == ["olga"]
        assert len(NONSENSE) >= PATIENCE


async def test_arguments_that_are_no_json_are_refused(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(toolkit, "_on_event", broken)
    await hall.comes("olga", Role.OPERATOR)
    await hall.says("olga", "event", {"client_id": "olga", **EVENT, "args": ["{"]})
    assert await hall.refused() == [("olga", "event", "It cannot be read.")]


async def test_lines_of_log_are_short_printable_and_few(hall: Hall) -> None:
    await hall.comes("olga", Role.OPERATOR)
    line = {"client_id": "olga", "level": "info", "message": "\x1b[2J\n" + "x" * 9000}
    for _ in range(PATIENCE + 5):
        await hall.says("olga", "log", line)
    assert len(hall.passed_on) == PATIENCE
    said = hall.passed_on[0][1][1]["message"]
    assert said.isprintable()
    assert len(said) == 500


async def test_a_page_that_the_server_does_not_know_is_loaded_anew_without_an_entry(
    hall: Hall,
) -> None:
    await hall.comes("olga", Role.OPERATOR)
    query = "implicit_handshake=true&client_id=gone&tab_id=t&document_id=d"
    with pytest.raises(Refused, match="Implicit handshake failed"):
        await hall.says("olga", "connect", {**hall.sio.environ["olga"], "QUERY_STRING": query})
    assert await hall.refused() == []


async def test_a_request_of_polling_belongs_to_the_one_whose_socket_it_names(hall: Hall) -> None:
    olga = await hall.comes("olga", Role.OPERATOR)
    vic = await hall.comes("vic", Role.VIEWER)
    scope = {"type": "http", "query_string": b"EIO=4&sid=olga"}
    assert hall.sockets.is_foreign(scope, vic)
    assert not hall.sockets.is_foreign(scope, olga)
    assert not hall.sockets.is_foreign({"type": "http", "query_string": b"sid=none&\xff"}, vic)


async def test_pages_without_a_session_end_when_sign_in_begins(hall: Hall, tmp_path: Path) -> None:
    sockets = Sockets(hall.sio, Entrance(hall.stage.access), hall.presence)  # type: ignore[arg-type]
    assert sockets
    hall.opens("local", Person("root", Role.ADMIN, "127.0.0.1"))
    await hall.says("local", "event", {"client_id": "local", **EVENT})
    assert len(hall.passed_on) == 1
    await hall.stage.add_user("ada", Role.ADMIN)
    await hall.says("local", "event", {"client_id": "local", **EVENT})
    assert len(hall.passed_on) == 1
    assert "local" not in Client.instances
