"""What the plain dialogue announces between the answers: what is new, and each thing once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.cli.exits import Exit
from console.cli.plain.announcing import AT_ONCE, PER_MINUTE, Announcer
from console.cli.plain.dialogue import HELD
from console.fleet.snapshot import (
    AccountState,
    Phase,
    Problem,
    ProblemKind,
    Runner,
    Snapshot,
)
from console.view.detail import operation_line
from console.view.overview import overview
from console.view.words import ANSWERS_AGAIN
from tests.console.cli.plain_desk import Desk, desk
from tests.console.fleets import HEALTHY, NOW, operation_on, snapshot_of


def put(opened: Desk, name: str, **values: object) -> None:
    opened.world.rewrite([replace(opened.world.named(name), **values)])  # type: ignore[arg-type]


async def test_a_change_is_announced_once_with_its_time_and_the_new_verdict() -> None:
    async with desk() as opened:
        put(opened, "iot-gke", connected=False)
        opened.clock.now += timedelta(minutes=4)
        told = await opened.poll()
        verdict = overview(opened.session.store.snapshot, opened.clock.now).verdict
        assert told == ["12:04 iot-gke: Connection lost", f"12:04 {verdict}"]
        assert await opened.poll() == []


async def test_several_changes_of_one_runner_are_one_line() -> None:
    async with desk() as opened:
        put(opened, "iot-gke", status="paused", connected=False)
        first, *_ = await opened.poll()
        assert first == "12:00 iot-gke: Status: running → paused; Connection lost"


async def test_a_poll_that_brings_nothing_writes_nothing() -> None:
    async with desk() as opened:
        before = opened.paper.getvalue()
        for _ in range(3):
            opened.clock.now += timedelta(seconds=15)
            await opened.poll()
        assert opened.paper.getvalue() == before


async def test_many_changes_at_once_are_one_line_and_can_be_heard_one_by_one() -> None:
    async with desk(100) as opened:
        changed = opened.world.change(0.37)
        first, *others = await opened.poll()
        assert first.startswith(f"12:00 {len(changed)} runners changed: Connection lost (")
        assert len(others) <= 1
        pages = await opened.say("changes")
        while pages[-1].endswith("Type more for the next."):
            pages = [*pages[:-1], *await opened.say("more")]
        assert sum("Connect" in line for line in pages) == len(changed)


async def test_that_the_api_is_lost_and_back_is_told_once_with_the_age_of_the_data() -> None:
    async with desk() as opened:
        opened.cable.is_cut = True
        opened.clock.now += timedelta(seconds=40)
        (lost,) = await opened.poll()
        assert lost.startswith("12:00 The Maia API cannot be reached (")
        assert lost.endswith("Data: 40 s old.")
        opened.clock.now += timedelta(seconds=40)
        assert await opened.poll() == []
        trouble, verdict, *_ = await opened.say("counts")
        assert trouble.startswith("The Maia API cannot be reached (")
        assert "For 40 s; next try in 30 s. Data: 1 min old." in trouble
        assert verdict.endswith("attention, 4 of them urgently.")
        opened.cable.is_cut = False
        assert await opened.poll() == [f"12:01 {ANSWERS_AGAIN}"]


async def test_a_fleet_that_cannot_be_read_at_first_is_told_when_it_can() -> None:
    async with desk(is_cut=True) as opened:
        _, trouble, verdict, _ = opened.lines
        assert trouble.endswith("Data: nothing read yet.")
        assert verdict == "The fleet has not been read yet."
        assert await opened.say("runners") == [trouble, "Nothing has been read yet."]
        opened.cable.is_cut = False
        again, verdict, *others = await opened.poll()
        assert again == f"12:00 {ANSWERS_AGAIN}"
        assert "24 runners need attention" in verdict
        assert others[2] == "24 runners, by attention:"
        assert await opened.end() == Exit.FINE


@pytest.mark.parametrize("is_cut", [False, True])
async def test_what_was_told_at_the_beginning_is_not_announced_again(is_cut: bool) -> None:
    async with desk(is_cut=is_cut, is_read=False) as opened:
        assert opened.lines[1] == "Reading the fleet …"
        assert ("cannot be reached" in opened.lines[2]) is is_cut
        assert await opened.say("") == []
        assert await opened.poll() == []


async def test_a_fleet_that_could_never_be_read_ends_as_the_other_commands_do() -> None:
    async with desk(is_cut=True) as opened:
        assert await opened.end() == Exit.UNREACHABLE


async def test_without_anybody_to_type_it_only_announces() -> None:
    async with desk(nobody_types=True) as opened:
        await opened.told()
        assert opened.prompts == 0
        put(opened, "iot-gke", connected=False)
        assert (await opened.poll())[0] == "12:00 iot-gke: Connection lost"
        assert not opened.dialogue.done()


async def test_on_a_terminal_nothing_is_announced_while_somebody_may_be_typing() -> None:
    async with desk(on_terminal=True) as opened:
        put(opened, "iot-gke", connected=False)
        assert await opened.poll() == []
        lost, _verdict = (await opened.say(""))[:2]
        assert lost == "12:00 iot-gke: Connection lost"
        put(opened, "iot-gke", connected=True)
        opened.clock.now += HELD
        assert await opened.poll() != []


async def test_quiet_holds_changes_until_enter_everywhere() -> None:
    async with desk() as opened:
        await opened.say("quiet on")
        put(opened, "iot-gke", connected=False)
        opened.clock.now += timedelta(minutes=3)
        assert await opened.poll() == []
        assert (await opened.say(""))[0].endswith("iot-gke: Connection lost")
        put(opened, "iot-gke", connected=True)
        assert await opened.poll() == []
        assert len(await opened.say("quiet off")) == 3


async def test_nothing_stands_between_a_question_and_its_answer() -> None:
    async with desk() as opened:
        await opened.say("restart sales-aca")
        put(opened, "iot-gke", connected=False)
        opened.clock.now += timedelta(minutes=3)
        assert await opened.poll() == []
        nothing, lost, *_ = await opened.say("no")
        assert nothing == "Nothing was done."
        assert lost.endswith("iot-gke: Connection lost")


def fleet(number: int) -> tuple[Runner, ...]:
    return tuple(replace(HEALTHY, id=str(each), name=f"r{each}") for each in range(number))


def seen(announcer: Announcer, now: datetime, *runners: Runner) -> tuple[str, ...]:
    announcer.see(replace(snapshot_of(*runners), taken=now), now)
    return announcer.told(now)


def flipped(runners: Iterable[Runner], number: int) -> tuple[Runner, ...]:
    """The first so many with the other auto-update, which changes no verdict."""
    return tuple(
        replace(each, auto_updates=not each.auto_updates) if place < number else each
        for place, each in enumerate(runners)
    )


@pytest.mark.parametrize(("number", "lines"), [(1, 1), (AT_ONCE, AT_ONCE), (AT_ONCE + 1, 1)])
def test_few_are_told_one_by_one_and_more_as_a_count(number: int, lines: int) -> None:
    runners = fleet(50)
    announcer = Announcer(snapshot_of(*runners), NOW, UTC)
    told = seen(announcer, NOW, *flipped(runners, number))
    assert len(told) == lines
    if lines == 1 < number:
        assert told == (f"12:00 {number} runners changed: Auto-update switched off ({number}).",)


def test_a_restless_fleet_never_writes_more_than_so_many_lines_a_minute() -> None:
    runners = fleet(AT_ONCE)
    announcer = Announcer(snapshot_of(*runners), NOW, UTC)
    now, told = NOW, []
    for _ in range(120):
        now += timedelta(seconds=5)
        runners = flipped(runners, AT_ONCE)
        told += [(now, line) for line in seen(announcer, now, *runners)]
    for start, _ in told:
        in_a_minute = [at for at, _ in told if start <= at < start + timedelta(minutes=1)]
        assert len(in_a_minute) <= PER_MINUTE
    assert told[-1][1].startswith(f"{told[-1][0]:%H:%M} ")


def test_kinds_beyond_the_most_frequent_are_counted() -> None:
    runners = fleet(30)
    announcer = Announcer(snapshot_of(*runners), NOW, UTC)
    renamed = tuple(replace(each, name=f"n{each.id}") for each in runners)
    (line,) = seen(announcer, NOW, *renamed)
    assert line.endswith("and 26 other changes.")


def test_the_clock_is_the_users() -> None:
    runners = fleet(2)
    for zone, clock in ((ZoneInfo("Europe/Berlin"), "14:00"), (UTC, "12:00")):
        announcer = Announcer(snapshot_of(*runners), NOW, zone)
        assert seen(announcer, NOW, *flipped(runners, 1))[0].startswith(f"{clock} r0: ")


@pytest.mark.parametrize("phase", [Phase.DONE, Phase.FAILED, Phase.NOT_SEEN])
def test_of_an_action_the_beginning_and_the_end_are_told(phase: Phase) -> None:
    first = snapshot_of(HEALTHY)
    announcer = Announcer(first, NOW, UTC)
    begun = operation_on(HEALTHY, Phase.ASKED)
    under_way = replace(begun, phase=Phase.UNDER_WAY)
    later = NOW + timedelta(minutes=2)
    ended = replace(begun, phase=phase, changed=later)
    told = []
    for operation, now in ((begun, NOW), (under_way, NOW), (ended, later), (ended, later)):
        snapshot: Snapshot = replace(first, operations=(operation,))
        announcer.see(snapshot, now)
        told += announcer.told(now)
    end = operation_line(ended, later).text
    assert told == ["12:00 prod-eu: Restarting", f"12:02 prod-eu: {end}"]


def test_of_several_accounts_each_is_lost_and_back_by_itself() -> None:
    runners = tuple(replace(each, account="eu") for each in fleet(2))
    eu, us = AccountState("eu", taken=NOW), AccountState("us")
    first = replace(snapshot_of(*runners), accounts=(eu, us))
    announcer = Announcer(first, NOW, UTC)
    problem = Problem(ProblemKind.THROTTLED, "", NOW, NOW, account="us")
    lost = replace(first, problem=problem, accounts=(eu, replace(us, problem=problem)))
    announcer.see(lost, NOW)
    announcer.see(replace(lost), NOW)
    (trouble,) = announcer.told(NOW)
    assert trouble == "12:00 us: The Maia API asks to slow down. Data: nothing read yet."
    more = tuple(replace(each, id=f"u{each.id}", account="us") for each in runners)
    back = replace(first, runners=(*runners, *more), accounts=(eu, replace(us, taken=NOW)))
    announcer.see(back, NOW)
    again, verdict = announcer.told(NOW)
    assert again == f"12:00 us: {ANSWERS_AGAIN}"
    assert "Joined" not in verdict
    changed = (*runners, *flipped(more, 1))
    assert seen(announcer, NOW, *changed)[0].startswith("12:00 us/r0: ")


def test_what_an_account_that_is_lost_had_is_told_with_its_own_age_and_the_other_is_judged() -> (
    None
):
    """That one cannot be read keeps nobody from hearing how the other stands."""
    runners = tuple(replace(each, account="eu") for each in fleet(2))
    us = AccountState("us", taken=NOW - timedelta(seconds=40))
    problem = Problem(ProblemKind.UNREACHABLE, "no route", NOW, NOW, account="us")
    lost = replace(us, problem=problem)
    first = replace(snapshot_of(*runners), accounts=(AccountState("eu", taken=NOW), us))
    announcer = Announcer(first, NOW, UTC)
    announcer.see(replace(first, problem=problem, accounts=(first.accounts[0], lost)), NOW)
    (trouble,) = announcer.told(NOW)
    assert trouble.endswith("Data: 40 s old.")
    worse = replace(
        first,
        runners=tuple(replace(each, connected=False) for each in runners),
        problem=problem,
        accounts=(first.accounts[0], lost),
    )
    announcer.see(worse, NOW)
    assert "2 of 2 runners need attention" in announcer.told(NOW)[-1]


def test_that_nothing_is_recorded_is_announced_once_and_that_it_is_again() -> None:
    announcer = Announcer(snapshot_of(HEALTHY), NOW, UTC)
    for said in ("", "The disk is full.", "The disk is full. 4 entries were lost."):
        announcer.hear(said, NOW)
    assert announcer.told(NOW) == ("12:00 The disk is full.",)
    announcer.hear("", NOW)
    assert announcer.told(NOW) == ("12:00 What happens is recorded again.",)


def test_many_actions_that_end_together_are_counted_by_their_outcome() -> None:
    runners = fleet(30)
    first = snapshot_of(*runners)
    announcer = Announcer(first, NOW, UTC)
    ended = tuple(
        operation_on(each, Phase.DONE if number else Phase.FAILED, number)
        for number, each in enumerate(runners)
    )
    announcer.see(replace(first, operations=ended), NOW)
    (line,) = announcer.told(NOW)
    assert line == "12:00 30 runners changed: Restart: done (29), Restart: failed (1)."
