"""When the fleet is read again, for those who show that it is being read."""

from datetime import datetime

from console.fleet.snapshot import Snapshot
from console.fleet.store import BUSY_POLL_SECONDS


def seconds_to_reading(snapshot: Snapshot, now: datetime) -> float:
    """From now to the next reading; 0 when it is due."""
    tries = [each.next_try for each in snapshot.problems]
    if tries:
        return max(0.0, (min(tries) - now).total_seconds())
    if snapshot.taken is None:
        return 0.0
    busy = bool(snapshot.open_operations)
    pace = min(BUSY_POLL_SECONDS, snapshot.poll_seconds) if busy else snapshot.poll_seconds
    return max(0.0, pace - (now - snapshot.taken).total_seconds())
