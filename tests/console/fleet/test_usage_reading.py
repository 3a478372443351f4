"""Who uses the runners is read lazily, shared, kept for minutes, and never in the poll's way."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.console.fleet.usage_stage import (
    PROJECTS,
    Stage,
    staged,
)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def test_the_environments_are_those_of_the_account(stage: Stage) -> None:
    await stage.read("finance-aca")
    assert stage.environments("finance-aca") == {("Finance", "prod"), ("Finance", "month-end")}
    for runner in stage.store.snapshot.runners:
        expected = {
            (project.name, place)
            for project in stage.world.usage.projects
            for place, default in project.environments.items()
            if default == runner.id
        }
        assert stage.environments(runner.name) == expected


async def test_what_runs_and_what_is_due_is_told_by_environment(stage: Stage) -> None:
    usage = await stage.read("prod-eu-fargate")
    place = (stage.project_id("Commerce"), "prod-eu")
    assert {run.pipeline for run in usage.runs_in[place]} <= {"Load orders", "Build sales mart"}
    assert usage.runs_in[place]
    due = usage.due[place[0]].items or ()
    assert {each.pipeline for each in due if each.environment == "prod-eu"} == {
        "Load orders",
        "Build sales mart",
    }
    assert all(each.at and each.at > stage.clock.today() for each in due)


async def test_a_schedule_that_is_switched_off_is_not_due(stage: Stage) -> None:
    usage = await stage.read("finance-aca")
    due = usage.due[stage.project_id("Finance")].items or ()
    assert "Close the month" not in {each.pipeline for each in due}


async def test_one_runner_costs_a_call_for_each_project_and_three_more(stage: Stage) -> None:
    await stage.read("finance-aca")
    assert stage.wire.counts == {
        "projects": 1,
        "environments": PROJECTS,
        "pipeline-executions": 1,
        "schedules": 1,
    }


async def test_another_runner_costs_only_the_schedules_of_its_projects(stage: Stage) -> None:
    await stage.read("finance-aca")
    stage.wire.paths.clear()
    await stage.read("prod-eu-fargate", "finance-aca", "prod-us-fargate")
    assert stage.wire.counts == {"schedules": 1}
    stage.wire.paths.clear()
    await stage.read("prod-eu-fargate", "finance-aca", "prod-us-fargate")
    assert not stage.wire.paths


async def test_streaming_pipelines_are_read_for_a_streaming_runner_alone(stage: Stage) -> None:
    streaming = next(each for each in stage.store.snapshot.runners if each.kind == "streaming")
    await stage.read("finance-aca")
    assert "streaming-pipelines" not in stage.wire.counts
    usage = await stage.read(streaming.name)
    assert stage.wire.counts["streaming-pipelines"] == PROJECTS
    (stream,) = usage.streams_of[streaming.id]
    assert stream.name == f"{streaming.name} pipeline"


async def test_each_kind_is_read_again_after_its_own_time(stage: Stage) -> None:
    await stage.read("hr-aca")

    async def after(seconds: float) -> set[str]:
        stage.clock.seconds += seconds
        stage.wire.paths.clear()
        await stage.read("hr-aca")
        return set(stage.wire.counts)

    assert await after(59) == set()
    assert await after(1) == {"pipeline-executions"}
    assert await after(4 * 60) == {"pipeline-executions", "schedules"}
    assert await after(5 * 60) == {
        "pipeline-executions",
        "schedules",
        "projects",
        "environments",
    }


async def test_a_schedule_whose_time_has_come_is_read_again(stage: Stage) -> None:
    usage = await stage.read("iot-gke")
    plants = usage.due[stage.project_id("Supply Chain")].items or ()
    first = min(each.at for each in plants if each.at)
    stage.clock.seconds += max(60.0, (first - stage.clock.today()).total_seconds())
    stage.wire.paths.clear()
    usage = await stage.read("iot-gke")
    assert stage.wire.counts["schedules"] == 1
    again = usage.due[stage.project_id("Supply Chain")].items or ()
    assert all(each.at and each.at > stage.clock.today() for each in again)


async def test_wanting_returns_at_once_and_the_snapshot_tells_how_far_it_is(stage: Stage) -> None:
    runner_id = stage.id("finance-aca")
    stage.reader.want([runner_id])
    assert not stage.wire.paths
    await stage.read("finance-aca")
    assert stage.told[0].usage.asked == {runner_id}
    assert stage.told[0].usage.projects.items is None
    assert stage.told[-1].usage.asked == frozenset()
    assert stage.told[-1].usage.environments_of[runner_id]
    assert all(
        new.usage is not old.usage for old, new in zip(stage.told, stage.told[1:], strict=False)
    )


async def test_many_who_want_the_same_share_one_reading(stage: Stage) -> None:
    stage.wire.hold = asyncio.Event()
    readings = [asyncio.create_task(stage.read("finance-aca")) for _ in range(5)]
    await asyncio.sleep(0.01)
    stage.reader.want([stage.id("finance-aca")])
    readings.append(asyncio.create_task(stage.read("risk-eks")))
    await asyncio.sleep(0.01)
    stage.wire.hold.set()
    await asyncio.gather(*readings)
    assert stage.wire.counts == {
        "projects": 1,
        "environments": PROJECTS,
        "pipeline-executions": 1,
        "schedules": 1,
    }


async def test_a_listener_may_want_what_it_is_told_of(stage: Stage) -> None:
    second = stage.id("prod-eu-fargate")
    stage.store.subscribe(lambda snapshot: stage.reader.want([second]))
    usage = await stage.read("finance-aca")
    assert set(usage.due) == {stage.project_id("Finance"), stage.project_id("Commerce")}
    assert usage.asked == frozenset()
