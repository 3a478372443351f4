"""What is recorded: changes, once, whoever sees them and whenever, and nothing where there are
none."""

from dataclasses import replace
from datetime import timedelta

from console.fleet.changes import TOLD, Change, What
from console.fleet.snapshot import Phase
from console.journal import schema
from console.journal.databases import Database
from console.journal.sightings import CLOCK_SKEW
from tests.console.fleets import HEALTHY, operation_on
from tests.console.journal.recordings import (
    Statements,
    ToldStore,
    fleet_of,
    moment,
    recording,
    rows,
)

OTHER = replace(HEALTHY, id="2", name="prod-us")
PAUSED = replace(HEALTHY, status="paused")
NEWER = replace(HEALTHY, version="10.1304.0")


def test_everything_that_is_watched_of_a_runner_is_stored() -> None:
    assert {what.value for what in TOLD} <= set(schema.runners.columns.keys())


async def test_each_change_is_recorded_with_what_was_and_what_is(database: Database) -> None:
    async with recording(database) as (store, journal):
        store.see(HEALTHY, OTHER, at=0)
        store.see(PAUSED, OTHER, at=15)
        store.see(replace(PAUSED, connected=False), OTHER, at=30)
        await journal.settled()
        assert journal.problem == ""
        assert (await journal.history("1")).changes == (
            Change("1", "prod-eu", What.CONNECTED, "yes", "no", moment(30)),
            Change("1", "prod-eu", What.STATUS, "running", "paused", moment(15)),
        )
        assert (await journal.history("2")).changes == ()


async def test_the_first_reading_of_an_account_says_nothing_of_who_joined(
    database: Database,
) -> None:
    async with recording(database) as (store, journal):
        store.see(HEALTHY, at=0)
        store.see(HEALTHY, OTHER, at=15)
        store.see(OTHER, at=30)
        store.see(PAUSED, OTHER, at=45)
        await journal.settled()
        seen = (await journal.changes_since()).changes
    assert [(each.runner_id, each.what, each.before, each.after) for each in reversed(seen)] == [
        ("2", What.JOINED, "", "prod-us"),
        ("1", What.LEFT, "prod-eu", ""),
        ("1", What.JOINED, "", "prod-eu"),
        ("1", What.STATUS, "running", "paused"),
    ]


async def test_what_changed_while_nobody_watched_is_recorded_by_the_first_reading(
    database: Database,
) -> None:
    async with recording(database) as (store, _):
        store.see(HEALTHY, OTHER, at=0)
    third = replace(HEALTHY, id="3", name="dev")
    async with recording(database) as (store, journal):
        store.see(NEWER, third, at=86400)
        await journal.settled()
        seen = (await journal.changes_since()).changes
        since = (await journal.history("1")).recorded_since
    assert {(each.runner_id, each.what, each.at) for each in seen} == {
        ("1", What.VERSION, moment(86400)),
        ("2", What.LEFT, moment(86400)),
        ("3", What.JOINED, moment(86400)),
    }
    assert since == moment(0)


async def test_two_consoles_that_watch_one_account_record_a_change_once(
    database: Database,
) -> None:
    async with recording(database) as (one, first), recording(database) as (two, second):
        for store, journal in ((one, first), (two, second)):
            store.see(HEALTHY, at=0)
            await journal.settled()
        one.see(PAUSED, at=15)
        two.see(replace(PAUSED), at=16)
        await first.settled()
        await second.settled()
        assert first.problem == second.problem == ""
        assert len((await first.history("1")).changes) == 1
        two.see(HEALTHY, at=31)
        one.see(replace(HEALTHY), at=32)
        await second.settled()
        await first.settled()
        assert [each.after for each in (await first.history("1")).changes] == ["running", "paused"]


async def test_accounts_do_not_see_each_other(database: Database) -> None:
    async with recording(database) as (store, _):
        store.see(HEALTHY, at=0)
        store.see(PAUSED, at=15)
    async with recording(database, account="us") as (store, journal):
        store.see(HEALTHY, at=30)
        await journal.settled()
        assert (await journal.changes_since()).changes == ()
        assert (await journal.history("1")).recorded_since == moment(30)


