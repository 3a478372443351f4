"""Asking the history: newest first, bounded, by an index, and small on disk."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert

from console.fleet.changes import What
from console.fleet.snapshot import Phase
from console.journal.databases import Database
from console.journal.engines import reading_engine, writing_engine
from console.journal.history import History
from console.journal.queries import account_actions, account_changes, runner_history
from console.journal.recall import recall
from console.journal.schema import actions, changes
from console.journal.storing import stored_moment
from tests.console.fleets import HEALTHY, NOW, operation_on
from tests.console.journal.recordings import ToldStore, fleet_of, moment, recording, rows

STATUSES = ("paused", "running")
DAY = 86400


async def test_no_more_than_asked_for_is_read_and_it_is_said_that_there_is_more(
    database: Database,
) -> None:
    async with recording(database) as (store, journal):
        for number in range(6):
            store.see(replace(HEALTHY, status=STATUSES[number % 2]), at=15 * number)
        for number in range(3):
            started = moment(number)
            store.see_operations(
                replace(operation_on(HEALTHY, number=number), started=started, changed=started)
            )
        await journal.settled()
        all_of_it = await journal.history("1")
        some = await journal.history("1", limit=2)
        assert len(all_of_it.changes) == 5
        assert not all_of_it.is_cut
        assert (some.changes, some.is_cut) == (all_of_it.changes[:2], True)
        late = await journal.history("1", since=moment(45))
        assert [each.at for each in late.changes] == [moment(75), moment(60), moment(45)]
        assert late.actions == ()
        acts = await journal.activity(since=moment(1), limit=1)
        assert ([each.started for each in acts.actions], acts.is_cut) == ([moment(2)], True)
        fleet = await journal.changes_since(moment(60), limit=10)
        assert [each.at for each in fleet.changes] == [moment(75), moment(60)]


async def test_changes_seen_at_once_come_in_the_opposite_order_of_their_telling(
    database: Database,
) -> None:
    async with recording(database) as (store, journal):
        store.see(HEALTHY, at=0)
        store.see(replace(HEALTHY, status="paused", version="10.1304.0"), at=15)
        await journal.settled()
        seen = (await journal.history("1")).changes
    assert [each.what for each in seen] == [What.VERSION, What.STATUS]


async def test_a_runner_that_left_still_has_its_history_and_its_name(database: Database) -> None:
    async with recording(database) as (store, journal):
        store.see(HEALTHY, at=0)
        store.see(at=15)
        await journal.settled()
        seen = await journal.history("1")
    assert [(each.what, each.runner_name) for each in seen.changes] == [(What.LEFT, "prod-eu")]
    assert seen.recorded_since == moment(0)


async def test_of_a_runner_that_was_never_seen_there_is_nothing_to_tell(
    database: Database,
) -> None:
    async with recording(database) as (store, journal):
        assert await journal.history("1") == History()
        store.see(HEALTHY, at=0)
        await journal.settled()
        assert await journal.history("never") == History()


@pytest.mark.parametrize("question", ["runner", "changes", "actions"])
def test_a_year_of_history_is_read_by_an_index_and_not_by_its_table(
    database: Database, question: str
) -> None:
    engine = writing_engine(database)
    fill_a_year(engine)
    since = NOW - timedelta(days=365)
    asked: list[tuple[str, Any]] = []
    with engine.connect() as connection:
        event.listen(
            connection,
            "before_cursor_execute",
            lambda connection, cursor, statement, parameters, *_: asked.append(
                (statement, parameters)
            ),
        )
        if question == "runner":
            assert len(runner_history(connection, "eu", "runner-7", since, 100, NOW).changes) > 99
        elif question == "changes":
            assert len(account_changes(connection, "eu", since, 100).changes) == 100
        else:
            assert len(account_actions(connection, "eu", since, 100).actions) == 100
        explain = "EXPLAIN QUERY PLAN " if database.path else "EXPLAIN "
        plans = [
            "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + each, given))
            for each, given in list(asked)
            if "FROM changes" in each or "FROM actions" in each
        ]
    engine.dispose()
    assert plans
    for plan in plans:
        assert "ix_changes_" in plan or "ix_actions_" in plan
        assert "SCAN changes" not in plan
        assert "SCAN actions" not in plan
        assert "Seq Scan on changes" not in plan
        assert "Seq Scan on actions" not in plan
        assert "TEMP B-TREE" not in plan


def fill_a_year(engine: Engine) -> None:
    names = [what.value for what in What if what not in (What.JOINED, What.LEFT)]
    start, size = stored_moment(NOW) - 364 * DAY * 10**6, 20_000
    step = 364 * DAY * 10**6 // size
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO accounts (number, name) VALUES (1, 'eu')")
        for number in range(100):
            values = ", ".join(["''"] * len(names))
            connection.exec_driver_sql(
                f"INSERT INTO runners (number, account, runner_id, {', '.join(names)},"
                f" first_at, seen_at, gone) VALUES ({number}, 1, 'runner-{number}', {values},"
                f" {start}, {start}, false)"
            )
        of = {"account": 1, "what": "status", "before": "running", "after": "paused"}
        connection.execute(
            insert(changes),
            [of | {"runner": each % 100, "at": start + each * step} for each in range(size)],
        )
        blank = dict.fromkeys(
            ("plan_id", "action_id", "label", "runner_name", "who", "face", "expected", "note"), ""
        )
        connection.execute(
            insert(actions),
            [
                blank
                | {"account": 1, "run": "r", "operation": each, "runner_id": f"runner-{each % 100}"}
                | {"phase": "done", "started_at": start + each * step, "changed_at": start}
                for each in range(size)
            ],
        )
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def steps_of_an_update(version: str) -> tuple[dict[str, Any], ...]:
    return (
        {"status": "stopping"},
        {"status": "stopped", "connected": False},
        {"status": "running", "connected": True, "version": version},
    )


async def test_a_quiet_week_of_a_thousand_runners_stays_under_a_megabyte(
    sqlite: Database,
) -> None:
    """Two Current releases, which the runners that update by themselves take one after the other:
    each is seen to stop, to be away, to come back and to run the new version."""
    store = ToldStore()
    fleet = list(fleet_of(1000))
    async with recording(sqlite, store) as (_, journal):
        store.see(*fleet, at=0)
        await journal.settled()
        for release in range(2):
            version = f"10.{1304 + release}.0"
            for first in range(0, 600, 50):
                group = range(first, first + 50)
                at = (3 * release * DAY) + first * 60
                for step, seen in enumerate(steps_of_an_update(version)):
                    for each in group:
                        fleet[each] = replace(fleet[each], **seen)
                    store.see(*fleet, at=at + 15 * (step + 1))
            await journal.settled()
        assert journal.problem == ""
    assert sqlite.path is not None
    size = sum(each.stat().st_size for each in sqlite.path.parent.iterdir())
    assert rows(sqlite, "SELECT count(*) FROM changes")[0][0] == 2 * 600 * 6
    assert size < 1_000_000


HOSTILE = (
    "nul \0 within",
    "half a character \ud800",
    "'; DROP TABLE runners; --",
    "%s %(name)s :name ?",
    "\u202etxt.exe",
    "line\nbreak\ttab",
    "long " * 5000,
)


async def test_whatever_a_runner_is_called_it_is_stored_and_not_seen_to_change(
    database: Database,
) -> None:
    runners = tuple(
        replace(HEALTHY, id=f"id {name}", name=name, status=name, version=name, track=name)
        for name in HOSTILE
    )
    operations = tuple(
        replace(
            operation_on(runner, Phase.FAILED, number=number),
            note=runner.name,
            expected=runner.name,
            who=runner.name,
            plan_id=runner.name,
        )
        for number, runner in enumerate(runners)
    )
    for at in (0, 60):
        async with recording(database, account="acc\0\ud800") as (store, journal):
            store.see(*runners, at=at)
            store.see_operations(*operations)
            await journal.settled()
            assert journal.problem == ""
            assert (await journal.changes_since()).changes == ()
            for runner in runners:
                own = await journal.history(runner.id)
                assert own.recorded_since == moment(0)
                assert len(own.actions) == (1 if at == 0 else 2)
                assert len(own.actions[0].note) <= 500
    assert recall(database, "acc\0\ud800")[1] == ""


async def test_an_engine_for_reading_cannot_write(database: Database) -> None:
    async with recording(database) as (store, _):
        store.see(HEALTHY, at=0)
    engine = reading_engine(database)
    with engine.connect() as connection, pytest.raises(Exception, match=r"read-?only"):
        connection.exec_driver_sql("DELETE FROM runners")
    engine.dispose()
