"""Who uses the runners is read lazily, shared, kept for minutes, and never in the poll's way."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from console.api.budget import RequestBudget
from console.api.client import RunnerApi
from console.api.http import httpx
from console.demo.server import build_app
from console.demo.world import World
from console.fleet.snapshot import ProblemKind, Runner, Snapshot
from console.fleet.store import FleetStore
from console.fleet.usage import Usage
from console.fleet.usage_calls import MOST_PROJECTS
from console.fleet.usage_reading import (
    AT_ONCE,
    FAILURES_IN_A_ROW,
    LONGEST_WAIT_FOR_ROOM,
    UsageReader,
)
from tests.console.api.wires import TOKEN_PATH, HandClock, demo_wire, opened, problem

Fate = Callable[[str], httpx.Response | Exception | None]

PROJECTS = 6
DENIED = problem(403, detail="Access denied")
NO_ANSWER = httpx.ConnectError("refused")


def kind_of(path: str) -> str:
    return path.rsplit("/", 1)[-1]


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to the demo API. `fate` may answer one of the usage calls itself, or let it
    fail; `hold` keeps their answers back until it is set. Keeps their paths."""

    def __init__(self, app: Any) -> None:
        self._demo = demo_wire(app)
        self.fate: Fate = lambda path: None
        self.hold: asyncio.Event | None = None
        self.paths: list[str] = []
        self.in_flight = 0
        self.most_in_flight = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many calls of each kind."""
        return dict(Counter(kind_of(path) for path in self.paths))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == TOKEN_PATH or "/agents" in path:
            return await self._demo.handle_async_request(request)
        self.paths.append(path)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await (self.hold.wait() if self.hold else asyncio.sleep(0))
            said = self.fate(path)
            if isinstance(said, Exception):
                raise said
            if said is not None:
                return httpx.Response(said.status_code, headers=said.headers, content=said.content)
            return await self._demo.handle_async_request(request)
        finally:
            self.in_flight -= 1


@dataclass
class Stage:
    """A reader on the demo's API, with the store that it tells."""

    world: World
    wire: Wire
    clock: HandClock
    api: RunnerApi
    store: FleetStore
    reader: UsageReader
    told: list[Snapshot] = field(default_factory=list)

    def runner(self, name: str) -> Runner:
        return next(each for each in self.store.snapshot.runners if each.name == name)

    def id(self, name: str) -> str:
        return self.runner(name).id

    def project_id(self, name: str) -> str:
        return next(each.id for each in self.world.usage.projects if each.name == name)

    async def read(self, *names: str) -> Usage:
        async with asyncio.timeout(10):
            return await self.reader.read(self.id(name) for name in names)

    def environments(self, name: str) -> set[tuple[str, str]]:
        found = self.store.snapshot.usage.environments_of.get(self.id(name), ())
        return {(each.project.name, each.name) for each in found}


@asynccontextmanager
async def staged(scenario: str = "calm", **settings: Any) -> AsyncIterator[Stage]:
    clock = HandClock()
    world = World(clock=clock.today, pace=0)
    wire = Wire(build_app(world))
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(opened(wire, clock, **settings))
        store = FleetStore(api.list_runners, clock=clock.today)
        await store.refresh()
        if scenario != "calm":
            wire._demo = demo_wire(build_app(world, scenario, sleep=clock.sleep))
        reader = UsageReader(api, store, sleep=clock.sleep)
        await stack.enter_async_context(reader)
        made = Stage(world, wire, clock, api, store, reader)
        store.subscribe(made.told.append)
        yield made


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
