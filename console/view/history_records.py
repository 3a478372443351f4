"""What was recorded of a runner as data, for JSON and YAML. The names are documented and stable;
raw text is kept raw, as both formats escape it."""

from console.fleet.changes import Change
from console.journal.history import History, RecordedAction

FIELDS = (
    "at",
    "kind",
    "what",
    "before",
    "after",
    "who",
    "face",
    "expected",
    "phase",
    "ended",
    "note",
    "plan",
    "runner",
    "name",
)


def history_records(history: History) -> list[dict[str, object]]:
    """One record for each change and each action, newest first; null for what it has not."""
    records = [*map(_change, history.changes), *map(_action, history.actions)]
    ordered = sorted(records, key=lambda each: str(each["at"]), reverse=True)
    return [{field: each.get(field) for field in FIELDS} for each in ordered]


def _change(change: Change) -> dict[str, object]:
    return {
        "at": change.at.isoformat(),
        "kind": "change",
        "what": change.what.value,
        "before": change.before,
        "after": change.after,
        "runner": change.runner_id,
        "name": change.runner_name,
    }


def _action(action: RecordedAction) -> dict[str, object]:
    return {
        "at": action.started.isoformat(),
        "kind": "action",
        "what": action.action_id,
        "who": action.who or None,
        "face": action.face or None,
        "expected": action.expected or None,
        "phase": action.phase,
        "ended": action.changed.isoformat(),
        "note": action.note or None,
        "plan": action.plan_id or None,
        "runner": action.runner_id,
        "name": action.runner_name,
    }
