"""The store keeps the newest snapshot: readings, failures, sharing, listeners, the poll loop."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.api.models.runners import RunnerRecord
from console.errors import ApiFailed, ApiThrottled, ConsoleError, PermissionDenied, SignInRefused
from console.fleet.snapshot import Phase, ProblemKind, Snapshot
from console.fleet.store import KEPT_OPERATIONS, FleetStore
from tests.console.fleets import HEALTHY, NOW, operation_on


def record(runner_id: str, status: str = "running", **more: object) -> RunnerRecord:
    return RunnerRecord.model_validate(
        {"agentId": runner_id, "name": runner_id, "agentStatus": status, **more}
    )


class Api:
    """What the API answers next; `hold` keeps an answer back until it is set."""

    def __init__(self, *records: RunnerRecord) -> None:
        self.answer: tuple[RunnerRecord, ...] | Exception = records
        self.calls = 0
        self.hold: asyncio.Event | None = None

    async def read(self) -> Iterable[RunnerRecord]:
        self.calls += 1
        answer = self.answer
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(answer, Exception):
            raise answer
        return answer


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def api() -> Api:
    return Api(record("a"), record("b", "PAUSED"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(api: Api, clock: Clock) -> FleetStore:
    return FleetStore(api.read, clock=clock)


async def test_a_store_begins_with_nothing_read(store: FleetStore) -> None:
    assert store.snapshot.runners == ()
    assert store.snapshot.taken is None
    assert store.now == NOW


async def test_a_good_reading_replaces_the_snapshot_whole(store: FleetStore) -> None:
    snapshot = await store.refresh()
    assert snapshot is store.snapshot
    assert [(runner.id, runner.status) for runner in snapshot.runners] == [
        ("a", "running"),
        ("b", "paused"),
    ]
    assert snapshot.taken == NOW
    assert snapshot.problem is None


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ApiFailed(503), ProblemKind.FAILED),
        (ApiThrottled(3), ProblemKind.THROTTLED),
        (SignInRefused("no"), ProblemKind.NOT_SIGNED_IN),
        (PermissionDenied("no"), ProblemKind.NOT_ALLOWED),
        (PermissionDenied("no", address_not_allowed=True), ProblemKind.ADDRESS_NOT_ALLOWED),
        (ConsoleError("odd"), ProblemKind.REFUSED),
    ],
)
async def test_a_failure_keeps_the_last_good_data_and_says_why_and_since_when(
    store: FleetStore, api: Api, clock: Clock, error: ConsoleError, kind: ProblemKind
) -> None:
    good = await store.refresh()
    api.answer = error
    clock.move(15)
    bad = await store.refresh()
    assert bad.runners is good.runners
    assert bad.taken == NOW
    assert bad.problem is not None
    assert (bad.problem.kind, bad.problem.detail) == (kind, str(error))
    assert bad.problem.since == NOW + timedelta(seconds=15)
    assert bad.problem.next_try == NOW + timedelta(seconds=30)


async def test_a_lasting_failure_keeps_its_beginning_and_waits_longer_each_time(
    store: FleetStore, api: Api, clock: Clock
) -> None:
    api.answer = ApiFailed(503)
    waits = []
    for _ in range(8):
        clock.move(1)
        problem = (await store.refresh()).problem
        assert problem is not None
        assert problem.since == NOW + timedelta(seconds=1)
        waits.append((problem.next_try - clock.now).total_seconds())
    assert waits == [15, 30, 60, 120, 240, 300, 300, 300]


async def test_after_a_recovery_the_next_failure_starts_afresh(
    store: FleetStore, api: Api, clock: Clock
) -> None:
    good = api.answer
    for answer in (ApiFailed(503), ApiFailed(503), good, ApiFailed(503)):
        api.answer = answer
        clock.move(1)
        await store.refresh()
    problem = store.snapshot.problem
    assert problem is not None
    assert problem.since == clock.now
    assert problem.next_try - clock.now == timedelta(seconds=15)


async def test_the_first_failure_and_the_recovery_are_logged_once_each(
    store: FleetStore, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "console.fleet.store")
    good = api.answer
    for answer in (good, ApiFailed(503), ApiFailed(502), ApiThrottled(1), good, good):
        api.answer = answer
        await store.refresh()
    assert [each.levelname for each in caplog.records] == ["WARNING", "INFO"]
    assert "HTTP 503" in caplog.messages[0]


async def test_an_error_that_is_not_ours_is_raised_and_changes_nothing(
    store: FleetStore, api: Api
) -> None:
    good = await store.refresh()
    api.answer = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        await store.refresh()
    assert store.snapshot is good


async def test_after_an_error_that_is_not_ours_the_next_caller_reads(
    store: FleetStore, api: Api
) -> None:
    good = api.answer
    api.answer, api.hold = ZeroDivisionError(), asyncio.Event()
    first, second = asyncio.create_task(store.refresh()), asyncio.create_task(store.refresh())
    await asyncio.sleep(0)
    api.answer = good
    api.hold.set()
    with pytest.raises(ZeroDivisionError):
        await first
    assert (await second).taken == NOW


async def test_callers_during_a_reading_share_the_one_that_begins_after_it(
    store: FleetStore, api: Api
) -> None:
    api.hold = asyncio.Event()
    first = asyncio.create_task(store.refresh())
    await asyncio.sleep(0)
    others = [asyncio.create_task(store.refresh()) for _ in range(5)]
    await asyncio.sleep(0)
    api.answer = (record("new"),)
    api.hold.set()
    await first
    for other in others:
        assert [runner.id for runner in (await other).runners] == ["new"]
    assert api.calls == 2


async def test_a_caller_whose_shared_reading_was_given_up_reads_itself(
    store: FleetStore, api: Api
) -> None:
    """The promise is a reading that began after the call, and that came to an end."""
    api.hold = asyncio.Event()
    first = asyncio.create_task(store.refresh())
    await asyncio.sleep(0)
    second, third = asyncio.create_task(store.refresh()), asyncio.create_task(store.refresh())
    await asyncio.sleep(0)
    first_answer, api.hold = api.hold, asyncio.Event()
    first_answer.set()
    await first
    await reaches(api, 2)
    second.cancel()
    api.answer = (record("new"),)
    api.hold.set()
    assert [runner.id for runner in (await third).runners] == ["new"]


async def test_unchanged_runners_are_the_same_objects(store: FleetStore, api: Api) -> None:
    first = await store.refresh()
    api.answer = (record("a"), record("b", "RUNNING"), record("c"))
    second = await store.refresh()
    assert second.by_id["a"] is first.by_id["a"]
    assert second.by_id["b"] is not first.by_id["b"]
    assert second.by_id["b"].status == "running"


async def test_when_nothing_changed_the_tuple_is_the_same_object(
    store: FleetStore, api: Api, clock: Clock
) -> None:
    first = await store.refresh()
    api.answer = (record("a"), record("b", "PAUSED"))
    clock.move(15)
    second = await store.refresh()
    assert second.runners is first.runners
    assert second.status_since is first.status_since
    assert second.taken == NOW + timedelta(seconds=15)


async def test_the_api_s_order_is_kept(store: FleetStore, api: Api) -> None:
    await store.refresh()
    api.answer = (record("b", "PAUSED"), record("a"))
    assert [runner.id for runner in (await store.refresh()).runners] == ["b", "a"]


async def test_a_runner_that_is_gone_leaves_the_snapshot(store: FleetStore, api: Api) -> None:
    await store.refresh()
    api.answer = (record("b", "PAUSED"),)
    snapshot = await store.refresh()
    assert set(snapshot.by_id) == set(snapshot.status_since) == {"b"}


async def test_a_status_is_dated_by_when_it_was_first_seen(
    store: FleetStore, api: Api, clock: Clock
) -> None:
    await store.refresh()
    clock.move(60)
    api.answer = (record("a", "RUNNING", description="new"), record("b", "RUNNING"), record("c"))
    since = (await store.refresh()).status_since
    assert since == {"a": NOW, "b": clock.now, "c": clock.now}


async def test_listeners_are_told_of_every_snapshot_until_they_leave(
    store: FleetStore, api: Api
) -> None:
    seen: list[Snapshot] = []
    leave = store.subscribe(seen.append)
    await store.refresh()
    api.answer = ApiFailed(500)
    await store.refresh()
    store.record(operation_on(HEALTHY))
    assert [bool(each.problem) for each in seen] == [False, True, True]
    assert seen[-1] is store.snapshot
    leave()
    await store.refresh()
    assert len(seen) == 3


async def test_a_listener_may_leave_while_it_is_told(store: FleetStore) -> None:
    told: list[str] = []
    leave: Callable[[], None] = store.subscribe(lambda snapshot: (told.append("a"), leave())[0])
    store.subscribe(lambda snapshot: told.append("b"))
    await store.refresh()
    await store.refresh()
    assert told == ["a", "b", "b"]


async def test_news_waits_for_the_next_snapshot(store: FleetStore) -> None:
    waiting = asyncio.create_task(store.news())
    await asyncio.sleep(0)
    assert not waiting.done()
    store.record(operation_on(HEALTHY))
    assert (await waiting).operations == (operation_on(HEALTHY),)


async def test_an_operation_replaces_the_one_with_its_number(store: FleetStore) -> None:
    store.record(operation_on(HEALTHY, Phase.ASKED))
    store.record(operation_on(HEALTHY, Phase.UNDER_WAY))
    assert [each.phase for each in store.snapshot.operations] == [Phase.UNDER_WAY]
    assert set(store.snapshot.open_operations) == {HEALTHY.id}
    store.record(operation_on(HEALTHY, Phase.DONE))
    assert store.snapshot.open_operations == {}


async def test_a_failed_reading_keeps_the_operations(store: FleetStore, api: Api) -> None:
    store.record(operation_on(HEALTHY))
    api.answer = ApiFailed(500)
    assert (await store.refresh()).operations == (operation_on(HEALTHY),)


async def test_only_ended_operations_are_ever_dropped(store: FleetStore) -> None:
    for number in range(KEPT_OPERATIONS + 50):
        store.record(operation_on(replace(HEALTHY, id=str(number)), number=number))
    assert len(store.snapshot.open_operations) == KEPT_OPERATIONS + 50
    for number in range(KEPT_OPERATIONS + 50):
        runner = replace(HEALTHY, id=str(number))
        store.record(operation_on(runner, Phase.DONE, number))
    numbers = [each.id for each in store.snapshot.operations]
    assert numbers == list(range(50, KEPT_OPERATIONS + 50))


@pytest.fixture
def quick(api: Api, clock: Clock) -> FleetStore:
    return FleetStore(api.read, clock=clock, poll_seconds=0.01)


async def reaches(api: Api, calls: int) -> None:
    async with asyncio.timeout(1):
        while api.calls < calls:  # noqa: ASYNC110 - it looks at a count, not for an event
            await asyncio.sleep(0.002)


async def ended(loop: asyncio.Task[None]) -> None:
    loop.cancel()
    with suppress(asyncio.CancelledError):
        await loop


async def test_the_loop_polls_until_it_is_cancelled(quick: FleetStore, api: Api) -> None:
    loop = asyncio.create_task(quick.run())
    await reaches(api, 4)
    await ended(loop)
    calls = api.calls
    await asyncio.sleep(0.03)
    assert api.calls == calls
    assert loop.cancelled()


async def test_the_loop_goes_on_through_failures_and_ends_at_a_fault_of_ours(
    quick: FleetStore, api: Api
) -> None:
    good = api.answer
    api.answer = ApiFailed(503)
    loop = asyncio.create_task(quick.run())
    await reaches(api, 2)
    api.answer = good
    await reaches(api, 4)
    assert quick.snapshot.problem is None
    api.answer = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        await asyncio.wait_for(loop, 1)


async def test_the_loop_reads_at_once_when_asked_or_when_an_action_begins(
    store: FleetStore, api: Api
) -> None:
    loop = asyncio.create_task(store.run())
    await reaches(api, 1)
    store.refresh_soon()
    await reaches(api, 2)
    store.record(operation_on(HEALTHY))
    await reaches(api, 3)
    await ended(loop)


async def test_when_somebody_else_finds_the_api_again_the_loop_polls_at_its_usual_pace(
    quick: FleetStore, api: Api
) -> None:
    """A loop that has backed off for minutes would leave fresh data to grow stale."""
    good = api.answer
    api.answer = ApiFailed(503)
    for _ in range(10):
        await quick.refresh()
    loop = asyncio.create_task(quick.run())
    await reaches(api, 11)
    api.answer = good
    await quick.refresh()
    await reaches(api, 14)
    await ended(loop)
