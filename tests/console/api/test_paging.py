"""Lists are whole: with totals or without, while the fleet changes, from servers without end."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.api.http import httpx
from console.api.models.record import Page
from console.api.paging import MOST_PAGES, PAGE_SIZE, whole_list
from console.demo.server import build_app
from console.demo.world import World
from console.errors import ApiFailed
from tests.console.api.wires import HandClock, ScriptedWire, demo_wire, listed, opened


class Server:
    """Numbers in pages. `before` may change them ahead of each request; `envelope` says what the
    answer claims of itself, from the true total and size."""

    def __init__(
        self,
        items: list[int],
        *,
        page_size: int = PAGE_SIZE,
        envelope: Callable[[int, int], tuple[int | None, int | None]] = lambda total, size: (
            total,
            size,
        ),
        before: Callable[["Server"], None] = lambda server: None,
    ) -> None:
        self.items = items
        self.asked: list[int] = []
        self._page_size = page_size
        self._envelope = envelope
        self._before = before

    async def page(self, number: int) -> Page[int]:
        self.asked.append(number)
        self._before(self)
        start = number * self._page_size
        total, size = self._envelope(len(self.items), self._page_size)
        results = tuple(self.items[start : start + self._page_size])
        return Page[int](results=results, page=number, size=size, total=total)

    async def listed(self) -> tuple[int, ...]:
        return await whole_list(self.page, str)


ENVELOPES = {
    "honest": lambda total, size: (total, size),
    "total 0": lambda total, size: (0, size),
    "size 0": lambda total, size: (total, 0),
    "both 0": lambda total, size: (0, 0),
    "both missing": lambda total, size: (None, None),
    "negative": lambda total, size: (-1, -1),
}


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 200, 250, 1000])
async def test_a_list_is_whole_and_in_order_whatever_its_envelope_says(
    count: int, envelope: str
) -> None:
    server = Server(list(range(count)), envelope=ENVELOPES[envelope])
    assert await server.listed() == tuple(range(count))
    assert len(server.asked) <= count // PAGE_SIZE + 1


@pytest.mark.parametrize("count", [1, 100, 101, 200, 1000])
async def test_with_a_total_no_page_is_asked_for_in_vain(count: int) -> None:
    server = Server(list(range(count)))
    await server.listed()
    assert sorted(server.asked) == list(range((count + PAGE_SIZE - 1) // PAGE_SIZE))


@pytest.mark.parametrize("envelope", ["honest", "total 0"])
async def test_a_server_may_give_smaller_pages_than_asked_for(envelope: str) -> None:
    """It says so in `size`; only a page shorter than that is the last."""
    server = Server(list(range(160)), page_size=25, envelope=ENVELOPES[envelope])
    assert await server.listed() == tuple(range(160))


async def test_a_runner_added_while_listing_comes_once_and_pushes_none_out() -> None:
    def add_in_front(server: Server) -> None:
        if len(server.asked) == 2:
            server.items.insert(0, 1000)

    server = Server(list(range(250)), before=add_in_front)
    assert sorted(await server.listed()) == [*range(250), 1000]


async def test_a_runner_removed_while_listing_hides_none() -> None:
    """The next page then begins one later, and the numbers still seem to add up."""

    def remove_the_first(server: Server) -> None:
        if len(server.asked) == 2:
            server.items.remove(0)

    server = Server(list(range(150)), before=remove_the_first)
    assert sorted(await server.listed()) == list(range(1, 150))


@pytest.mark.parametrize("envelope", ["honest", "both 0"])
async def test_an_order_that_changes_all_the_time_gives_no_runner_twice(envelope: str) -> None:
    def turn(server: Server) -> None:
        server.items = [*server.items[-30:], *server.items[:-30]]

    server = Server(list(range(250)), envelope=ENVELOPES[envelope], before=turn)
    found = await server.listed()
    assert len(set(found)) == len(found)
    assert len(server.asked) <= 12


@given(
    count=st.integers(0, 330),
    at=st.integers(1, 4),
    removed=st.sets(st.integers(0, 329), max_size=5),
    added=st.integers(0, 5),
    place=st.integers(0, 330),
)
def test_who_is_there_all_the_time_is_never_lost(
    count: int, at: int, removed: set[int], added: int, place: int
) -> None:
    """The fleet changes once while it is listed, and grows or shrinks by it."""

    def change(server: Server) -> None:
        if len(server.asked) == at:
            server.items = [item for item in server.items if item not in removed]
            server.items[place:place] = range(1000, 1000 + added)

    gone = len([item for item in removed if item < count])
    if gone == added:
        return
    server = Server(list(range(count)), before=change)
    found = asyncio.run(server.listed())
    assert len(set(found)) == len(found)
    assert set(found) >= set(range(count)) - removed


async def test_a_total_that_is_too_high_costs_one_more_reading() -> None:
    server = Server(list(range(150)), envelope=lambda total, size: (total + 7, size))
    assert await server.listed() == tuple(range(150))
    assert len(server.asked) == 4


@pytest.mark.parametrize("count", [0, 40, 150])
async def test_a_total_beyond_reason_does_not_bring_a_thousand_requests(count: int) -> None:
    server = Server(list(range(count)), envelope=lambda total, size: (10**9, size))
    assert await server.listed() == tuple(range(count))
    assert len(server.asked) <= 40


async def test_a_server_whose_pages_never_end_is_stopped_in_the_first_reading() -> None:
    asked: list[int] = []

    async def endless(number: int) -> Page[int]:
        asked.append(number)
        first = number * PAGE_SIZE
        return Page[int](results=tuple(range(first, first + PAGE_SIZE)), size=0, total=0)

    assert len(await whole_list(endless, str)) == MOST_PAGES * PAGE_SIZE
    assert len(asked) == MOST_PAGES


@pytest.mark.parametrize("total", [0, 250])
async def test_a_server_that_gives_the_same_page_for_ever_is_left_soon(total: int) -> None:
    asked: list[int] = []

    async def stubborn(number: int) -> Page[int]:
        asked.append(number)
        return Page[int](results=tuple(range(PAGE_SIZE)), size=PAGE_SIZE, total=total)

    assert await whole_list(stubborn, str) == tuple(range(PAGE_SIZE))
    assert len(asked) <= 9


async def test_a_page_that_fails_fails_the_list_and_leaves_no_request_behind() -> None:
    open_requests: set[int] = set()

    async def page(number: int) -> Page[int]:
        open_requests.add(number)
        try:
            await asyncio.sleep(0)
            if number == 3:
                raise ApiFailed(500)
            if number:
                await asyncio.sleep(0.05)
            return Page[int](results=tuple(range(PAGE_SIZE)), total=1000)
        finally:
            open_requests.remove(number)

    with pytest.raises(ApiFailed):
        await whole_list(page, str)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not open_requests


async def test_the_rest_of_the_pages_come_in_parallel() -> None:
    together: list[int] = []
    open_requests = 0

    async def page(number: int) -> Page[int]:
        nonlocal open_requests
        open_requests += 1
        together.append(open_requests)
        await asyncio.sleep(0)
        open_requests -= 1
        start = number * PAGE_SIZE
        return Page[int](results=tuple(range(start, start + PAGE_SIZE)), total=600)

    assert len(await whole_list(page, str)) == 600
    assert max(together) == 5


async def test_pages_of_a_hundred_are_asked_for_from_zero() -> None:
    wire = ScriptedWire(lambda request: listed({"agentId": "a", "agentStatus": "running"}))
    async with opened(wire) as api:
        await api.list_runners()
    (request,) = wire.requests
    assert request.url.path == "/dpc/v1/agents"
    assert dict(request.url.params) == {"page": "0", "size": "100"}


async def test_summaries_are_completed_by_a_call_each_and_keep_the_order() -> None:
    clock = HandClock()
    world = World(130, clock=clock.today)
    async with opened(demo_wire(build_app(world)), clock) as api:
        whole = await api.list_runners()
    async with opened(demo_wire(build_app(world, summaries=True)), clock) as api:
        assert await api.list_runners() == whole
        assert api.budget.remaining == 1000 - 1 - 2 - 130


async def test_only_what_lacks_a_status_is_asked_for_again() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/agents/b"):
            return httpx.Response(200, json={"agentId": "b", "agentStatus": "paused"})
        return listed({"agentId": "a", "agentStatus": "running"}, {"agentId": "b", "name": "B"})

    wire = ScriptedWire(answer)
    async with opened(wire) as api:
        runners = await api.list_runners()
    assert [(runner.id, runner.agent_status) for runner in runners] == [
        ("a", "running"),
        ("b", "paused"),
    ]
    assert len(wire.requests) == 2


async def test_a_runner_that_vanished_between_list_and_detail_is_dropped() -> None:
    async with opened(summaries_wire(httpx.Response(404))) as api:
        assert [runner.id for runner in await api.list_runners()] == ["a"]


@pytest.mark.parametrize("answer", [httpx.Response(500), httpx.Response(200, text="{")])
async def test_a_runner_whose_detail_cannot_be_read_stays_a_summary(
    answer: httpx.Response,
) -> None:
    async with opened(summaries_wire(answer)) as api:
        runners = await api.list_runners()
    assert [(runner.id, runner.name, runner.agent_status) for runner in runners] == [
        ("a", "A", "running"),
        ("b", "B", None),
    ]


def summaries_wire(detail_of_b: httpx.Response) -> ScriptedWire:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/agents/a"):
            return httpx.Response(200, json={"agentId": "a", "name": "A", "agentStatus": "running"})
        if request.url.path.endswith("/agents/b"):
            return detail_of_b
        return listed({"agentId": "a", "name": "A"}, {"agentId": "b", "name": "B"})

    return ScriptedWire(answer)
