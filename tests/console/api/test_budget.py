"""The request budget: never more than so many starts in a minute, never more than eight at once."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.api.budget import IN_FLIGHT, WINDOW, RequestBudget
from console.api.http import httpx
from console.demo.server import build_app
from console.demo.world import World
from tests.console.api.wires import HandClock, ScriptedWire, demo_wire, listed, opened


def most_in_a_minute(starts: list[float]) -> int:
    return max(sum(first <= other < first + WINDOW for other in starts) for first in starts)


@given(
    per_minute=st.integers(1, 12),
    pauses=st.lists(st.floats(0, 40, allow_nan=False), min_size=1, max_size=40),
)
def test_no_sixty_seconds_see_more_starts_than_allowed(
    per_minute: int, pauses: list[float]
) -> None:
    clock = HandClock()
    starts: list[float] = []

    async def run() -> None:
        budget = RequestBudget(per_minute, clock=clock, sleep=clock.sleep)
        for pause in pauses:
            clock.seconds += pause
            async with budget.place():
                starts.append(clock())

    asyncio.run(run())
    assert len(starts) == len(pauses)
    assert most_in_a_minute(starts) <= per_minute


async def test_a_minutes_worth_starts_at_once_and_the_next_waits_for_its_turn() -> None:
    clock = HandClock()
    budget = RequestBudget(10, clock=clock, sleep=clock.sleep)
    starts: list[float] = []

    async def one() -> None:
        async with budget.place():
            starts.append(clock())

    await asyncio.gather(*(one() for _ in range(25)))
    assert starts == [0.0] * 10 + [60.0] * 10 + [120.0] * 5


async def test_what_remains_is_told_and_comes_back_after_a_minute() -> None:
    clock = HandClock()
    budget = RequestBudget(10, clock=clock, sleep=clock.sleep)
    async with budget.place():
        assert budget.remaining == 9
    clock.seconds = 60
    assert budget.remaining == 10


async def test_a_place_is_given_back_when_the_holder_fails_or_is_cancelled() -> None:
    clock = HandClock()
    budget = RequestBudget(100, clock=clock, sleep=clock.sleep)

    async def fail() -> None:
        async with budget.place():
            raise LookupError

    async def hang() -> None:
        async with budget.place():
            await asyncio.Event().wait()

    await asyncio.gather(*(fail() for _ in range(IN_FLIGHT)), return_exceptions=True)
    hanging = [asyncio.create_task(hang()) for _ in range(IN_FLIGHT)]
    await asyncio.sleep(0)
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
    async with asyncio.timeout(1), budget.place():
        pass


async def test_at_most_eight_calls_are_under_way() -> None:
    async def slow(request: httpx.Request) -> httpx.Response:
        for _ in range(50):
            await asyncio.sleep(0)
        return listed({"agentId": "a", "agentStatus": "running"})

    wire = ScriptedWire(slow)
    async with opened(wire) as api:
        await asyncio.gather(*(api.list_runners() for _ in range(40)))
    assert wire.most_in_flight == IN_FLIGHT


async def test_everything_counts_tokens_and_repeats_too() -> None:
    clock = HandClock()
    wire = ScriptedWire(lambda request: httpx.Response(503))
    async with opened(wire, clock, requests_per_minute=10) as api:
        with pytest.raises(Exception, match="503"):
            await api.list_runners()
        assert api.budget.remaining == 10 - 1 - 5


async def test_a_fleet_is_read_in_one_call_for_each_hundred_runners() -> None:
    clock = HandClock()
    world = World(1000, clock=clock.today)
    async with opened(demo_wire(build_app(world)), clock) as api:
        assert len(await api.list_runners()) == 1000
        before = api.budget.remaining
        await api.list_runners()
        assert before - api.budget.remaining == 10


async def test_there_is_room_while_more_than_half_of_the_minute_is_left() -> None:
    clock = HandClock()
    budget = RequestBudget(10, clock=clock, sleep=clock.sleep)
    for number in range(10):
        assert budget.has_room == (number < 5)
        async with budget.place():
            pass
    clock.seconds += WINDOW
    assert budget.has_room


async def test_each_request_is_counted_with_its_repeats_and_each_fault_by_its_kind() -> None:
    clock = HandClock()
    wire = ScriptedWire(lambda request: httpx.Response(429))
    async with opened(wire, clock, requests_per_minute=100) as api:
        with pytest.raises(Exception, match="too many"):
            await api.list_runners()
        traffic = api.traffic
        assert (traffic.calls["GET"], traffic.calls["POST"]) == (5, 1)
        assert dict(traffic.errors) == {"throttled": 5}
        assert (traffic.left, traffic.per_minute) == (94, 100)


@pytest.mark.parametrize(
    ("status", "fault"),
    [(503, "failed"), (401, "not_signed_in"), (403, "not_allowed"), (404, "refused")],
)
async def test_a_fault_is_counted_by_what_came_instead_of_an_answer(
    status: int, fault: str
) -> None:
    wire = ScriptedWire(lambda request: httpx.Response(status))
    async with opened(wire, HandClock()) as api:
        with pytest.raises(Exception, match=r"."):
            await api.list_runners()
        assert set(api.traffic.errors) == {fault}
