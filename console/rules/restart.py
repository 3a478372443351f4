"""What a restart would do to a runner's version, before anyone presses it.

With a floating image tag that is always pulled, any restart is an update (agent-updates page).
Whether the tag floats cannot be read from the API, so a move is what is expected, not promised.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.fleet.kinds import is_hosted, is_native_app
from console.fleet.memory import NOTHING_LEARNT, Lesson
from console.fleet.snapshot import Runner
from console.rules.currency import Currency, currency


class RestartEffect(StrEnum):
    MOVES = "moves"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RestartForecast:
    """The effect, with the versions where it is a move, and the reason where it is not known:
    no_version, no_latest, not_comparable, ahead, vendor_managed, hosted, pinned or track_changed.
    `seen` is when a restart moved nothing, or the track changed."""

    effect: RestartEffect
    before: str = ""
    after: str = ""
    reason: str = ""
    seen: datetime | None = None


def restart_forecast(runner: Runner, lesson: Lesson = NOTHING_LEARNT) -> RestartForecast:
    if is_hosted(runner):
        return RestartForecast(RestartEffect.UNKNOWN, reason="hosted")
    if is_native_app(runner):
        return RestartForecast(RestartEffect.UNKNOWN, reason="vendor_managed")
    if not runner.version:
        return RestartForecast(RestartEffect.UNKNOWN, reason="no_version")
    if not runner.latest_version:
        return RestartForecast(RestartEffect.UNKNOWN, reason="no_latest")
    standing = currency(runner)
    if standing is Currency.LATEST:
        return RestartForecast(RestartEffect.NOTHING, before=runner.version)
    reason, seen = _doubt(standing, lesson)
    effect = RestartEffect.UNKNOWN if reason else RestartEffect.MOVES
    return RestartForecast(effect, runner.version, runner.latest_version, reason, seen)


def is_armed(runner: Runner, forecast: RestartForecast) -> bool:
    """Auto-update is off, yet any restart, a crash and a scale-out included, is expected to update
    it, because its image tag is taken to float."""
    return runner.auto_updates is False and forecast.effect is RestartEffect.MOVES


def _doubt(standing: Currency, lesson: Lesson) -> tuple[str, datetime | None]:
    if lesson.track_changed is not None:
        return "track_changed", lesson.track_changed
    if lesson.unmoved is not None:
        return "pinned", lesson.unmoved
    if standing is Currency.BEHIND:
        return "", None
    return ("ahead" if standing is Currency.AHEAD else "not_comparable"), None
