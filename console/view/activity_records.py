"""What was done, as a CSV file: one action on one runner a line, newest first, moments in UTC."""

from collections.abc import Iterable
from datetime import UTC, datetime

from console.fleet.snapshot import Snapshot
from console.journal.history import History, RecordedAction
from console.view.activity import ended_actions, recorded_from
from console.view.activity_filter import ActivityFilter, outcome_of
from console.view.csv_text import csv_text

COLUMNS = (
    "started",
    "changed",
    "action",
    "runner",
    "runner_id",
    "account",
    "who",
    "from",
    "outcome",
    "note",
    "expected",
    "plan",
)


def activity_csv(snapshot: Snapshot, recorded: History | None, wanted: ActivityFilter) -> str:
    """Also what is under way. `outcome` is "running", or how it ended."""
    running = [recorded_from(each) for each in snapshot.operations if each.is_open]
    running.sort(key=lambda each: each.started, reverse=True)
    actions = (*running, *ended_actions(snapshot, recorded))
    return csv_text(COLUMNS, _rows(each for each in actions if wanted.lets_pass(each)))


def _rows(actions: Iterable[RecordedAction]) -> Iterable[tuple[str, ...]]:
    return (
        (
            _moment(each.started),
            _moment(each.changed),
            each.action_id,
            each.runner_name,
            each.runner_id,
            each.account,
            each.who,
            each.face,
            outcome_of(each),
            each.note,
            each.expected,
            each.plan_id,
        )
        for each in actions
    )


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")
