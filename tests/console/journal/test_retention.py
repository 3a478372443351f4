"""What is older than it is to be kept is forgotten, in slices; releases are kept."""

from dataclasses import replace

import pytest

from console.fleet.lines import Family, Line
from console.fleet.memory import Lesson, Memory, Release
from console.fleet.snapshot import Phase
from console.journal import retention
from console.journal.databases import Database
from tests.console.fleets import HEALTHY, NOW, operation_on
from tests.console.journal.recordings import moment, recording, rows

DAY = 86400
LINE = Line(Family.MAIA, "current")
OTHER = replace(HEALTHY, id="2", name="prod-us")
PAUSED = replace(HEALTHY, status="paused")


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "SLICE", 2)


async def test_what_is_too_old_is_forgotten_when_a_journal_is_opened(database: Database) -> None:
    memory = Memory({LINE: (Release(LINE, "10.1.0", NOW, NOW),)}, {"2": Lesson(NOW, "10.1.0")})
    async with recording(database) as (store, journal):
        store.see(HEALTHY, OTHER, at=0, memory=memory)
        for number in range(1, 8):
            status = "paused" if number % 2 else "running"
            store.see(replace(HEALTHY, status=status), OTHER, at=60 * number)
        store.see(PAUSED, at=600)
        store.see_operations(operation_on(HEALTHY, Phase.DONE))
        await journal.settled()
        assert len((await journal.changes_since()).changes) == 8
    async with recording(database, history_days=10) as (store, journal):
        store.see(HEALTHY, at=10 * DAY + 420)
        await journal.settled()
        assert journal.problem == ""
        seen = (await journal.changes_since()).changes
        assert [each.at for each in seen] == [moment(10 * DAY + 420), moment(600), moment(420)]
        assert (await journal.activity()).actions == ()
        assert (await journal.history("1")).recorded_since == moment(420)
        assert len(rows(database, "SELECT * FROM releases")) == 1
        assert len(rows(database, "SELECT * FROM runners")) == 2


async def test_a_day_later_it_is_done_again_and_a_runner_that_left_goes_with_its_history(
    database: Database,
) -> None:
    async with recording(database, history_days=1) as (store, journal):
        learnt = Memory(lessons={"2": Lesson(NOW, "10.1.0")})
        store.see(HEALTHY, OTHER, at=0, memory=learnt)
        store.see(HEALTHY, at=15)
        await journal.settled()
        assert len(rows(database, "SELECT * FROM runners")) == 2
        assert len(rows(database, "SELECT * FROM lessons")) == 1
        store.see(PAUSED, at=DAY + 60)
        await journal.settled()
        assert [each.status for each in rows(database, "SELECT * FROM runners")] == ["paused"]
        assert rows(database, "SELECT * FROM lessons") == []
        assert len((await journal.changes_since()).changes) == 1


async def test_one_account_s_retention_is_not_another_s(database: Database) -> None:
    async with recording(database, account="us") as (store, _):
        store.see(HEALTHY, at=0)
        store.see(PAUSED, at=15)
    async with recording(database, history_days=1) as (store, _):
        store.see(HEALTHY, at=9 * DAY)
    assert len(rows(database, "SELECT * FROM changes")) == 1


async def test_an_action_whose_console_was_killed_is_said_to_have_an_unseen_end(
    database: Database,
) -> None:
    async with recording(database) as (store, journal):
        store.see(HEALTHY, OTHER, at=0)
        store.see_operations(operation_on(HEALTHY))
        await journal.settled()
    for later, phase in ((3600, "under_way"), (2 * DAY, "not_seen")):
        async with recording(database) as (store, journal):
            store.see(HEALTHY, OTHER, at=later)
            await journal.settled()
            assert [each.phase for each in (await journal.activity()).actions] == [phase]
