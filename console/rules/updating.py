"""Why a runner is not on the newest version of its track: a closed list of causes, one at a time.

Source of the rules: agent-updates page, and the vendor's deployment library on image pinning.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.fleet.kinds import is_hosted, is_native_app
from console.fleet.memory import Lesson
from console.fleet.snapshot import Runner, Status
from console.rules.currency import Standing, has_update

AUTO_UPDATE_GRACE = timedelta(days=3)
"""Auto-update replaces instances in steps soon after a release; behind for longer is a finding."""


class Cause(StrEnum):
    HOSTED = "hosted"
    SNOWFLAKE = "snowflake"
    TRACK_CHANGED = "track_changed"
    PINNED = "pinned"
    AUTO_OFF = "auto_off"
    OFFLINE = "offline"
    DRAINING = "draining"
    PAUSED = "paused"
    STALE_IMAGE = "stale_image"
    SETTLING = "settling"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NotUpdated:
    """The first cause that holds, and since when it is known to hold, where a date belongs to it:
    when the restart moved nothing, the track changed, or the first missed release came out."""

    cause: Cause
    since: datetime | None = None


def why_not_updated(
    runner: Runner, standing: Standing, lesson: Lesson, now: datetime
) -> NotUpdated | None:
    """None for a runner that has nothing to update to."""
    if lesson.track_changed is not None:
        return NotUpdated(Cause.TRACK_CHANGED, lesson.track_changed)
    if not has_update(runner):
        return None
    if is_hosted(runner):
        return NotUpdated(Cause.HOSTED)
    if is_native_app(runner):
        return NotUpdated(Cause.SNOWFLAKE)
    if lesson.unmoved is not None:
        return NotUpdated(Cause.PINNED, lesson.unmoved)
    if runner.auto_updates is False:
        return NotUpdated(Cause.AUTO_OFF)
    if runner.status in (Status.STOPPING, Status.PAUSING):
        return NotUpdated(Cause.DRAINING)
    if runner.connected is False or runner.status in _AWAY:
        return NotUpdated(Cause.OFFLINE)
    if runner.status == Status.PAUSED:
        return NotUpdated(Cause.PAUSED)
    if runner.auto_updates is None or standing.behind_since is None:
        return NotUpdated(Cause.UNKNOWN)
    waited = now - standing.behind_since
    cause = Cause.SETTLING if waited < AUTO_UPDATE_GRACE else Cause.STALE_IMAGE
    return NotUpdated(cause, standing.behind_since)


def follows_by_itself(runner: Runner, why: NotUpdated | None) -> bool:
    """Whether it is expected to take the next release without anybody: auto-update is on, it is at
    work, and nothing says that its image stands still."""
    return (
        runner.auto_updates is True
        and runner.status == Status.RUNNING
        and runner.connected is not False
        and (why is None or why.cause is Cause.SETTLING)
    )


_AWAY = (Status.STOPPED, Status.PENDING, Status.UNKNOWN)
