"""Carrying out a plan against the demo API: one command a runner, watched until it reports."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from console.actions.catalogue import action_by_id
from console.actions.execute import (
    AT_ONCE,
    FLEET_UNREADABLE,
    GONE,
    NO_ANSWER,
    NOT_SENT,
    NOT_WATCHED,
)
from console.actions.plan import BUSY, Plan, plan
from console.api.client import RunnerApi
from console.fleet.snapshot import Phase
from tests.console.stage import Clock, Stage, staged


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def stage(clock: Clock) -> AsyncIterator[Stage]:
    async with staged(clock) as made:
        yield made


@pytest.mark.parametrize(
    ("action_id", "name", "reports"),
    [
        ("restart", "marketing-fargate", {"status": "running", "connected": True}),
        ("restart", "old-aci", {"status": "paused", "connected": True}),
        ("restart", "hr-aca", {"status": "running", "connected": True}),
        ("update", "sales-aca", {"status": "running"}),
        ("pause", "prod-eu-fargate", {"status": "paused"}),
        ("pause", "orders-cdc", {"status": "paused"}),
        ("resume", "prod-us-fargate", {"status": "running"}),
        ("resume", "analytics-aks", {"status": "running"}),
        ("resume", "old-aci", {"status": "stopped"}),
        ("use-stable", "prod-ap-fargate", {"track": "stable"}),
        ("use-current", "risk-eks", {"track": "current"}),
        ("auto-update-on", "risk-eks", {"auto_updates": True}),
        ("auto-update-off", "iot-gke", {"auto_updates": False}),
    ],
)
async def test_each_action_is_done_once_the_runner_itself_reports_it(
    stage: Stage, action_id: str, name: str, reports: dict[str, object]
) -> None:
    outcomes = await stage.carried_out(stage.planned(action_id, name))
    assert [(each.runner.name, each.phase, each.sentence) for each in outcomes] == [
        (name, Phase.DONE, "")
    ]
    assert outcomes[0].is_success
    for attribute, value in reports.items():
        assert getattr(outcomes[0].runner, attribute) == value
        assert getattr(stage.world.named(name), attribute) == value
    assert stage.phases() == [Phase.DONE]


async def test_an_update_moves_to_the_latest_version_of_the_track(stage: Stage) -> None:
    before = stage.store.snapshot.by_id[stage.world.named("sales-aca").id]
    outcome = (await stage.carried_out(stage.planned("update", "sales-aca")))[0]
    assert before.version != before.latest_version
    assert outcome.runner.version == before.latest_version


async def test_the_update_of_a_pinned_runner_fails_and_says_why(stage: Stage) -> None:
    outcome = (await stage.carried_out(stage.planned("update", "pricing-fargate")))[0]
    assert outcome.phase == Phase.FAILED
    assert "Its image is probably pinned" in outcome.sentence
    assert not outcome.is_success
    assert stage.store.snapshot.operations[0].note == outcome.sentence


async def test_an_action_shows_as_asked_then_under_way_then_done(stage: Stage) -> None:
    stage.store.subscribe(lambda snapshot: stage.seen.extend(snapshot.operations))
    await stage.carried_out(stage.planned("pause", "prod-eu-fargate"))
    phases = list(dict.fromkeys(operation.phase for operation in stage.seen))
    assert phases == [Phase.ASKED, Phase.UNDER_WAY, Phase.DONE]
    assert len({operation.started for operation in stage.seen}) == 1
    assert stage.seen[-1].changed > stage.seen[-1].started


async def test_a_runner_that_no_longer_qualifies_is_skipped_with_the_reason(stage: Stage) -> None:
    agreed = stage.planned("pause", "prod-eu-fargate", "iot-gke")
    stage.world.command(stage.world.named("iot-gke").id, "PAUSE")
    outcomes = {each.runner.name: each for each in await stage.carried_out(agreed)}
    assert outcomes["prod-eu-fargate"].phase == Phase.DONE
    assert outcomes["iot-gke"].phase == "skipped"
    assert outcomes["iot-gke"].sentence == "It is already pausing."
    assert stage.wire.commands == 1
    skipped = [each for each in stage.store.snapshot.operations if each.phase == Phase.FAILED]
    assert [(each.runner_name, each.note) for each in skipped] == [
        ("iot-gke", "It is already pausing.")
    ]


async def test_a_runner_with_an_action_under_way_is_skipped(stage: Stage) -> None:
    agreed = stage.planned("restart", "iot-gke")
    stage.executor.start(agreed)
    await stage.until(lambda snapshot: snapshot.open_operations)
    outcomes = await stage.carried_out(agreed)
    assert [(each.phase, each.sentence) for each in outcomes] == [("skipped", BUSY)]
    assert stage.wire.commands == 1


async def test_what_was_refused_when_agreed_is_not_done_later(stage: Stage) -> None:
    snapshot = stage.store.snapshot
    ids = [stage.world.named(name).id for name in ("prod-us-fargate", "iot-gke")]
    agreed = plan(action_by_id("pause"), ids, snapshot, stage.store.now)
    assert [step.runner.name for step in agreed.refused] == ["prod-us-fargate"]
    stage.world.command(ids[0], "RESUME")
    stage.world.now()
    outcomes = await stage.carried_out(agreed)
    assert [each.runner.name for each in outcomes] == ["iot-gke"]


async def test_when_the_fleet_cannot_be_read_nothing_is_sent(stage: Stage) -> None:
    agreed = stage.planned("pause", "prod-eu-fargate", "iot-gke")
    stage.wire.fate = lambda request: "refuse" if request.method == "GET" else "pass"
    outcomes = await stage.carried_out(agreed)
    assert {(each.phase, each.sentence) for each in outcomes} == {(Phase.FAILED, FLEET_UNREADABLE)}
    assert len(outcomes) == 2
    assert stage.wire.commands == 0
    assert stage.phases() == [Phase.FAILED, Phase.FAILED]


def on_commands(fate: str) -> Callable[[httpx.Request], str]:
    return lambda request: fate if request.url.path.endswith("/commands") else "pass"


async def test_a_command_whose_answer_is_lost_is_watched_and_never_sent_again(
    stage: Stage,
) -> None:
    stage.wire.fate = on_commands("drop")
    outcome = (await stage.carried_out(stage.planned("pause", "prod-eu-fargate")))[0]
    assert (outcome.phase, outcome.sentence) == (Phase.DONE, NO_ANSWER)
    assert stage.wire.commands == 1


async def test_a_command_that_was_swallowed_is_not_sent_again_either(stage: Stage) -> None:
    stage.wire.fate = on_commands("swallow")
    agreed = stage.planned("pause", "prod-eu-fargate")
    outcome = (await stage.carried_out(agreed, timedelta(seconds=60)))[0]
    assert (outcome.phase, outcome.sentence) == (Phase.NOT_SEEN, NO_ANSWER)
    assert stage.wire.commands == 1


async def test_a_command_that_surely_never_left_has_failed_at_once(stage: Stage) -> None:
    stage.wire.fate = on_commands("refuse")
    outcome = (await stage.carried_out(stage.planned("pause", "prod-eu-fargate")))[0]
    assert outcome.phase == Phase.FAILED
    assert "localhost" in outcome.sentence
    assert stage.wire.commands == 1


async def test_a_refusal_by_the_api_is_told_in_its_own_words(stage: Stage) -> None:
    outcome = (await stage.carried_out(stage.planned("resume", "hr-aca")))[0]
    assert outcome.phase == Phase.FAILED
    assert "Command RESUME is not possible while the agent is unknown." in outcome.sentence


async def test_when_patience_is_over_the_outcome_is_not_seen(clock: Clock) -> None:
    async with staged(clock, pace=1000) as stage:
        agreed = stage.planned("restart", "iot-gke")
        outcome = (await stage.carried_out(agreed, timedelta(seconds=30)))[0]
        assert (outcome.phase, outcome.sentence) == (Phase.NOT_SEEN, "")
        operation = stage.store.snapshot.operations[0]
        assert timedelta(seconds=30) <= operation.changed - operation.started
        assert operation.changed - operation.started <= timedelta(seconds=40)


async def test_nobody_waits_longer_than_the_action_s_own_patience(clock: Clock) -> None:
    clock.step = 3600.0
    async with staged(clock, pace=10_000) as stage:
        agreed = stage.planned("restart", "iot-gke")
        outcome = (await stage.carried_out(agreed, timedelta(days=9)))[0]
        assert outcome.phase == Phase.NOT_SEEN
        assert stage.store.now - stage.store.snapshot.operations[0].started < timedelta(hours=16)


async def test_a_runner_that_disappears_while_watched_has_failed(clock: Clock) -> None:
    async with staged(clock, pace=100) as stage:
        hr_aca = stage.world.named("hr-aca").id
        stage.executor.start(stage.planned("restart", "hr-aca"))
        await stage.until(lambda seen: any(o.phase == Phase.UNDER_WAY for o in seen.operations))
        stage.world.delete(hr_aca)
        done = await stage.until(lambda seen: seen.operations and not seen.open_operations)
        assert [(each.phase, each.note) for each in done.operations] == [(Phase.FAILED, GONE)]


async def test_no_more_than_five_runners_are_called_at_once(clock: Clock) -> None:
    async with staged(clock, runners=60) as stage:
        stage.wire.fate = on_commands("hold")
        running = [
            runner.id
            for runner in stage.store.snapshot.runners
            if runner.status == "running" and runner.provider == "aws"
        ][:15]
        agreed = plan(action_by_id("pause"), running, stage.store.snapshot, stage.store.now)
        outcomes = await stage.carried_out(agreed)
        assert len(outcomes) == 15
        assert {each.phase for each in outcomes} == {Phase.DONE}
        assert stage.wire.most_open_commands == AT_ONCE == 5


async def test_an_action_started_in_the_background_shows_in_the_snapshot(stage: Stage) -> None:
    stage.executor.start(stage.planned("pause", "prod-eu-fargate"))
    begun = await stage.until(lambda seen: seen.open_operations)
    assert begun.operations[0].doing == "pausing"
    ended = await stage.until(lambda seen: not seen.open_operations)
    assert ended.operations[0].phase == Phase.DONE
    assert stage.world.named("prod-eu-fargate").status == "paused"


async def test_leaving_the_context_ends_the_watching_and_leaves_nothing_open(clock: Clock) -> None:
    async with staged(clock, pace=1000) as stage:
        stage.executor.start(stage.planned("restart", "iot-gke"))
        await stage.until(lambda seen: any(o.phase == Phase.UNDER_WAY for o in seen.operations))
    operation = stage.store.snapshot.operations[0]
    assert (operation.phase, operation.note) == (Phase.NOT_SEEN, NOT_WATCHED)
    assert stage.world.named("iot-gke").status == "stopping"


async def test_those_who_waited_for_their_turn_are_said_to_have_been_sent_nothing(
    clock: Clock,
) -> None:
    async with staged(clock, runners=60) as stage:
        stage.wire.fate = on_commands("hold")
        running = [r.id for r in stage.store.snapshot.runners if r.status == "running"][:12]
        stage.executor.start(
            plan(action_by_id("restart"), running, stage.store.snapshot, stage.store.now)
        )
        await stage.until(lambda seen: len(seen.open_operations) >= 10)
    notes = {each.note for each in stage.store.snapshot.operations}
    assert notes == {NOT_SENT, NOT_WATCHED}
    assert stage.store.snapshot.open_operations == {}
    unsent = [each for each in stage.store.snapshot.operations if each.note == NOT_SENT]
    assert stage.wire.commands + len(unsent) == len(stage.store.snapshot.operations)


async def test_giving_up_the_outcomes_ends_the_watching(clock: Clock) -> None:
    async with staged(clock, pace=1000) as stage:
        agreed = stage.planned("restart", "iot-gke")

        async def watch() -> None:
            await stage.carried_out(agreed)

        watching = asyncio.create_task(watch())
        await stage.until(lambda seen: any(o.phase == Phase.UNDER_WAY for o in seen.operations))
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        assert watching.cancelled()
        assert stage.store.snapshot.open_operations == {}


def broken(agreed: Plan) -> Plan:
    async def call(api: RunnerApi, runner_id: str) -> None:
        raise ZeroDivisionError("ours")

    return replace(agreed, action=replace(agreed.action, call=call))


async def test_a_fault_of_ours_is_raised_and_leaves_no_runner_locked(stage: Stage) -> None:
    agreed = broken(stage.planned("pause", "prod-eu-fargate", "iot-gke"))
    with pytest.raises(ZeroDivisionError):
        await stage.carried_out(agreed)
    assert stage.store.snapshot.open_operations == {}


async def test_a_fault_of_ours_in_the_background_is_reported_to_the_loop(stage: Stage) -> None:
    reports: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, told: reports.append(told))
    stage.executor.start(broken(stage.planned("pause", "prod-eu-fargate")))
    await stage.until(lambda seen: seen.operations and not seen.open_operations)
    await asyncio.sleep(0.01)
    assert [type(told["exception"]) for told in reports] == [ZeroDivisionError]


async def test_who_agreed_is_told_of_each_runner_instead_of_the_user_of_the_process(
    stage: Stage,
) -> None:
    stage.executor.start(stage.planned("auto-update-on", "risk-eks"), who="ada")
    snapshot = await stage.until(lambda snapshot: snapshot.operations)
    assert [each.who for each in snapshot.operations] == ["ada"]
