"""Every call of the client is understood by the demo API, through its ASGI application."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from console.api.client import RunnerApi
from console.api.models.runners import Command, NewRunner, RunnerChange
from console.api.models.usage import AllowList
from console.demo.server import build_app
from console.demo.world import World
from console.errors import NotFound, PermissionDenied, RequestRefused
from tests.console.api.wires import HandClock, demo_wire, opened

NEW = NewRunner(
    name="new one",
    description="For tests",
    agent_type="data_productivity_cloud",
    cloud_provider="aws",
    deployment="fargate",
    track_name="stable",
    enable_auto_updates=True,
    restricted_access=False,
)
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def world(clock: HandClock) -> World:
    return World(clock=clock.today, pace=0)


@pytest.fixture
async def api(world: World, clock: HandClock) -> AsyncIterator[RunnerApi]:
    async with opened(demo_wire(build_app(world)), clock) as api:
        yield api


async def test_the_list_is_the_fleet_in_its_order(api: RunnerApi, world: World) -> None:
    listed = await api.list_runners()
    assert [(one.id, one.name) for one in listed] == [(one.id, one.name) for one in world.runners()]


async def test_one_runner_is_the_same_alone_as_in_the_list(api: RunnerApi) -> None:
    for runner in (await api.list_runners())[:5]:
        assert await api.runner(runner.id) == runner


async def test_a_created_runner_is_there_and_pending(api: RunnerApi) -> None:
    created = await api.create_runner(NEW)
    assert (created.name, created.description, created.agent_status) == (
        "new one",
        "For tests",
        "pending",
    )
    assert created in await api.list_runners()


async def test_a_change_changes_what_it_names_and_nothing_else(api: RunnerApi) -> None:
    before = await api.create_runner(NEW)
    change = RunnerChange(name="newer", track="current", auto_updates=False, restricted=True)
    await api.update_runner(before.id, change)
    after = await api.runner(before.id)
    assert (after.name, after.description) == ("newer", "For tests")
    assert (after.enable_auto_updates, after.restricted_access) == (False, True)
    await api.update_runner(before.id, RunnerChange(description=""))
    assert (await api.runner(before.id)).description == ""


async def test_a_track_is_changed(api: RunnerApi, world: World) -> None:
    runner = next(one for one in world.runners() if one.name == "prod-eu-fargate")
    for track in ("stable", "current"):
        await api.update_runner(runner.id, RunnerChange(track=track))
        details = (await api.runner(runner.id)).version_details
        assert details is not None
        assert details.track_name == track


async def test_a_deleted_runner_is_gone(api: RunnerApi) -> None:
    created = await api.create_runner(NEW)
    await api.delete_runner(created.id)
    with pytest.raises(NotFound):
        await api.runner(created.id)


async def test_commands_are_carried_out(api: RunnerApi, world: World, clock: HandClock) -> None:
    runner = world.named("prod-eu-fargate")

    async def status() -> str | None:
        clock.seconds += 60
        return (await api.runner(runner.id)).agent_status

    await api.command(runner.id, Command.PAUSE)
    assert await status() == "paused"
    assert (await api.runner(runner.id)).paused_until is not None
    await api.command(runner.id, Command.RESUME)
    assert await status() == "running"
    await api.command(runner.id, Command.RESTART)
    assert await status() == "running"


async def test_credentials_are_read_and_refreshed(api: RunnerApi) -> None:
    created = await api.create_runner(NEW)
    first = await api.credentials(created.id)
    assert await api.credentials(created.id) == first
    second = await api.refresh_credentials(created.id)
    assert second.client_id == first.client_id
    assert second.client_secret != first.client_secret
    assert await api.credentials(created.id) == second


async def test_the_allow_list_is_set_added_to_shortened_and_read(api: RunnerApi) -> None:
    created = await api.create_runner(NEW)
    first, second = [project.id for project in await api.list_projects()][:2]

    async def projects() -> dict[str, tuple[str, ...]]:
        return (await api.allow_list(created.id)).projects

    assert await projects() == {}
    await api.set_allow_list(created.id, AllowList(projects={first: ("dev", "prod")}))
    assert await projects() == {first: ("dev", "prod")}
    await api.add_to_allow_list(created.id, AllowList(projects={second: ()}))
    assert await projects() == {first: ("dev", "prod"), second: ()}
    await api.remove_from_allow_list(created.id, first, "dev")
    assert await projects() == {first: ("prod",), second: ()}
    await api.remove_from_allow_list(created.id, second)
    assert await projects() == {first: ("prod",)}
    await api.set_allow_list(created.id, AllowList())
    assert await projects() == {}


async def test_refusals_come_in_the_apis_words(api: RunnerApi, world: World) -> None:
    runner = world.named("prod-eu-fargate")
    with pytest.raises(RequestRefused, match="cannot be deleted"):
        await api.delete_runner(runner.id)
    with pytest.raises(RequestRefused) as caught:
        await api.add_to_allow_list(runner.id, AllowList())
    assert caught.value.violations == ("projects: must not be empty",)


@pytest.mark.parametrize("runner_id", [NOBODY, "a/b", "..", "?x=1", "ä ö", "%2e%2e", "#"])
async def test_any_id_leads_to_its_own_runner_or_to_none(api: RunnerApi, runner_id: str) -> None:
    with pytest.raises((NotFound, RequestRefused)):
        await api.runner(runner_id)
    with pytest.raises((NotFound, RequestRefused)):
        await api.delete_runner(runner_id)


async def test_projects_environments_schedules_and_streaming_pipelines_are_read(
    api: RunnerApi, world: World
) -> None:
    projects = await api.list_projects()
    assert [one.id for one in projects] == [one.id for one in world.usage.projects]
    places = [place for project in projects for place in await api.list_environments(project.id)]
    assert {place.name for place in places} >= {
        name for project in world.usage.projects for name in project.environments
    }
    ids = {runner.id for runner in world.runners()}
    assert ids & {place.default_agent_id for place in places}
    schedules = [one for project in projects for one in await api.list_schedules(project.id)]
    assert {one.schedule_id for one in schedules} == {one.id for one in world.usage.schedules}
    assert all(one.name and one.schedule_enabled is not None for one in schedules)
    streams = [
        one for project in projects for one in await api.list_streaming_pipelines(project.id)
    ]
    assert len(streams) == len(world.usage.streaming)
    assert {stream.agent_id for stream in streams} <= ids


async def test_executions_are_read_to_the_last_page_and_by_status(api: RunnerApi) -> None:
    found = await api.list_executions()
    ids = [one.pipeline_execution_id for one in found]
    assert len(ids) == len(set(ids)) > 100
    running = await api.list_executions(("RUNNING", "CANCELLING"))
    assert {one.status for one in running} <= {"RUNNING", "CANCELLING"}
    assert [one for one in found if one.status in ("RUNNING", "CANCELLING")] == list(running)


async def test_events_between_two_moments_are_read(
    api: RunnerApi, world: World, clock: HandClock
) -> None:
    start = clock.today()
    await api.command(world.named("prod-eu-fargate").id, Command.PAUSE)
    clock.seconds += 10
    events = await api.list_events(start - timedelta(seconds=1), clock.today())
    assert [event.event_type or event.event_name for event in events]
    assert {event.event_subject_name for event in events} == {"prod-eu-fargate"}
    assert not await api.list_events(start - timedelta(days=1), start - timedelta(days=1))


async def test_an_unknown_project_is_not_found(api: RunnerApi) -> None:
    with pytest.raises(NotFound):
        await api.list_environments(NOBODY)


@pytest.mark.parametrize("scenario", ["throttled", "slow", "incident", "empty"])
async def test_in_every_weather_the_whole_fleet_is_read(scenario: str, clock: HandClock) -> None:
    world = World(250, clock=clock.today)
    wire = demo_wire(build_app(world, scenario, sleep=clock.sleep))
    async with opened(wire, clock) as api:
        runners = await api.list_runners()
    assert [one.id for one in runners] == [one.id for one in world.runners()]


async def test_a_refused_address_is_told_as_such(clock: HandClock) -> None:
    world = World(clock=clock.today)
    async with opened(demo_wire(build_app(world, "denied")), clock) as api:
        with pytest.raises(PermissionDenied) as caught:
            await api.list_runners()
    assert caught.value.address_not_allowed


async def test_tokens_that_the_demo_lets_expire_are_renewed_unseen(
    world: World, clock: HandClock
) -> None:
    app = build_app(world)
    async with opened(demo_wire(app), clock) as api:
        await api.list_runners()
        clock.seconds += 4000
        await api.list_runners()
        app.state.tokens.revoke_all()
        assert len(await api.list_runners()) == 24
