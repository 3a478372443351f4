"""What the web application answers to plain HTTP, without a browser."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.api.client import open_api
from console.api.http import httpx
from console.demo.server import build_app as build_demo
from console.demo.world import World
from console.fleet.store import FleetStore
from console.settings import profile_from
from console.view.query import Query
from console.view.table import Cell, Row, Table
from console.view.tone import Tone
from web.feeds import Feeds
from web.guard import Guard
from web.wire import cell_json, delta_json, sentences_json, table_json, words_json

LETTERS = st.text("abc", min_size=5, max_size=5)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
async def store() -> AsyncIterator[FleetStore]:
    world = World(clock=lambda: NOW)
    profile = profile_from(
        {
            "client_id": "demo",
            "client_secret": "demo-secret",
            "api_url": "http://localhost/dpc",
            "token_url": "http://localhost/oauth/dpc/token",
        },
        {},
    )
    transport = httpx.ASGITransport(app=build_demo(world))
    async with open_api(profile, http_transport=transport) as api:
        store = FleetStore(api.list_runners, clock=lambda: NOW)
        await store.refresh()
        store.world = world  # type: ignore[attr-defined]
        yield store


async def asked(headers: dict[str, str], path: str = "/") -> httpx.Response:
    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"fine"})

    guarded = Guard(app, ("127.0.0.1", "localhost", "[::1]"))
    transport = httpx.ASGITransport(app=guarded)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        return await client.get(path, headers=headers)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"])
async def test_this_machines_own_names_are_answered(host: str) -> None:
    assert (await asked({"host": host})).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8080", "[::", "localhost:x", ""]
)
async def test_a_foreign_host_is_refused(host: str) -> None:
    assert (await asked({"host": host})).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
async def test_a_foreign_origin_is_refused(origin: str) -> None:
    assert (await asked({"origin": origin})).status_code == 403


async def test_every_answer_has_the_safe_headers_and_the_wall_the_strict_policy() -> None:
    page, wall = await asked({}), await asked({}, "/wall")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in wall.headers["content-security-policy"]


async def test_a_foreign_websocket_is_closed_before_the_application_sees_it() -> None:
    sent = []

    async def send(message):  # type: ignore[no-untyped-def]
        sent.append(message)

    async def receive():  # type: ignore[no-untyped-def]
        return {"type": "websocket.connect"}

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        raise AssertionError("reached")

    scope = {
        "type": "websocket",
        "path": "/_nicegui_ws/",
        "headers": [(b"host", b"localhost:8080"), (b"origin", b"http://evil.example")],
    }
    await Guard(app, ("localhost",))(scope, receive, send)
    assert [message["type"] for message in sent] == ["websocket.close"]


async def test_tabs_with_the_same_query_share_one_table_and_hear_only_changes(
    store: FleetStore,
) -> None:
    feeds = Feeds(store)
    heard: list[object] = []
    first, leave_first = feeds.follow(Query(), heard.append)
    second, leave_second = feeds.follow(Query(), heard.append)
    assert first is second
    await store.refresh()
    assert heard == []
    world = store.world  # type: ignore[attr-defined]
    world.rewrite([replace(world.named("prod-eu-fargate"), name="prod-eu-new")])
    await store.refresh()
    assert len(heard) == 2
    leave_first()
    leave_second()
    assert feeds.feed(Query()) is not first
    feeds.close()


async def test_the_overview_is_made_once_a_snapshot_for_all_tabs(store: FleetStore) -> None:
    feeds = Feeds(store)
    seen = []
    for _ in range(3):
        feeds.watch(lambda snapshot: seen.append(feeds.overview))
    before = feeds.overview
    await store.refresh()
    assert seen[0] is seen[1] is seen[2]
    assert seen[0] == before
    assert len(store._listeners) == 1


async def test_changed_cells_are_sent_alone_and_short(store: FleetStore) -> None:
    feeds = Feeds(store)
    heard: list[dict[str, object]] = []
    feeds.follow(Query(sort="track"), heard.append)
    world = store.world  # type: ignore[attr-defined]
    world.rewrite([replace(world.named("prod-eu-fargate"), auto_updates=False)])
    await store.refresh()
    (message,) = heard
    assert message["v"] == 1
    table = feeds.feed(Query(sort="track")).table
    number = table.index[world.named("prod-eu-fargate").id]
    six_days = [row.cells[6].text for row in table.rows].index("6 days")
    assert six_days < number
    off = [row.cells[10].text for row in table.rows].index("Off")
    assert message["c"] == [[6, six_days, [number]], [10, off, [number]]]


def test_changed_cells_are_told_once_for_all_rows_and_by_an_old_row_that_has_them() -> None:
    before = celled_table("aabbb")
    assert delta_json(before, celled_table("aabaa"), 1)["c"] == [[0, 0, [3, 4]]]
    assert delta_json(before, celled_table("ccbbb"), 1)["c"] == [[0, "c", [0, 1]]]
    assert delta_json(before, celled_table("bbabb"), 1)["c"] == [[0, 2, [0, 1]], [0, 0, [2]]]


@given(before=LETTERS, after=LETTERS)
def test_cells_applied_to_the_old_rows_give_the_new_ones(before: str, after: str) -> None:
    """What the table's script does with them; what an old row had is read before it is changed."""
    message = delta_json(celled_table(before), celled_table(after), 1)
    cells = list(before)
    for column, cell, numbers in (message or {}).get("c", ()):
        assert column == 0
        for number in numbers:
            cells[number] = before[cell] if isinstance(cell, int) else cell
    assert "".join(cells) == after


