"""What a restart would do to a runner's version, before anyone presses it.

With a floating image tag that is always pulled, any restart is an update (agent-updates page).
Whether the tag floats cannot be read from the API, so a move is what is expected, not promised.
"""

from dataclasses import dataclass
from enum import StrEnum

from console.fleet.kinds import is_hosted, is_native_app
from console.fleet.snapshot import Runner
from console.rules.currency import Currency, currency


class RestartEffect(StrEnum):
    MOVES = "moves"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RestartForecast:
    """The effect, with the versions where it is a move, and the reason where it is not known:
    no_version, no_latest, not_comparable, ahead, vendor_managed or hosted."""

    effect: RestartEffect
    before: str = ""
    after: str = ""
    reason: str = ""


def restart_forecast(runner: Runner) -> RestartForecast:
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
    if standing is Currency.BEHIND:
        return RestartForecast(RestartEffect.MOVES, runner.version, runner.latest_version)
    reason = "ahead" if standing is Currency.AHEAD else "not_comparable"
    return RestartForecast(RestartEffect.UNKNOWN, runner.version, runner.latest_version, reason)