async def test_an_older_sighting_is_ignored_and_the_runner_looked_at_again(
    database: Database,
) -> None:
    """A console whose clock is behind, or whose reading came late, undoes nothing."""
    async with recording(database) as (store, _):
        store.see(HEALTHY, at=0)
        store.see(PAUSED, at=600)
    async with recording(database) as (store, journal):
        store.see(NEWER, at=300)
        await journal.settled()
        assert len((await journal.history("1")).changes) == 1
        store.see(NEWER, at=900)
        await journal.settled()
        seen = (await journal.history("1")).changes
    assert {(each.what, each.at) for each in seen if each.at > moment(600)} == {
        (What.STATUS, moment(900)),
        (What.VERSION, moment(900)),
    }


async def test_a_sighting_from_a_clock_far_ahead_is_overruled(database: Database) -> None:
    ahead = (CLOCK_SKEW + timedelta(hours=1)).total_seconds()
    async with recording(database) as (store, _):
        store.see(HEALTHY, at=ahead)
    async with recording(database) as (store, journal):
        store.see(PAUSED, at=0)
        await journal.settled()
        assert len((await journal.history("1")).changes) == 1


async def test_ten_thousand_unchanged_runners_send_nothing(database: Database) -> None:
    fleet = fleet_of(10_000)
    async with recording(database) as (store, journal):
        store.see(*fleet, at=0)
        await journal.settled()
        assert journal.problem == ""
        with Statements() as statements:
            store.see(*fleet, at=15)
            store.see(*fleet, at=30)
            await journal.settled()
        assert statements.sent == []
        with Statements() as statements:
            store.see(replace(fleet[0], status="paused"), *fleet[1:], at=45)
            await journal.settled()
        assert 0 < len(statements.sent) < 10
    assert rows(database, "SELECT count(*) FROM runners")[0][0] == 10_000
    assert rows(database, "SELECT count(*) FROM changes")[0][0] == 1


async def test_an_action_is_one_row_from_its_beginning_to_its_end(database: Database) -> None:
    begun = replace(
        operation_on(HEALTHY),
        plan_id="p1",
        expected="would move 10.1303.0 to 10.1304.0",
        who="grace",
    )
    ended = replace(begun, phase=Phase.DONE, changed=moment(60), note="It came back.")
    async with recording(database, face="web") as (store, journal):
        store.see(HEALTHY, at=0)
        store.see_operations(begun)
        await journal.settled()
        assert [each.phase for each in (await journal.activity()).actions] == ["under_way"]
        store.see_operations(ended)
        store.see_operations(ended, operation_on(OTHER, Phase.ASKED, number=2))
        await journal.settled()
        done = (await journal.history("1")).actions
        assert (done[0].phase, done[0].note, done[0].changed) == (
            "done",
            "It came back.",
            moment(60),
        )
        assert (done[0].who, done[0].face, done[0].plan_id) == ("grace", "web", "p1")
        assert done[0].expected == "would move 10.1303.0 to 10.1304.0"
        assert len(done) == 1
        everything = (await journal.activity()).actions
    assert [(each.runner_name, each.who) for each in everything] == [
        ("prod-us", "ada"),
        ("prod-eu", "grace"),
    ]


async def test_actions_of_two_runs_are_not_mistaken_for_each_other(database: Database) -> None:
    """Operations are numbered from 1 in each run of the program."""
    for _ in range(2):
        async with recording(database) as (store, journal):
            store.see(HEALTHY, at=0)
            store.see_operations(operation_on(HEALTHY))
            await journal.settled()
    assert rows(database, "SELECT count(*) FROM actions")[0][0] == 2


async def test_leaving_writes_what_was_seen_last(database: Database) -> None:
    async with recording(database) as (store, _):
        store.see(HEALTHY, at=0)
        store.see(PAUSED, at=15)
    assert rows(database, "SELECT count(*) FROM changes")[0][0] == 1


async def test_a_journal_that_was_told_nothing_makes_no_file(sqlite: Database) -> None:
    async with recording(sqlite) as (_, journal):
        assert (await journal.history("1")).problem == ""
    assert sqlite.path is not None
    assert not sqlite.path.parent.exists()


async def test_what_was_read_before_the_journal_was_opened_is_recorded_too(
    database: Database,
) -> None:
    store = ToldStore()
    store.see(HEALTHY, at=0)
    async with recording(database, store) as (_, journal):
        await journal.settled()
        assert (await journal.history("1")).recorded_since == moment(0)


async def test_the_file_can_be_read_by_its_owner_alone(sqlite: Database) -> None:
    async with recording(sqlite) as (store, journal):
        store.see(HEALTHY, at=0)
        await journal.settled()
        path = sqlite.path
        assert path is not None
        assert {each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {0o600}
        assert path.parent.stat().st_mode & 0o777 == 0o700
