"""Several accounts as one fleet: what is joined, what stays the same, and that the trouble of one
is not that of another."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from console.api.models.runners import RunnerRecord
from console.fleet.lines import Family, Line
from console.fleet.memory import Announced, Lesson, Memory, Release
from console.fleet.snapshot import Phase, Snapshot
from console.fleet.store import FleetStore
from console.fleet.union import FleetUnion, Member, by_account
from console.fleet.union_merging import Merging
from console.fleet.usage import NOT_ASKED, Environment, Part, Project, Usage
from console.rules.usage import Gap, used_by
from tests.console.fleets import HEALTHY, NOW, operation_on, snapshot_of
from tests.console.several import DOWN, Account, Accounts, HandClock, record


@pytest.fixture
def accounts() -> Accounts:
    return Accounts()


def places(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [(runner.account, runner.id) for runner in snapshot.runners]


async def test_the_runners_stand_in_the_order_of_the_accounts_each_with_its_own(
    accounts: Accounts,
) -> None:
    snapshot = await accounts.fleet.refresh()
    assert places(snapshot) == [("eu", "1"), ("eu", "2"), ("us", "3"), ("us", "4")]
    assert (snapshot.problem, snapshot.problems, snapshot.taken) == (None, (), NOW)
    assert set(snapshot.status_since) == {"1", "2", "3", "4"}
    assert not snapshot.is_cut_off


async def test_nothing_has_been_read_before_the_first_account_is(accounts: Accounts) -> None:
    assert accounts.seen.taken is None
    assert [each.name for each in accounts.seen.accounts] == ["eu", "us"]
    await accounts.us.poll()
    assert accounts.seen.taken == NOW
    assert places(accounts.seen) == [("us", "3"), ("us", "4")]
    assert accounts.seen.by_account["eu"].taken is None


async def test_an_account_that_hangs_keeps_no_other_from_being_shown(accounts: Accounts) -> None:
    accounts.us.hold = asyncio.Event()
    reading = asyncio.create_task(accounts.fleet.refresh())
    async with asyncio.timeout(1):
        snapshot = await accounts.fleet.news()
    assert places(snapshot) == [("eu", "1"), ("eu", "2")]
    assert not reading.done()
    accounts.us.hold.set()
    assert len((await reading).runners) == 4


async def test_an_account_that_fails_keeps_its_runners_and_names_itself(
    accounts: Accounts,
) -> None:
    good = await accounts.fleet.refresh()
    lost = await accounts.with_us_lost()
    assert lost.runners is good.runners
    assert [problem.account for problem in lost.problems] == ["us"]
    assert lost.problem == lost.problems[0]
    assert lost.problem is not None
    assert lost.problem.since == NOW
    assert lost.last_known == {"us"}
    assert not lost.is_cut_off


async def test_the_age_is_that_of_the_oldest_account_that_is_read_well(
    accounts: Accounts,
) -> None:
    lost = await accounts.with_us_lost()
    assert lost.taken == NOW + timedelta(seconds=600)
    assert lost.by_account["us"].taken == NOW
    accounts.clock.move(5)
    accounts.us.answer = (record("3"),)
    await accounts.us.poll()
    assert accounts.seen.taken == NOW + timedelta(seconds=600)


async def test_a_recovered_account_is_like_any_other(accounts: Accounts) -> None:
    await accounts.with_us_lost()
    accounts.us.answer = (record("3"), record("5"))
    await accounts.us.poll()
    assert accounts.seen.problem is None
    assert accounts.seen.last_known == frozenset()
    assert places(accounts.seen)[2:] == [("us", "3"), ("us", "5")]


async def test_when_none_can_be_read_all_is_shown_as_last_read_and_the_first_is_named(
    accounts: Accounts,
) -> None:
    await accounts.with_us_lost()
    accounts.eu.answer = DOWN
    await accounts.eu.poll()
    assert [problem.account for problem in accounts.seen.problems] == ["eu", "us"]
    assert accounts.seen.problem == accounts.seen.problems[0]
    assert accounts.seen.is_cut_off
    assert accounts.seen.taken == NOW
    assert len(accounts.seen.runners) == 4


async def test_a_runner_that_two_accounts_show_is_shown_once_as_the_first_has_it(
    accounts: Accounts,
) -> None:
    accounts.us.answer = (record("2", "PAUSED"), record("3"))
    await accounts.us.poll()
    assert places(accounts.seen) == [("us", "2"), ("us", "3")]
    await accounts.eu.poll()
    assert places(accounts.seen) == [("eu", "1"), ("eu", "2"), ("us", "3")]
    assert accounts.seen.by_id["2"].status == "running"


async def test_the_slowest_account_says_how_often_all_is_read(accounts: Accounts) -> None:
    assert accounts.seen.poll_seconds == 30


async def test_what_is_the_same_stays_the_same_object_however_many_there_are() -> None:
    clock = HandClock()
    eu, us = Account(clock, *map(str, range(5000))), Account(clock, *map(str, range(5000, 10_000)))
    fleet = FleetUnion((Member("eu", eu.store), Member("us", us.store)))
    first = await fleet.refresh()
    clock.move(15)
    second = await fleet.refresh()
    assert len(second.runners) == 10_000
    for part in ("runners", "status_since", "memory", "operations", "usage"):
        assert getattr(second, part) is getattr(first, part)
    assert isinstance(us.answer, tuple)
    us.answer = (record("5000", "PAUSED"), *us.answer[1:])
    third = await fleet.refresh()
    changed = [
        new.id for new, old in zip(third.runners, first.runners, strict=True) if new is not old
    ]
    assert changed == ["5000"]


def test_snapshots_that_are_the_same_make_the_same_one() -> None:
    merging = Merging({"eu": False, "us": False})
    told = (snapshot_of(HEALTHY), snapshot_of())
    assert merging.merged(told) is merging.merged(told)


async def test_listeners_are_told_whatever_account_has_news_until_they_leave(
    accounts: Accounts,
) -> None:
    heard: list[Snapshot] = []
    leave = accounts.fleet.subscribe(heard.append)
    await accounts.eu.poll()
    await accounts.us.poll()
    accounts.us.store.tell()
    assert len(heard) == 3
    assert heard[1] is heard[2] is accounts.seen
    leave()
    await accounts.eu.poll()
    assert len(heard) == 3


async def test_reading_soon_reads_every_account(accounts: Accounts) -> None:
    loops = [asyncio.create_task(each.store.run()) for each in (accounts.eu, accounts.us)]
    await accounts.fleet.refresh()
    before = accounts.eu.calls, accounts.us.calls
    accounts.fleet.refresh_soon()
    async with asyncio.timeout(1):
        while accounts.eu.calls == before[0] or accounts.us.calls == before[1]:
            await accounts.fleet.news()
    for loop in loops:
        loop.cancel()
    await asyncio.gather(*loops, return_exceptions=True)


async def test_actions_of_all_accounts_stand_in_one_order_under_numbers_of_their_own(
    accounts: Accounts,
) -> None:
    snapshot = await accounts.fleet.refresh()
    first, third = snapshot.by_id["1"], snapshot.by_id["3"]
    us_began = replace(operation_on(third), changed=NOW - timedelta(seconds=5))
    accounts.eu.store.record(operation_on(first))
    accounts.us.store.record(us_began)
    told = accounts.seen.operations
    assert [(each.account, each.runner_id) for each in told] == [("us", "3"), ("eu", "1")]
    assert len({each.id for each in told}) == 2
    assert set(accounts.seen.open_operations) == {"1", "3"}
    accounts.us.store.record(replace(us_began, phase=Phase.DONE, changed=NOW))
    assert set(accounts.seen.open_operations) == {"1"}
    assert accounts.seen.operations[0] is told[1]
    assert {each.id for each in accounts.seen.operations} == {each.id for each in told}


CURRENT = Line(Family.MAIA, "current")


def test_what_one_account_taught_of_releases_holds_for_all() -> None:
    late = Release(CURRENT, "10.2", NOW, NOW)
    early = Release(CURRENT, "10.2", NOW - timedelta(hours=1), NOW)
    old = Release(CURRENT, "10.1", None, NOW)
    day = Announced("current", NOW.date())
    eu = Memory({CURRENT: (late,)}, {"1": Lesson(away_version="eu")}, (day,))
    us = Memory({CURRENT: (old, early)}, {"1": Lesson(away_version="us"), "3": Lesson()}, (day,))
    told = replace(snapshot_of(), memory=eu), replace(snapshot_of(), memory=us)
    joined = Merging({"eu": False, "us": False}).merged(told).memory
    assert joined.releases == {CURRENT: (old, early)}
    assert joined.lessons == {"1": Lesson(away_version="eu"), "3": Lesson()}
    assert joined.announced == (day,)


async def test_what_is_unread_of_who_uses_one_account_says_nothing_of_another(
    accounts: Accounts,
) -> None:
    await accounts.fleet.refresh()
    assert accounts.seen.usage is NOT_ASKED
    project = Project("p", "Sales")
    environment = Environment(project, "prod", "1")
    read = Usage(
        projects=Part((project,), taken=NOW, tried=NOW),
        environments={"p": Part((environment,), taken=NOW, tried=NOW)},
        asked=frozenset({"1"}),
    )
    accounts.eu.store.learn_usage(read)
    usage, fleet = accounts.seen.usage, accounts.seen.by_id
    assert used_by(fleet["1"], usage, NOW).environments.found == (environment,)
    assert used_by(fleet["1"], usage, NOW).environments.gap is None
    assert used_by(fleet["3"], usage, NOW).environments.gap is Gap.NOT_READ
    assert usage.asked == {"1"}


async def test_runners_are_sorted_by_account_and_those_that_are_gone_left_out(
    accounts: Accounts,
) -> None:
    await accounts.fleet.refresh()
    assert by_account(accounts.fleet, ("4", "1", "gone", "3")) == {"us": ("4", "3"), "eu": ("1",)}


async def test_the_log_names_the_account_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> Iterable[RunnerRecord]:
        raise DOWN

    await FleetStore(fail, account="us").refresh()
    assert caplog.messages[0].startswith("the runner API of us cannot be read: ")


async def test_the_store_of_a_single_account_names_none(accounts: Accounts) -> None:
    alone: FleetStore = accounts.eu.store
    snapshot = await alone.refresh()
    assert {runner.account for runner in snapshot.runners} == {""}
    assert snapshot.accounts == ()
    assert snapshot.last_known == frozenset()
