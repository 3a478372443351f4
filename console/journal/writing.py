"""Writes what was seen and done, within a transaction of the caller's."""

from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, bindparam, insert, select, text, update

from console.fleet.changes import TOLD, Change
from console.fleet.snapshot import Operation
from console.journal.numbers import account_number, parts, runner_numbers
from console.journal.origin import Origin
from console.journal.remembering import write_lessons, write_releases
from console.journal.schema import accounts, actions, changes, runners
from console.journal.sightings import Comparison, State
from console.journal.storing import stored_key, stored_moment, stored_text
from console.journal.unsaved import Unsaved


def write(connection: Connection, unsaved: Unsaved, origin: Origin) -> frozenset[str]:
    """Everything of it that is not stored yet. Returns the ids of runners that should be looked at
    again."""
    account = _account(connection, origin.account)
    doubted = _write_runners(connection, account, unsaved)
    write_releases(connection, account, unsaved.releases)
    write_lessons(connection, account, unsaved.lessons)
    _write_actions(connection, account, unsaved.operations.values(), origin)
    return doubted


def _account(connection: Connection, name: str) -> int:
    """Its number. From here to the end of the transaction nobody else writes to the account."""
    if connection.dialect.name == "postgresql":
        lock = crc32(name.encode("utf-8", "replace"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
    number = account_number(connection, name)
    if number is None:
        connection.execute(insert(accounts).values(name=stored_text(name)))
        number = account_number(connection, name)
    assert number is not None
    return number


def _write_runners(connection: Connection, account: int, unsaved: Unsaved) -> frozenset[str]:
    if unsaved.census is None and not unsaved.readings:
        return frozenset()
    of_account = runners.c.account == account
    is_new = connection.scalar(select(runners.c.number).where(of_account).limit(1)) is None
    everyone = unsaved.census is not None
    ids = None if everyone else {stored_key(each) for read in unsaved.readings for each in read}
    compared = Comparison({} if is_new else _states(connection, account, ids), is_new)
    compared.apply(unsaved.census, unsaved.readings)
    _write_states(connection, account, compared.states)
    _write_changes(connection, account, compared.states, compared.changes)
    return frozenset(compared.doubted)


def _states(connection: Connection, account: int, ids: Iterable[str] | None) -> dict[str, State]:
    """The stored states of these runners, or of all."""
    query = select(runners).where(runners.c.account == account)
    queries = (
        [query]
        if ids is None
        else [query.where(runners.c.runner_id.in_(part)) for part in parts(sorted(ids))]
    )
    return {
        row["runner_id"]: State(
            told={what: row[what.value] for what in TOLD},
            first_at=row["first_at"],
            seen_at=row["seen_at"],
            gone=row["gone"],
            number=row["number"],
        )
        for each in queries
        for row in connection.execute(each).mappings()
    }


def _write_states(connection: Connection, account: int, states: Mapping[str, State]) -> None:
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for runner_id, state in states.items():
        if not state.is_changed:
            continue
        values: dict[str, Any] = {what.value: told for what, told in state.told.items()}
        values |= {"seen_at": state.seen_at, "gone": state.gone}
        if state.number is None:
            of = {"account": account, "runner_id": runner_id, "first_at": state.first_at}
            new.append(values | of)
        else:
            changed.append(values | {"of": state.number})
    if new:
        connection.execute(insert(runners), new)
        numbers = runner_numbers(connection, account, [values["runner_id"] for values in new])
        for runner_id, number in numbers.items():
            states[runner_id].number = number
    if changed:
        connection.execute(update(runners).where(runners.c.number == bindparam("of")), changed)


def _write_changes(
    connection: Connection, account: int, states: Mapping[str, State], seen: Iterable[Change]
) -> None:
    rows = [
        {
            "account": account,
            "runner": states[change.runner_id].number,
            "what": change.what.value,
            "before": change.before,
            "after": change.after,
            "at": stored_moment(change.at),
        }
        for change in seen
    ]
    if rows:
        connection.execute(insert(changes), rows)


def _write_actions(
    connection: Connection, account: int, operations: Iterable[Operation], origin: Origin
) -> None:
    for operation in operations:
        values = {
            "phase": operation.phase.value,
            "note": stored_text(operation.note),
            "changed_at": stored_moment(operation.changed),
        }
        known = connection.execute(
            update(actions)
            .where(actions.c.run == origin.run, actions.c.operation == operation.id)
            .values(values)
        )
        if not known.rowcount:
            connection.execute(insert(actions).values(values | _fixed(operation, origin, account)))


def _fixed(operation: Operation, origin: Origin, account: int) -> dict[str, Any]:
    """What of an action never changes."""
    return {
        "account": account,
        "run": origin.run,
        "operation": operation.id,
        "plan_id": stored_text(operation.plan_id),
        "action_id": operation.action_id,
        "label": stored_text(operation.label),
        "runner_id": stored_key(operation.runner_id),
        "runner_name": stored_text(operation.runner_name),
        "who": stored_text(operation.who or origin.who),
        "face": stored_text(origin.face),
        "expected": stored_text(operation.expected),
        "started_at": stored_moment(operation.started),
    }
