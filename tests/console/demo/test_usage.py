"""Who uses the demo runners, and what runs: linked to the fleet and relative to the clock."""

from datetime import datetime, timedelta

import pytest

from console.demo.server import build_app
from console.demo.world import World

V1 = "/dpc/v1"


async def everything(api, url: str) -> list[dict]:
    return (await api.get(url, params={"size": 100})).json()["results"]


async def environments(api) -> list[dict]:
    return [
        environment
        for project in await everything(api, f"{V1}/projects")
        for environment in await everything(api, f"{V1}/projects/{project['id']}/environments")
    ]


async def test_environments_name_their_default_runner(api, world) -> None:
    found = await environments(api)
    linked = {one["defaultAgentId"]: one["defaultAgentName"] for one in found if len(one) == 3}
    assert len(linked) > 15
    assert linked == {runner_id: world.runner(runner_id).name for runner_id in linked}


async def test_one_environment_has_no_default_and_one_a_runner_that_is_gone(api, world) -> None:
    found = await environments(api)
    ids = {runner.id for runner in world.runners()}
    assert [one["name"] for one in found if "defaultAgentId" not in one] == ["scratch"]
    assert [one["name"] for one in found if one.get("defaultAgentId", "") not in ids | {""}] == [
        "archive"
    ]


async def test_schedules_say_when_they_run_next(api, clock) -> None:
    for project in await everything(api, f"{V1}/projects"):
        for one in await everything(api, f"{V1}/projects/{project['id']}/schedules"):
            assert (one["nextRunAt"] is not None) == one["scheduleEnabled"]
            assert datetime.fromisoformat(one["lastRunAt"]) <= clock.now
            if one["nextRunAt"]:
                assert datetime.fromisoformat(one["nextRunAt"]) > clock.now


async def test_something_is_running_at_any_time_of_day(world, clock, open_client) -> None:
    app = build_app(world)
    for _ in range(24):
        async with open_client(app) as api:
            answer = await api.get(f"{V1}/pipeline-executions", params={"status": "RUNNING"})
        assert answer.json()["results"]
        assert all("finishedAt" not in one for one in answer.json()["results"])
        clock.move(minutes=61)


async def test_execution_pages_join_into_one_list_though_the_clock_moves(api, clock) -> None:
    url = f"{V1}/pipeline-executions"
    page = (await api.get(url, params={"limit": 100})).json()
    found = page["results"]
    while "more" in page:
        clock.move(minutes=3)
        page = (await api.get(url, params={"limit": 100, "paginationToken": page["more"]})).json()
        found += page["results"]
    starts = [one["startedAt"] for one in found]
    assert len(found) > 200
    assert len({one["pipelineExecutionId"] for one in found}) == len(found)
    assert starts == sorted(starts, reverse=True)


async def test_executions_are_filtered_by_place_name_status_and_time(api, clock, world) -> None:
    project = world.usage.projects[1]
    since = clock.now - timedelta(hours=3)
    query = {
        "projectId": project.id,
        "environmentName": "prod-eu",
        "pipelineName": "load",
        "status": ["RUNNING", "SUCCESS"],
        "startedAfter": since.isoformat(),
        "limit": 100,
    }
    found = (await api.get(f"{V1}/pipeline-executions", params=query)).json()["results"]
    assert found
    for one in found:
        assert (one["projectId"], one["environmentName"]) == (project.id, "prod-eu")
        assert one["pipelineName"] == "Load orders"
        assert datetime.fromisoformat(one["startedAt"]) >= since
    details = await api.get(
        f"{V1}/projects/{project.id}/pipeline-executions/{found[0]['pipelineExecutionId']}"
    )
    assert details.json() == found[0]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "status=running",
        "startedAfter=yesterday",
        "startedBefore=2026-10-07T12:00:00",
        "paginationToken=nonsense",
        "paginationToken=MDAwMS0wMS0wMVQwMDowMDowMHww",
    ],
)
async def test_a_bad_execution_query_is_a_problem(api, query: str) -> None:
    answer = await api.get(f"{V1}/pipeline-executions?{query}")
    assert (answer.status_code, len(answer.json()["violations"])) == (400, 1)


async def test_a_streaming_runner_has_one_pipeline_which_streams_while_it_runs(api, world) -> None:
    runners = {one.id for one in world.runners() if one.type == "streaming"}
    urls = {}
    for project in await everything(api, f"{V1}/projects"):
        url = f"{V1}/projects/{project['id']}/streaming-pipelines"
        for one in await everything(api, url):
            urls[one["agentId"]] = f"{url}/{one['streamingPipelineId']}/status"
    assert set(urls) == runners
    runner_id = world.named("orders-cdc").id
    assert (await api.get(urls[runner_id])).json() == {"status": "STREAMING"}
    world.command(runner_id, "PAUSE")
    assert (await api.get(urls[runner_id])).json() == {"status": "NOT_RUNNING"}


async def test_what_is_done_is_in_the_audit_events(api, world, clock) -> None:
    runner = world.named("prod-eu-fargate")
    await api.post(f"{V1}/agents/{runner.id}/commands", json={"command": "PAUSE"})
    span = {"from": "2026-01-01T00:00:00.000Z", "to": "2026-12-31T00:00:00.000+01:00"}
    found = (await api.get(f"{V1}/events", params=span | {"size": 100})).json()["results"]
    assert (found[0]["eventName"], found[0]["eventSubjectId"]) == ("agent_pause", runner.id)
    stamps = [one["eventTimestamp"] for one in found]
    assert stamps == sorted(stamps, reverse=True)
    assert (await api.get(f"{V1}/events", params={"from": span["from"]})).status_code == 400


def test_restricted_runners_allow_the_environments_that_use_them(world) -> None:
    allowed = world.allow_lists[world.named("finance-aca").id]
    assert list(allowed.values()) == [("prod", "month-end")]


def test_larger_worlds_have_projects_for_their_runners(clock) -> None:
    usage = World(1024, clock=clock).usage
    assert len(usage.projects) == 16
    assert sum(len(project.environments) for project in usage.projects) > 400
