"""The audit's table: written in batches, read newest first, kept within bounds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from console.access.audit import AuditEntry, AuditPage, AuditQuery, Outcome
from console.access.users import user_key
from console.journal.schema import audit
from console.journal.storing import moment_from, stored_moment, stored_text

KEPT = timedelta(days=400)
MOST_KEPT = 200_000
MOST_REFUSED = 50_000
"""Of what was refused, which strangers can cause: it pushes out only others like it."""
MOST_READ = 100_000
SLICE = 5000
"""How many are forgotten in one go."""


def write_entries(connection: Connection, entries: Iterable[AuditEntry]) -> None:
    rows = [
        {
            "at": stored_moment(each.at),
            "who": stored_text(each.who),
            "who_key": stored_text(user_key(each.who)),
            "role": stored_text(each.role),
            "address": stored_text(each.address),
            "what": stored_text(each.what),
            "target": stored_text(each.target),
            "target_key": stored_text(user_key(each.target)),
            "detail": stored_text(each.detail),
            "outcome": stored_text(each.outcome),
            "plan": stored_text(each.plan),
        }
        for each in entries
    ]
    if rows:
        connection.execute(insert(audit), rows)


def read_page(
    connection: Connection, query: AuditQuery, limit: int, before: int | None
) -> AuditPage:
    """In the order in which it was written: a clock that is set back puts nothing out of sight."""
    limit = max(1, min(limit, MOST_READ))
    newest = select(audit).where(*_conditions(query))
    if before is not None:
        newest = newest.where(audit.c.number < before)
    rows = connection.execute(newest.order_by(audit.c.number.desc()).limit(limit + 1)).all()
    shown = rows[:limit]
    older = shown[-1].number if len(rows) > limit else None
    return AuditPage(tuple(map(_entry, shown)), older)


def forget_a_slice(connection: Connection, now: datetime) -> bool:
    """Whether there may be more to forget."""
    is_refused = audit.c.outcome == Outcome.REFUSED
    too_many = is_refused & (audit.c.number <= _last_kept(connection, MOST_REFUSED, is_refused))
    if _forget(connection, too_many):
        return True
    is_old = audit.c.at < stored_moment(now - KEPT)
    return _forget(connection, is_old | (audit.c.number <= _last_kept(connection, MOST_KEPT)))


def _last_kept(connection: Connection, most: int, *of: ColumnElement[bool]) -> int:
    """The number of the newest that is one too many; numbers that are missing count for nothing."""
    newest = select(audit.c.number).where(*of).order_by(audit.c.number.desc())
    return connection.scalar(newest.offset(most).limit(1)) or 0


def _forget(connection: Connection, which: ColumnElement[bool]) -> bool:
    """Whether there may be more."""
    slice_of = select(audit.c.number).where(which).order_by(audit.c.number).limit(SLICE)
    done = connection.execute(delete(audit).where(audit.c.number.in_(slice_of)))
    return done.rowcount == SLICE


def _conditions(query: AuditQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, part in ((audit.c.who_key, query.who), (audit.c.target_key, query.target)):
        if part:
            found.append(column.contains(stored_text(user_key(part)), autoescape=True))
    for column, value in ((audit.c.what, query.what), (audit.c.outcome, query.outcome)):
        if value:
            found.append(column == stored_text(value))
    if query.since is not None:
        found.append(audit.c.at >= stored_moment(query.since))
    if query.until is not None:
        found.append(audit.c.at < stored_moment(query.until))
    return found


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        at=moment_from(row.at),
        who=row.who,
        role=row.role,
        address=row.address,
        what=row.what,
        target=row.target,
        detail=row.detail,
        outcome=row.outcome,
        plan=row.plan,
    )
