"""An action that was recorded, for tests of what is said of it."""

from datetime import timedelta

from console.journal.history import RecordedAction
from tests.console.fleets import NOW

PAUSED = RecordedAction(
    plan_id="o",
    action_id="pause",
    label="Pause",
    runner_id="2",
    runner_name="sales",
    who="ada",
    face="web page",
    expected="",
    phase="done",
    note="",
    started=NOW - timedelta(days=1),
    changed=NOW - timedelta(days=1, minutes=-3),
)
