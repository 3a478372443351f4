"""Whole lists, page by page, and records that are not as documented."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.api.client import RunnerApi, open_api
from console.api.http import httpx
from console.api.models.runners import Command, NewRunner, RunnerChange
from console.api.models.usage import AllowList
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from console.fleet.reading import runner_from
from tests.console.api.wire import api_on, page, profile, record

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def pages_of(fleet: list[dict[str, object]], *, total: int | None):  # type: ignore[no-untyped-def]
    def answer(request: httpx.Request) -> httpx.Response:
        number, size = int(request.url.params["page"]), int(request.url.params["size"])
        return page(*fleet[number * size : (number + 1) * size], total=total, size=0)

    return answer


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
@pytest.mark.parametrize("tells_total", [True, False])
async def test_the_whole_list_is_read_also_when_total_and_size_are_0(
    count: int, tells_total: bool
) -> None:
    fleet = [record(number) for number in range(count)]
    async with api_on(pages_of(fleet, total=count if tells_total else 0)) as (api, _):
        records = await api.list_runners()
    assert [each.id for each in records] == [each["agentId"] for each in fleet]


async def test_a_page_costs_one_call() -> None:
    fleet = [record(number) for number in range(1000)]
    async with api_on(pages_of(fleet, total=1000)) as (api, wire):
        await api.list_runners()
    assert len(wire.calls) == 10


async def test_a_fleet_that_shifts_while_it_is_listed_has_no_runner_twice_and_none_lost() -> None:
    """One leaves the first page after it was read: the second page then skips one."""
    fleet = [record(number) for number in range(150)]
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if len(seen) == 2:
            fleet.pop(0)
        return pages_of(fleet, total=len(fleet))(request)  # type: ignore[no-any-return]

    async with api_on(answer) as (api, _):
        ids = [each.id for each in await api.list_runners()]
    assert len(ids) == len(set(ids))
    assert set(ids) >= {each["agentId"] for each in fleet}


async def test_a_list_that_never_ends_is_given_up() -> None:
    counter = iter(range(10**9))

    def answer(request: httpx.Request) -> httpx.Response:
        return page(*(record(next(counter)) for _ in range(100)))

    async with api_on(answer, requests_per_minute=1000) as (api, wire):
        records = await api.list_runners()
    assert len(wire.calls) <= 3000
    assert len(records) <= 300_000


async def test_summaries_are_completed_by_a_call_each_and_a_vanished_one_is_left_out() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/agents"):
            return page({"agentId": "a", "name": "A"}, {"agentId": "b", "name": "B"}, record(1))
        if request.url.path.endswith("/a"):
            return httpx.Response(200, json=record(0, agentId="a", agentStatus="paused"))
        return httpx.Response(404)

    async with api_on(answer) as (api, wire):
        records = await api.list_runners()
    assert [(each.id, each.agent_status) for each in records] == [
        ("a", "paused"),
        ("id-1", "running"),
    ]
    assert len(wire.calls) == 3


@pytest.mark.parametrize(
    ("field", "value", "attribute", "wanted"),
    [
        ("agentStatus", "REBALANCING", "status", "rebalancing"),
        ("agentStatus", " Running ", "status", "running"),
        ("connected", "true", "connected", True),
        ("connected", "perhaps", "connected", None),
        ("connected", {"no": 1}, "connected", None),
        ("pausedUntil", "soon", "paused_until", None),
        ("pausedUntil", "2026-11-24T10:00:00", "paused_until", NOW - timedelta(hours=2)),
        ("description", None, "description", ""),
        ("name", 7, "name", "7"),
        ("name", None, "name", "id-1"),
        ("versionDetails", None, "version", None),
        ("versionDetails", "none", "version", None),
        ("versionDetails", {"agentVersion": 3}, "version", "3"),
        ("versionDetails", {"trackReleaseDate": [], "agentVersion": "1"}, "version", "1"),
        ("versionDetails", {"support": "Out_Of_Support"}, "api_support", "out_of_support"),
        ("futureField", {"x": 1}, "status", "running"),
    ],
)
async def test_a_field_that_is_not_as_documented_costs_nothing_else(
    field: str, value: object, attribute: str, wanted: object
) -> None:
    odd, plain = record(1, **{field: value}), record(2)
    async with api_on(lambda request: page(odd, plain)) as (api, _):
        first, second = map(runner_from, await api.list_runners())
    assert getattr(first, attribute) == wanted
    assert second.status == "running"


async def test_an_id_alone_is_a_runner() -> None:
    answer = lambda request: (  # noqa: E731
        page({"agentId": "x"})
        if request.url.path.endswith("agents")
        else httpx.Response(200, json={"agentId": "x"})
    )
    async with api_on(answer) as (api, _):
        (only,) = await api.list_runners()
    assert runner_from(only).name == "x"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_no_value_of_a_field_costs_the_fleet(value: object) -> None:
    async def read() -> int:
        odd = record(1, agentType=value, connected=value, versionDetails=value, pausedUntil=value)
        async with api_on(lambda request: page(odd, record(2))) as (api, _):
            return len(await api.list_runners())

    assert asyncio.run(read()) == 2


@pytest.fixture
async def demo() -> AsyncIterator[tuple[RunnerApi, World]]:
    world = World(clock=lambda: NOW, pace=0.0)
    transport = httpx.ASGITransport(app=build_app(world))
    settings = profile(client_secret="demo-secret", token_url="http://localhost/oauth/dpc/token")
    async with open_api(settings, http_transport=transport) as api:
        yield api, world


async def test_every_runner_call_is_understood_by_the_demo(demo: tuple[RunnerApi, World]) -> None:
    api, _ = demo
    made = await api.create_runner(
        NewRunner(
            name="new",
            agent_type="data_productivity_cloud",
            cloud_provider="aws",
            deployment="fargate",
            track_name="stable",
            enable_auto_updates=True,
        )
    )
    assert (await api.runner(made.id)).agent_status == "pending"
    secret = (await api.credentials(made.id)).client_secret
    assert (await api.refresh_credentials(made.id)).client_secret != secret
    await api.update_runner(made.id, RunnerChange(track="current", auto_updates=False, name="n"))
    changed = runner_from(await api.runner(made.id))
    assert (changed.auto_updates, changed.name) == (False, "n")
    (project, *_) = await api.list_projects()
    await api.set_allow_list(made.id, AllowList(projects={project.id: ("dev",)}))
    assert (await api.allow_list(made.id)).projects == {project.id: ("dev",)}
    await api.remove_from_allow_list(made.id, project.id)
    assert (await api.allow_list(made.id)).projects == {}
    await api.delete_runner(made.id)
    assert made.id not in {each.id for each in await api.list_runners()}


async def test_what_uses_runners_can_be_read(demo: tuple[RunnerApi, World]) -> None:
    api, _ = demo
    projects = await api.list_projects()
    environments = [each for p in projects for each in await api.list_environments(p.id)]
    assert any(each.default_agent_id for each in environments)
    assert any([await api.list_schedules(each.id) for each in projects])
    assert any([await api.list_streaming_pipelines(each.id) for each in projects])
    assert {each.status for each in await api.list_executions(("RUNNING",))} == {"RUNNING"}
    assert await api.list_events(NOW - timedelta(days=30), NOW)


@pytest.mark.parametrize("nested", [True, False])
async def test_both_nestings_of_the_allow_list_are_read(nested: bool) -> None:
    flat = {"projects": {"p": {"environments": ["dev"]}, "q": {}}}
    body = {"projects": flat} if nested else flat
    async with api_on(lambda request: httpx.Response(200, json=body)) as (api, _):
        assert (await api.allow_list("id")).projects == {"p": ("dev",), "q": ()}


def test_a_real_connection_reads_the_demo_fleet() -> None:
    async def read(url: str) -> int:
        settings = profile(
            client_secret="demo-secret", api_url=f"{url}/dpc", token_url=f"{url}/oauth/dpc/token"
        )
        async with open_api(settings) as api:
            (first, *_) = records = await api.list_runners()
            await api.command(world.named("prod-eu-fargate").id, Command.PAUSE)
            assert first.id
            return len(records)

    world = World(runners=230)
    with serve(build_app(world, summaries=True)) as url:
        assert asyncio.run(read(url)) == 230
