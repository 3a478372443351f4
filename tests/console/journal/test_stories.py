"""What happens to a runner, seen by the console over the API, and what is known of it later: by
the rules in the same process, and by the next one, which has only the journal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from console.fleet.changes import What
from console.fleet.memory import Memory
from console.fleet.snapshot import Phase, Snapshot, Track
from console.journal.databases import Database
from console.journal.journal import Journal, open_journal
from console.journal.recall import recall
from console.rules.assessment import Assessment, assess
from console.rules.restart import RestartEffect
from console.rules.updating import Cause
from tests.console.fleets import NOW
from tests.console.stage import Clock, Stage, staged

ACCOUNT = "demo"


@asynccontextmanager
async def recorded(database: Database, clock: Clock) -> AsyncIterator[tuple[Stage, Journal]]:
    async with (
        staged(clock) as stage,
        open_journal(
            database,
            stage.store,
            account=ACCOUNT,
            face="terminal",
            who="operator",
            history_days=400,
        ) as journal,
    ):
        yield stage, journal


def judged(stage: Stage, name: str, memory: Memory | None = None) -> Assessment:
    snapshot = stage.store.snapshot
    if memory is not None:
        snapshot = replace(snapshot, memory=memory)
    runner = next(each for each in snapshot.runners if each.name == name)
    return assess(runner, snapshot, stage.store.now)


def codes(assessed: Assessment) -> set[str]:
    return {finding.code for finding in assessed.findings}


def version(name: str, snapshot: Snapshot) -> str | None:
    return next(each.version for each in snapshot.runners if each.name == name)


async def test_a_restart_that_moves_nothing_makes_a_runner_probably_pinned(
    database: Database,
) -> None:
    clock = Clock(NOW)
    async with recorded(database, clock) as (stage, journal):
        before = judged(stage, "pricing-fargate")
        assert before.judged.restart.effect is RestartEffect.MOVES
        await stage.carried_out(stage.planned("restart", "pricing-fargate"))
        after = judged(stage, "pricing-fargate")
        assert "probably_pinned" in codes(after)
        assert after.judged.why is not None
        assert after.judged.why.cause is Cause.PINNED
        assert after.judged.restart.reason == "pinned"
        await journal.settled()
        memory, problem = recall(database, ACCOUNT)
        assert problem == ""
        assert "probably_pinned" in codes(judged(stage, "pricing-fargate", memory))


async def test_a_restart_that_moves_it_makes_the_badge_go(database: Database) -> None:
    async with recorded(database, Clock(NOW)) as (stage, journal):
        expected = judged(stage, "sales-aca").judged.restart
        assert "support_ending" in codes(judged(stage, "sales-aca"))
        await stage.carried_out(stage.planned("update", "sales-aca"))
        assert version("sales-aca", stage.store.snapshot) == expected.after
        assert codes(judged(stage, "sales-aca")) == set()
        await journal.settled()
        runner = judged(stage, "sales-aca").runner
        history = await journal.history(runner.id)
        moved = [each for each in history.changes if each.what is What.VERSION]
        assert [(each.before, each.after) for each in moved] == [(expected.before, expected.after)]
        (action,) = history.actions
        assert (action.label, action.phase) == ("Update", Phase.DONE)
        assert (action.who, action.face) == ("operator", "terminal")
        assert expected.after in action.expected


async def test_a_changed_track_is_flagged_until_the_version_fits_it(database: Database) -> None:
    clock = Clock(NOW)
    async with recorded(database, clock) as (stage, journal):
        world = stage.world
        world.rewrite([replace(world.named("dev-eu-fargate"), auto_updates=False)])
        await stage.store.refresh()
        await stage.carried_out(stage.planned("use-stable", "dev-eu-fargate"))
        changed = judged(stage, "dev-eu-fargate")
        assert changed.runner.track == Track.STABLE
        assert "track_unmatched" in codes(changed)
        assert changed.judged.restart.reason == "track_changed"
        await journal.settled()
        memory, _ = recall(database, ACCOUNT)
        assert "track_unmatched" in codes(judged(stage, "dev-eu-fargate", memory))
        await stage.carried_out(stage.planned("restart", "dev-eu-fargate"))
        fitting = judged(stage, "dev-eu-fargate")
        assert fitting.runner.version == fitting.runner.latest_version
        assert "track_unmatched" not in codes(fitting)
        await journal.settled()
        assert fitting.runner.id not in recall(database, ACCOUNT)[0].lessons


@pytest.mark.parametrize("away", [timedelta(0), timedelta(days=3)])
async def test_releases_are_known_to_the_next_process(database: Database, away: timedelta) -> None:
    clock = Clock(NOW)
    async with recorded(database, clock) as (stage, journal):
        first = stage.store.snapshot.memory.releases
        await journal.settled()
    clock.now += away
    memory, _ = recall(database, ACCOUNT)
    assert {line: {each.version for each in known} for line, known in memory.releases.items()} == {
        line: {each.version for each in known} for line, known in first.items()
    }
