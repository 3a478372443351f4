"""The questions to the history. Each reads an index, not a table, however long the history is."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from console.fleet.changes import Change, What
from console.journal.history import History, RecordedAction
from console.journal.numbers import account_number
from console.journal.schema import actions, changes, runners
from console.journal.storing import moment_from, stored_key, stored_moment

WORDS = frozenset(What)


def runner_history(
    connection: Connection,
    account: str,
    runner_id: str,
    since: datetime | None,
    limit: int,
    kept_since: datetime,
) -> History:
    """Of each kind at most `limit`."""
    number = account_number(connection, account)
    if number is None:
        return History()
    key = stored_key(runner_id)
    runner = connection.execute(
        select(runners.c.number, runners.c.first_at).where(
            runners.c.account == number, runners.c.runner_id == key
        )
    ).first()
    deeds = select(actions).where(actions.c.account == number, actions.c.runner_id == key)
    done = _actions(connection, deeds, since, limit + 1)
    if runner is None:
        return History(actions=done[:limit], is_cut=len(done) > limit)
    seen = _changes(connection, changes_of(runner.number), since, limit + 1)
    return History(
        changes=seen[:limit],
        actions=done[:limit],
        recorded_since=max(moment_from(runner.first_at), kept_since),
        is_cut=len(seen) > limit or len(done) > limit,
    )


def account_changes(
    connection: Connection, account: str, since: datetime | None, limit: int
) -> History:
    number = account_number(connection, account)
    if number is None:
        return History()
    seen = _changes(connection, changes_in(number), since, limit + 1)
    return History(changes=seen[:limit], is_cut=len(seen) > limit)


def account_actions(
    connection: Connection, account: str, since: datetime | None, limit: int
) -> History:
    number = account_number(connection, account)
    if number is None:
        return History()
    deeds = select(actions).where(actions.c.account == number)
    done = _actions(connection, deeds, since, limit + 1)
    return History(actions=done[:limit], is_cut=len(done) > limit)


def changes_of(runner: int) -> Select[Any]:
    return _CHANGES.where(changes.c.runner == runner)


def changes_in(account: int) -> Select[Any]:
    return _CHANGES.where(changes.c.account == account)


def newest_first(query: Select[Any], since: datetime | None, limit: int) -> Select[Any]:
    """A query for changes, bounded."""
    if since is not None:
        query = query.where(changes.c.at >= stored_moment(since))
    return query.order_by(changes.c.at.desc(), changes.c.number.desc()).limit(limit)


_CHANGES = select(
    runners.c.runner_id,
    runners.c.name,
    changes.c.what,
    changes.c.before,
    changes.c.after,
    changes.c.at,
).join_from(changes, runners, changes.c.runner == runners.c.number)


def _changes(
    connection: Connection, query: Select[Any], since: datetime | None, limit: int
) -> tuple[Change, ...]:
    return tuple(
        Change(row.runner_id, row.name, What(row.what), row.before, row.after, moment_from(row.at))
        for row in connection.execute(newest_first(query, since, limit))
        if row.what in WORDS
    )


def _actions(
    connection: Connection, query: Select[Any], since: datetime | None, limit: int
) -> tuple[RecordedAction, ...]:
    if since is not None:
        query = query.where(actions.c.started_at >= stored_moment(since))
    newest = query.order_by(actions.c.started_at.desc(), actions.c.number.desc()).limit(limit)
    return tuple(
        RecordedAction(
            plan_id=row.plan_id,
            action_id=row.action_id,
            label=row.label,
            runner_id=row.runner_id,
            runner_name=row.runner_name,
            who=row.who,
            face=row.face,
            expected=row.expected,
            phase=row.phase,
            note=row.note,
            started=moment_from(row.started_at),
            changed=moment_from(row.changed_at),
        )
        for row in connection.execute(newest)
    )
