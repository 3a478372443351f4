"""A history is read where somebody looks, once for one state of the runner, never out of date."""

import asyncio
from dataclasses import replace

from console.fleet.changes import What
from console.journal.databases import Database
from console.journal.history import History
from console.journal.journal import open_journal
from console.journal.lookups import MOST_KEPT, TRIED_AGAIN, Lookups
from tests.console.fleets import NOW
from tests.console.stage import Clock, Stage, staged


async def history_of(lookups: Lookups, stage: Stage, runner_id: str) -> History:
    lookups.want(runner_id)
    async with asyncio.timeout(5):
        while (history := lookups.history(runner_id)) is None:
            await stage.store.news()
    return history


async def test_nothing_is_known_before_somebody_looks_and_then_all_are_told(
    sqlite: Database,
) -> None:
    async with (
        staged(Clock(NOW)) as stage,
        open_journal(
            sqlite, stage.store, account="demo", face="terminal", who="", history_days=400
        ) as journal,
    ):
        lookups = Lookups(journal, stage.store)
        runner = stage.store.snapshot.runners[0]
        assert lookups.history(runner.id) is None
        history = await history_of(lookups, stage, runner.id)
        assert history.problem == ""
        assert history.recorded_since is not None
        await lookups.close()


async def test_a_history_is_not_told_of_a_runner_that_has_moved_on_until_it_is_read_again(
    sqlite: Database,
) -> None:
    async with (
        staged(Clock(NOW)) as stage,
        open_journal(
            sqlite, stage.store, account="demo", face="terminal", who="", history_days=400
        ) as journal,
    ):
        lookups = Lookups(journal, stage.store)
        runner = stage.world.named("sales-aca")
        await history_of(lookups, stage, runner.id)
        stage.world.rewrite([replace(runner, version="10.1303.0")])
        await stage.store.refresh()
        assert lookups.history(runner.id) is None
        history = await history_of(lookups, stage, runner.id)
        assert history.changes[0].what in (What.VERSION, What.SUPPORT)
        assert any(each.after == "10.1303.0" for each in history.changes)
        await lookups.close()


async def test_only_the_last_histories_that_somebody_looked_at_are_kept(sqlite: Database) -> None:
    async with (
        staged(Clock(NOW), runners=MOST_KEPT + 10) as stage,
        open_journal(
            sqlite, stage.store, account="demo", face="terminal", who="", history_days=400
        ) as journal,
    ):
        lookups = Lookups(journal, stage.store)
        ids = [runner.id for runner in stage.store.snapshot.runners]
        for runner_id in ids:
            await history_of(lookups, stage, runner_id)
        kept = [runner_id for runner_id in ids if lookups.history(runner_id) is not None]
        assert len(kept) == MOST_KEPT
        assert ids[-1] in kept
        await lookups.close()


async def test_a_history_that_could_not_be_read_is_tried_again_after_a_while(
    sqlite: Database,
) -> None:
    clock = Clock(NOW, step=0)
    path = sqlite.path
    assert path is not None
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database, whatever its name says " * 100)
    async with (
        staged(clock) as stage,
        open_journal(
            sqlite, stage.store, account="demo", face="terminal", who="", history_days=400
        ) as journal,
    ):
        lookups = Lookups(journal, stage.store)
        runner = stage.store.snapshot.runners[0]
        assert (await history_of(lookups, stage, runner.id)).problem
        path.unlink()
        lookups.want(runner.id)
        assert lookups.history(runner.id).problem  # type: ignore[union-attr]
        clock.now += TRIED_AGAIN
        lookups.want(runner.id)
        await stage.until(lambda _: not lookups.history(runner.id).problem)  # type: ignore[union-attr]
        await lookups.close()
