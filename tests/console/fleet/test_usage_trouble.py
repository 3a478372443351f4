"""What cannot be read of who uses the runners is told as such, and tried again later."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest

from console.api.budget import RequestBudget
from console.api.http import httpx
from console.fleet.snapshot import ProblemKind
from console.fleet.usage_calls import MOST_PROJECTS
from console.fleet.usage_reading import (
    AT_ONCE,
    FAILURES_IN_A_ROW,
    LONGEST_WAIT_FOR_ROOM,
)
from tests.console.fleet.usage_stage import (
    DENIED,
    NO_ANSWER,
    PROJECTS,
    Fate,
    Stage,
    kind_of,
    staged,
)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def test_denied_projects_are_trouble_and_tried_again_after_a_minute(stage: Stage) -> None:
    stage.wire.fate = lambda path: DENIED if kind_of(path) == "projects" else None
    usage = await stage.read("finance-aca")
    assert usage.projects.items is None
    assert usage.projects.trouble
    assert usage.projects.trouble.kind is ProblemKind.NOT_ALLOWED
    stage.clock.seconds += 59
    await stage.read("finance-aca")
    assert stage.wire.counts["projects"] == 1
    stage.clock.seconds += 1
    stage.wire.fate = lambda path: None
    usage = await stage.read("finance-aca")
    assert usage.projects.trouble is None
    assert stage.environments("finance-aca")


async def test_the_demo_that_denies_everything_denies_this_too() -> None:
    async with staged("denied") as stage:
        usage = await stage.read("finance-aca")
        for part in (usage.projects, usage.running):
            assert part.items is None
            assert part.trouble
            assert part.trouble.kind is ProblemKind.ADDRESS_NOT_ALLOWED


async def test_a_project_that_fails_spoils_only_its_own_part(stage: Stage) -> None:
    commerce = stage.project_id("Commerce")
    stage.wire.fate = lambda path: DENIED if commerce in path else None
    usage = await stage.read("finance-aca", "prod-eu-fargate")
    assert stage.environments("finance-aca") == {("Finance", "prod"), ("Finance", "month-end")}
    assert stage.environments("prod-eu-fargate") == set()
    troubled = {project for project, part in usage.environments.items() if part.trouble}
    assert troubled == {commerce}
    stage.wire.paths.clear()
    stage.clock.seconds += 61
    await stage.read("finance-aca")
    assert [path for path in stage.wire.paths if kind_of(path) == "environments"] == [
        f"/dpc/v1/projects/{commerce}/environments"
    ]


async def test_what_was_read_is_kept_while_newer_readings_fail(stage: Stage) -> None:
    first = await stage.read("finance-aca")
    stage.clock.seconds += 3600
    stage.wire.fate = lambda path: DENIED
    usage = await stage.read("finance-aca")
    assert usage.projects.items == first.projects.items
    assert usage.projects.taken == first.projects.taken
    assert usage.projects.trouble
    assert usage.running.items == first.running.items
    assert stage.environments("finance-aca") == {("Finance", "prod"), ("Finance", "month-end")}


async def test_a_project_that_is_gone_takes_its_environments_along(stage: Stage) -> None:
    await stage.read("finance-aca", "prod-eu-fargate")
    stage.clock.seconds += 601
    left = [each.body() for each in stage.world.usage.projects if each.name != "Commerce"]
    page = httpx.Response(200, json={"results": left, "total": len(left)})
    stage.wire.fate = lambda path: page if kind_of(path) == "projects" else None
    await stage.read("finance-aca", "prod-eu-fargate")
    assert stage.environments("finance-aca")
    assert stage.environments("prod-eu-fargate") == set()


def account_of(projects: int) -> Fate:
    """An account with so many projects, each with one environment without a runner."""
    listed = [{"id": f"p{number}", "name": f"P {number}"} for number in range(projects)]

    def fate(path: str) -> httpx.Response | None:
        if kind_of(path) == "projects":
            return httpx.Response(200, json={"results": listed, "total": projects})
        if kind_of(path) == "environments":
            return httpx.Response(200, json={"results": [{"name": "prod"}], "total": 1})
        return None

    return fate


async def test_an_api_that_fails_again_and_again_is_left_alone_for_a_minute(stage: Stage) -> None:
    broken: list[str] = []

    def fate(path: str) -> httpx.Response | Exception | None:
        if kind_of(path) != "environments":
            return account_of(50)(path)
        broken.append(path)
        return httpx.Response(200, content=b"[")

    stage.wire.fate = fate
    usage = await stage.read("finance-aca")
    assert FAILURES_IN_A_ROW <= len(broken) < FAILURES_IN_A_ROW + AT_ONCE
    assert usage.asked == frozenset()
    stage.wire.paths.clear()
    await stage.read("risk-eks")
    assert not stage.wire.paths
    stage.clock.seconds += 60
    await stage.read("risk-eks")
    assert stage.wire.paths


async def test_projects_that_always_fail_do_not_keep_the_others_from_being_read(
    stage: Stage,
) -> None:
    def broken_start(path: str) -> httpx.Response | Exception | None:
        number = path.split("/")[-2].removeprefix("p")
        if kind_of(path) == "environments" and int(number) < 10:
            return httpx.Response(200, content=b"[")
        return account_of(50)(path)

    stage.wire.fate = broken_start
    for _ in range(4):
        usage = await stage.read("finance-aca")
        stage.clock.seconds += 60
    read = {project for project, part in usage.environments.items() if part.items}
    assert read == {f"p{number}" for number in range(10, 50)}


async def test_of_very_many_projects_the_first_are_read_and_the_rest_is_known_to_be_missing(
    stage: Stage,
) -> None:
    stage.wire.fate = account_of(MOST_PROJECTS + 1)
    usage = await stage.read("finance-aca")
    assert usage.projects.is_cut
    assert len(usage.environments) == MOST_PROJECTS
    assert stage.wire.most_in_flight <= AT_ONCE
    stage.clock.seconds += 601
    stage.wire.fate = account_of(MOST_PROJECTS)
    assert not (await stage.read("finance-aca")).projects.is_cut


async def test_half_of_the_minute_is_left_to_the_poll() -> None:
    async with staged(requests_per_minute=60) as stage:
        stage.wire.fate = account_of(100)
        least = 60

        def fate(path: str) -> httpx.Response | Exception | None:
            nonlocal least
            least = min(least, stage.api.budget.remaining)
            return account_of(100)(path)

        stage.wire.fate = fate
        await stage.read("finance-aca")
        assert least >= 30 - AT_ONCE
        assert stage.wire.counts["environments"] == 100
        assert stage.clock.seconds > 60


async def test_a_poll_that_needs_the_whole_budget_does_not_stop_it_for_ever(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RequestBudget, "has_room", False)
    stage.wire.fate = account_of(2)
    usage = await stage.read("finance-aca")
    assert all(part.items for part in usage.environments.values())
    assert stage.clock.seconds == len(stage.wire.paths) * LONGEST_WAIT_FOR_ROOM


async def test_executions_without_end_are_read_in_part(stage: Stage) -> None:
    numbers = count()

    def fate(path: str) -> httpx.Response | None:
        if kind_of(path) != "pipeline-executions":
            return None
        number = next(numbers)
        run = {"pipelineExecutionId": f"e{number}", "status": "RUNNING", "projectId": "p"}
        return httpx.Response(200, json={"results": [run], "more": f"token-{number}"})

    stage.wire.fate = fate
    usage = await stage.read("finance-aca")
    assert usage.running.is_cut
    assert len(usage.running.items or ()) == 10
    assert set(usage.runs_in) == {None}


async def test_what_the_api_leaves_out_is_kept_as_left_out(stage: Stage) -> None:
    finance = stage.project_id("Finance")
    answers = {
        "environments": [
            {"name": "a", "defaultAgentName": "some runner"},
            {"name": "b", "defaultAgentId": stage.id("finance-aca")},
        ],
        "schedules": [
            {"scheduleId": "1", "environmentName": "b", "nextRunAt": "2026-10-07T13:00:00"},
            {"scheduleId": "2", "scheduleEnabled": True},
            {"scheduleId": "3", "scheduleEnabled": False},
        ],
        "pipeline-executions": [
            {"pipelineExecutionId": "1", "projectId": finance, "environmentName": "b"},
            {"pipelineExecutionId": "2", "status": "SUCCESS", "projectId": finance},
        ],
    }

    def fate(path: str) -> httpx.Response | None:
        if kind_of(path) not in answers:
            return None
        return httpx.Response(200, json={"results": answers[kind_of(path)]})

    stage.wire.fate = fate
    usage = await stage.read("finance-aca")
    assert len(usage.environments_of[""]) == PROJECTS
    first, second = usage.due[finance].items or ()
    assert first.at is not None
    assert first.at.utcoffset() is not None
    assert (second.environment, second.at) == (None, None)
    assert [run.place for run in usage.running.items or ()] == [(finance, "b")]


async def test_leaving_ends_the_reading() -> None:
    async with staged() as stage:
        stage.wire.hold = asyncio.Event()
        stage.reader.want([stage.id("finance-aca")])
        await asyncio.sleep(0.01)
        assert stage.wire.in_flight
    assert stage.wire.in_flight == 0


async def test_a_fault_of_ours_is_reported_and_nobody_waits_for_it(stage: Stage) -> None:
    reported: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, what: reported.append(what))

    async def broken() -> None:
        raise ZeroDivisionError

    stage.api.list_projects = broken  # type: ignore[method-assign, assignment]
    usage = await stage.read("finance-aca")
    assert [type(each["exception"]) for each in reported] == [ZeroDivisionError]
    await asyncio.sleep(0)
    assert stage.store.snapshot.usage.asked == frozenset()
    assert usage.projects.items is None


async def test_an_account_without_projects_is_read_as_such(stage: Stage) -> None:
    stage.wire.fate = account_of(0)
    usage = await stage.read("finance-aca")
    assert usage.projects.items == ()


async def test_no_answer_is_trouble_too(stage: Stage) -> None:
    stage.wire.fate = lambda path: NO_ANSWER
    usage = await stage.read("finance-aca")
    assert usage.projects.trouble
    assert usage.projects.trouble.kind is ProblemKind.UNREACHABLE
