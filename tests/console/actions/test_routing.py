"""A plan over several accounts: each runner is acted on in its own, and one that cannot be reached
holds up no other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from console.actions.catalogue import action_by_id
from console.actions.execute import Outcome
from console.actions.plan import Plan, plan
from console.actions.routing import RoutingExecutor
from console.fleet.snapshot import Phase, Runner
from console.fleet.union import FleetUnion, Member
from tests.console.stage import Clock, Stage, staged


@dataclass
class Two:
    """The accounts eu and us, with runners of the same names, and an executor over both."""

    eu: Stage
    us: Stage
    fleet: FleetUnion
    executor: RoutingExecutor

    def named(self, name: str) -> list[Runner]:
        return [runner for runner in self.fleet.snapshot.runners if runner.name == name]

    def planned(self, action_id: str, *names: str) -> Plan:
        ids = [runner.id for name in names for runner in self.named(name)]
        return plan(action_by_id(action_id), ids, self.fleet.snapshot, self.fleet.now)

    async def carried_out(self, agreed: Plan) -> list[Outcome]:
        async with asyncio.timeout(10):
            return [outcome async for outcome in self.executor.execute(agreed)]

    @property
    def commands(self) -> tuple[int, int]:
        return self.eu.wire.commands, self.us.wire.commands


@asynccontextmanager
async def two(*, read_only: str = "", pace: float = 1.0) -> AsyncIterator[Two]:
    clock = Clock()
    async with staged(clock, pace=pace) as eu, staged(clock, pace=pace, seed=2) as us:
        stages = {"eu": eu, "us": us}
        fleet = FleetUnion(
            Member(name, stage.store, name == read_only) for name, stage in stages.items()
        )
        executors = {name: stage.executor for name, stage in stages.items() if name != read_only}
        yield Two(eu, us, fleet, RoutingExecutor(executors))


async def test_a_command_goes_to_the_account_of_its_runner_alone() -> None:
    async with two() as both:
        eu, us = both.named("iot-gke")
        assert eu.id != us.id
        agreed = plan(action_by_id("pause"), [us.id], both.fleet.snapshot, both.fleet.now)
        outcomes = await both.carried_out(agreed)
        assert both.commands == (0, 1)
        assert [(each.runner.account, each.runner.id) for each in outcomes] == [("us", us.id)]
        assert outcomes[0].phase == Phase.DONE
        assert both.us.world.named("iot-gke").status == "paused"
        assert both.eu.world.named("iot-gke").status == "running"


async def test_one_plan_is_one_plan_in_all_accounts() -> None:
    async with two() as both:
        outcomes = await both.carried_out(both.planned("pause", "iot-gke", "dev-eu-fargate"))
        assert both.commands == (2, 2)
        assert {each.phase for each in outcomes} == {Phase.DONE}
        told = both.fleet.snapshot.operations
        assert sorted(each.account for each in told) == ["eu", "eu", "us", "us"]
        assert len({each.plan_id for each in told}) == 1


async def test_an_account_that_cannot_be_reached_fails_alone() -> None:
    async with two() as both:
        both.us.wire.fate = lambda request: "refuse"
        outcomes = await both.carried_out(both.planned("pause", "iot-gke"))
        phases = {each.runner.account: each.phase for each in outcomes}
        assert phases == {"eu": Phase.DONE, "us": Phase.FAILED}
        assert both.commands[0] == 1


async def test_outcomes_come_as_they_are_known_and_not_account_by_account() -> None:
    async with two() as both:
        held = asyncio.Event()
        read = both.eu.store.refresh

        async def read_late() -> object:
            await held.wait()
            return await read()

        both.eu.store.refresh = read_late  # type: ignore[method-assign, assignment]
        came = []
        async with asyncio.timeout(10):
            async for outcome in both.executor.execute(both.planned("pause", "iot-gke")):
                came.append(outcome.runner.account)
                held.set()
        assert came == ["us", "eu"]


async def test_nothing_is_planned_in_an_account_that_is_read_only() -> None:
    async with two(read_only="us") as both:
        agreed = both.planned("pause", "iot-gke")
        assert [step.runner.account for step in agreed.allowed] == ["eu"]
        assert [step.refusal for step in agreed.refused] == ["The account us is read-only."]


async def test_a_step_that_is_allowed_by_mistake_is_not_sent_to_a_read_only_account() -> None:
    async with two(read_only="us") as both:
        agreed = both.planned("pause", "iot-gke")
        mistaken = replace(
            agreed, steps=tuple(replace(each, refusal=None) for each in agreed.steps)
        )
        outcomes = await both.carried_out(mistaken)
        phases = {each.runner.account: each.phase for each in outcomes}
        assert phases == {"eu": Phase.DONE, "us": "skipped"}
        assert both.commands == (1, 0)


async def test_in_the_background_too_each_part_goes_its_own_way() -> None:
    async with two(pace=0.0) as both:
        both.executor.start(both.planned("pause", "iot-gke"))
        async with asyncio.timeout(5):
            while [each.phase for each in both.fleet.snapshot.operations] != [Phase.DONE] * 2:
                await both.fleet.news()
        assert both.commands == (1, 1)
        assert len({each.plan_id for each in both.fleet.snapshot.operations}) == 1


async def test_leaving_off_listening_ends_the_watching_in_every_account() -> None:
    async with two() as both:
        both.us.wire.fate = lambda request: "hold"
        outcomes = both.executor.execute(both.planned("restart", "iot-gke"))
        waiting = asyncio.ensure_future(anext(outcomes))
        while not any(
            each.account == "us" for each in both.fleet.snapshot.open_operations.values()
        ):
            await both.fleet.news()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await outcomes.aclose()
        assert both.fleet.snapshot.open_operations == {}


async def test_a_fault_of_ours_in_one_account_is_not_kept_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with two() as both:

        async def broken() -> object:
            raise ZeroDivisionError

        monkeypatch.setattr(both.us.store, "refresh", broken)
        with pytest.raises(ZeroDivisionError):
            await both.carried_out(both.planned("pause", "iot-gke"))


async def test_who_agreed_is_told_in_every_account() -> None:
    async with two() as both:
        both.executor.start(both.planned("auto-update-on", "risk-eks"), who="ada")
        for stage in (both.eu, both.us):
            snapshot = await stage.until(lambda snapshot: snapshot.operations)
            assert {each.who for each in snapshot.operations} == {"ada"}
