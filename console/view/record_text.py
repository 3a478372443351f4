"""A runner's record as indented JSON in ASCII, so that no character of it can act on a terminal."""

import json
from datetime import datetime

from console.fleet.snapshot import Snapshot
from console.rules.assessment import assess
from console.view.records import runner_record

GONE = "This runner is no longer in the account."


def record_text(snapshot: Snapshot, runner_id: str, now: datetime) -> str:
    runner = snapshot.by_id.get(runner_id)
    if runner is None:
        return GONE
    return json.dumps(runner_record(assess(runner, snapshot, now)), indent=2, ensure_ascii=True)
