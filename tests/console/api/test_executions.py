"""Executions come page after page, and a bound on the pages says whether there were more."""

from itertools import count

from console.api.http import httpx
from tests.console.api.wires import ScriptedWire, opened


def endless() -> ScriptedWire:
    numbers = count(1)

    def answer(request: httpx.Request) -> httpx.Response:
        number = next(numbers)
        run = {"pipelineExecutionId": f"e{number}"}
        return httpx.Response(200, json={"results": [run], "more": f"t{number}"})

    return ScriptedWire(answer)


async def test_no_more_pages_are_read_than_asked_for_and_the_next_token_is_left() -> None:
    wire = endless()
    async with opened(wire) as api:
        page = await api.first_executions(("RUNNING", "CANCELLING"), 3)
    assert [each.pipeline_execution_id for each in page.results] == ["e1", "e2", "e3"]
    assert page.more == "t3"
    assert [request.url.params.get("paginationToken") for request in wire.requests] == [
        None,
        "t1",
        "t2",
    ]
    assert wire.requests[0].url.params.get_list("status") == ["RUNNING", "CANCELLING"]


async def test_the_last_page_leaves_no_token() -> None:
    wire = ScriptedWire(lambda request: httpx.Response(200, json={"results": [], "more": ""}))
    async with opened(wire) as api:
        assert (await api.first_executions((), 3)).more is None
    assert len(wire.requests) == 1


async def test_a_token_that_comes_again_ends_the_reading_and_is_not_taken_for_the_end() -> None:
    page = {"results": [], "more": "same"}
    wire = ScriptedWire(lambda request: httpx.Response(200, json=page))
    async with opened(wire) as api:
        assert (await api.first_executions((), 10)).more == "same"
    assert len(wire.requests) == 2
