"""The numbers under which accounts and runners are stored."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, select

from console.journal.schema import accounts, runners
from console.journal.storing import stored_text

AT_ONCE = 1000
"""How many are asked for in one statement."""

T = TypeVar("T")


def account_number(connection: Connection, account: str) -> int | None:
    found: int | None = connection.scalar(
        select(accounts.c.number).where(accounts.c.name == stored_text(account))
    )
    return found


def runner_numbers(connection: Connection, account: int, ids: Sequence[str]) -> dict[str, int]:
    columns = select(runners.c.runner_id, runners.c.number).where(runners.c.account == account)
    return {
        runner_id: number
        for part in parts(ids)
        for runner_id, number in connection.execute(columns.where(runners.c.runner_id.in_(part)))
    }


def parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items, as many at a time as one statement takes."""
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
