"""The journals of several accounts asked as one: whose a runner is, what is told together, and what
is told when a database fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from console.fleet.changes import What
from console.fleet.snapshot import Phase
from console.fleet.union import FleetUnion, Member
from console.journal.databases import Database
from console.journal.history import History
from console.journal.lookups import Lookups
from console.journal.union import JournalUnion, LookupsUnion
from tests.console.fleets import HEALTHY, operation_on
from tests.console.journal.recordings import ToldStore, moment, recording

EU = replace(HEALTHY, id="1", name="prod")
US = replace(HEALTHY, id="2", name="prod")
PATIENCE = Database().patience


@dataclass
class Two:
    """The accounts eu and us, recorded in one database."""

    eu: ToldStore
    us: ToldStore
    fleet: FleetUnion
    journal: JournalUnion
    lookups: LookupsUnion


@asynccontextmanager
async def two(database: Database, other: Database | None = None) -> AsyncIterator[Two]:
    """Each waits for the other's writing as long as outside of tests."""
    patient = replace(database, patience=PATIENCE)
    async with (
        recording(patient) as (eu, eu_journal),
        recording(other or patient, account="us") as (us, us_journal),
    ):
        fleet = FleetUnion((Member("eu", eu), Member("us", us)))
        lookups = {"eu": Lookups(eu_journal, eu), "us": Lookups(us_journal, us)}
        journals = {"eu": eu_journal, "us": us_journal}
        yield Two(eu, us, fleet, JournalUnion(journals, fleet), LookupsUnion(lookups, fleet))
        for each in lookups.values():
            await each.close()


async def told(both: Two) -> None:
    """Each was seen twice, with another version the second time; then eu was restarted, then us."""
    both.eu.see(EU, at=0)
    both.us.see(US, at=1)
    both.eu.see(replace(EU, version="10.1304.0"), at=60)
    both.us.see(replace(US, version="10.1305.0"), at=90)
    done = {"phase": Phase.DONE, "changed": moment(200)}
    both.eu.see_operations(replace(operation_on(EU), started=moment(100), **done))
    both.us.see_operations(replace(operation_on(US), started=moment(110), **done))
    await both.journal.settled()


async def test_a_runner_s_history_comes_from_the_journal_of_its_account(sqlite: Database) -> None:
    async with two(sqlite) as both:
        await told(both)
        for runner, version in ((EU, "10.1304.0"), (US, "10.1305.0")):
            history = await both.journal.history(runner.id)
            versions = [each.after for each in history.changes if each.what is What.VERSION]
            assert versions == [version]
            assert [each.runner_id for each in history.actions] == [runner.id]


async def test_a_runner_that_is_gone_is_looked_for_in_every_journal(sqlite: Database) -> None:
    async with two(sqlite) as both:
        await told(both)
        both.us.see(at=120)
        await both.journal.settled()
        assert "2" not in both.fleet.snapshot.by_id
        history = await both.journal.history("2")
        assert history.changes[0].what is What.LEFT
        assert await both.journal.history("nobody") == History()


async def test_what_was_done_is_told_newest_first_with_its_account(sqlite: Database) -> None:
    async with two(sqlite) as both:
        await told(both)
        activity = await both.journal.activity()
        assert [(each.account, each.runner_id) for each in activity.actions] == [
            ("us", "2"),
            ("eu", "1"),
        ]
        assert not activity.is_cut
        newest = await both.journal.activity(limit=1)
        assert [each.account for each in newest.actions] == ["us"]
        assert newest.is_cut


async def test_what_changed_is_told_once_for_a_runner_that_two_accounts_show(
    sqlite: Database,
) -> None:
    async with two(sqlite) as both:
        await told(both)
        both.us.see(US, EU, at=130)
        both.us.see(US, replace(EU, version="10.1306.0"), at=160)
        await both.journal.settled()
        changes = (await both.journal.changes_since()).changes
        versions = [each.after for each in changes if each.what is What.VERSION]
        assert "10.1306.0" not in versions
        assert set(versions) >= {"10.1304.0", "10.1305.0"}
        assert [each.at for each in changes] == sorted((e.at for e in changes), reverse=True)


async def test_what_somebody_looks_at_is_read_from_its_account(sqlite: Database) -> None:
    async with two(sqlite) as both:
        await told(both)
        assert both.lookups.history("2") is None
        both.lookups.want("2")
        async with asyncio.timeout(5):
            while (history := both.lookups.history("2")) is None:
                await both.fleet.news()
        assert history.actions
        both.lookups.want("nobody")
        assert both.lookups.history("nobody") is None


async def test_a_database_that_fails_is_told_once_and_the_others_answer(
    sqlite: Database, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is no database" * 100)
    async with two(sqlite, Database(broken)) as both:
        await told(both)
        assert both.journal.problem
        activity = await both.journal.activity()
        assert [each.account for each in activity.actions] == ["eu"]
        assert activity.problem
        assert both.journal.problem.count("History") <= 1
