"""What was recorded, as frozen values. How it is read is in `reader`, how it is worded in
`console.view`."""

from dataclasses import dataclass
from datetime import datetime

from console.fleet.changes import Change


@dataclass(frozen=True, slots=True)
class RecordedAction:
    """One action on one runner, as far as it was seen. `phase` is a word of
    `console.fleet.snapshot.Phase`; `face` is the front end it came from; `account` is the profile
    it was done in, where several are open."""

    plan_id: str
    action_id: str
    label: str
    runner_id: str
    runner_name: str
    who: str
    face: str
    expected: str
    phase: str
    note: str
    started: datetime
    changed: datetime
    account: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Newest first. `is_cut` says that there is more than was asked for. `recorded_since` is the
    earliest moment that is known of the one runner it is about. `problem` is why there is nothing
    in it, in one sentence, or ""."""

    changes: tuple[Change, ...] = ()
    actions: tuple[RecordedAction, ...] = ()
    recorded_since: datetime | None = None
    is_cut: bool = False
    problem: str = ""