HINTS = st.lists(st.sampled_from(["", "One.", "It runs 10.1.0; no", "Two. ", "Not."]), max_size=4)


@given(before=HINTS, after=HINTS)
def test_the_sentences_of_a_hint_give_it_back(before: list[str], after: list[str]) -> None:
    was, said = ". ".join(before), ". ".join(after)
    told = sentences_json(was, said)
    had = was.split(". ")
    parts = [told] if isinstance(told, str) else [had[n] if isinstance(n, int) else n for n in told]
    assert ". ".join(parts) == said


def test_a_sentence_that_two_hints_get_beside_their_own_is_told_once() -> None:
    before = [Cell("Behind", hint=f"It runs {number}.") for number in (1, 2)]
    after = [Cell("Offline", hint=f"It is lost. {cell.hint}") for cell in before]
    old, new = (
        Table((), tuple(Row(cell.hint[-2], (cell,), Tone.NEUTRAL) for cell in cells), 2, "")
        for cells in (before, after)
    )
    message = delta_json(old, new, 1)
    assert message["c"] == [[0, ("Offline", 0, "", ("It is lost", 0)), [0, 1]]]


def celled_table(letters: str) -> Table:
    """Five rows with a cell each."""
    rows = tuple(
        Row(str(number), (Cell(letter),), Tone.NEUTRAL) for number, letter in enumerate(letters)
    )
    return Table((), rows, len(rows), "")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("9 of 24 need 4 now.", "10 of 24 need 5 now.", [[0, "10"], [4, "5"]]),
        ("9 of 24 need it.", "All is well.", "All is well."),
        ("", "now", "now"),
        ("a b c", "x y z", "x y z"),
        (None, "a b c", "a b c"),
        ("a b c", None, None),
    ],
)
def test_of_a_text_only_the_other_words_are_told_where_they_are_few(
    before: str | None, after: str | None, told: object
) -> None:
    assert words_json(before, after) == told


async def test_a_cell_is_as_short_as_it_can_be(store: FleetStore) -> None:
    table = Feeds(store).feed(Query()).table
    texts = {row.cells[0].text for row in table.rows}
    for row in table.rows:
        assert cell_json(row.cells[3]) in (row.cells[3].text, [row.cells[3].text, 1])
    assert texts == {
        each[1][0] if isinstance(each[1][0], str) else each[1][0][0]
        for each in table_json(table, 0)["rows"]
    }


def test_a_message_applied_to_the_old_rows_gives_the_new_ones() -> None:
    """What the table's script does with a message, done here with every order of five rows."""
    keys = "abcde"
    for order in permutations(keys, 4):
        before, after = keyed_table(keys), keyed_table(("z", *order))
        message = delta_json(before, after, 1)
        rows = list(keys)
        left, moves, new_ones = (message.get(kind, []) for kind in "xmr")
        away = {*left, *(old for old, _ in moves)}
        put = [(new, rows[old]) for old, new in moves]
        put += [(new, row[0]) for new, row in new_ones]
        rows = [key for number, key in enumerate(rows) if number not in away]
        for place, key in sorted(put):
            rows.insert(place, key)
        assert rows == list(after.index)


def test_one_row_that_moves_is_one_move() -> None:
    message = delta_json(keyed_table("abcdefgh"), keyed_table("bcdefgha"), 1)
    assert message["m"] == [[0, 7]]


def keyed_table(keys: Iterable[str]) -> Table:
    rows = tuple(Row(key, (Cell(key),), Tone.NEUTRAL) for key in keys)
    return Table((), rows, len(rows), "")


async def test_a_poll_that_brings_nothing_new_makes_no_table_anew(store: FleetStore) -> None:
    feeds = Feeds(store)
    feed, _ = feeds.follow(Query(), lambda message: None)
    await store.refresh()
    table = feed.table
    await store.refresh()
    assert feed.table is table
    world = store.world  # type: ignore[attr-defined]
    world.rewrite([replace(world.named("prod-eu-fargate"), auto_updates=False)])
    await store.refresh()
    assert feed.table is not table
