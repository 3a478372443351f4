"""Forgets what is older than it is to be kept, a slice at a time so that nobody waits long.

Releases are kept: a forecast may rest on an old one.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from console.fleet.snapshot import Phase
from console.journal.numbers import account_number
from console.journal.schema import actions, changes, lessons, runners
from console.journal.storing import stored_moment

SLICE = 1000

LONGEST_ACTION = timedelta(days=1)
"""An action that is under way for longer has lost the program that watched it."""

UNWATCHED = "The console that watched it stopped."


def forget_a_slice(connection: Connection, account: str, before: datetime) -> bool:
    """Whether there may be more to forget."""
    number, cutoff = account_number(connection, account), stored_moment(before)
    if number is None:
        return False
    is_old = (
        changes.c.number.in_(
            select(changes.c.number)
            .where(changes.c.account == number, changes.c.at < cutoff)
            .order_by(changes.c.at)
            .limit(SLICE)
        ),
        actions.c.number.in_(
            select(actions.c.number)
            .where(actions.c.account == number, actions.c.started_at < cutoff)
            .order_by(actions.c.started_at)
            .limit(SLICE)
        ),
    )
    of_changes = connection.execute(delete(changes).where(is_old[0])).rowcount
    of_actions = connection.execute(delete(actions).where(is_old[1])).rowcount
    if of_changes or of_actions:
        return True
    return _forget_runners(connection, number, cutoff)


def end_unwatched(connection: Connection, account: str, now: datetime) -> None:
    """Actions of a program that was killed are said to have an end that nobody saw."""
    number = account_number(connection, account)
    connection.execute(
        update(actions)
        .where(
            actions.c.account == number,
            actions.c.started_at > stored_moment(now - 30 * LONGEST_ACTION),
            actions.c.changed_at < stored_moment(now - LONGEST_ACTION),
            actions.c.phase.in_((Phase.ASKED.value, Phase.UNDER_WAY.value)),
        )
        .values(phase=Phase.NOT_SEEN.value, note=UNWATCHED)
    )


def _forget_runners(connection: Connection, account: int, cutoff: int) -> bool:
    """Those that left before anything that is still kept."""
    numbers = connection.scalars(
        select(runners.c.number)
        .where(runners.c.account == account, runners.c.gone, runners.c.seen_at < cutoff)
        .limit(SLICE)
    ).all()
    if numbers:
        connection.execute(delete(lessons).where(lessons.c.runner.in_(numbers)))
        connection.execute(delete(runners).where(runners.c.number.in_(numbers)))
    return bool(numbers)
