"""What of a runner one reading tells that a notification could be about. Whatever the reading does
not tell is None: it neither fires nor arms anything again.
"""

from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from console.fleet.snapshot import Runner, Status
from console.notices.rules import LEAVES_WITHIN
from console.rules.assessment import Assessment
from console.rules.support import Basis, Support

FAR = 999
"""Days, for a runner that leaves support later than anybody is told of, or not at all."""

A_DAY = timedelta(days=1)


class Presence(Enum):
    """A runner that is stopped, pending or in a status that nobody knows is neither."""

    HERE = "here"
    AWAY = "away"
    NEITHER = "neither"


class Sight(NamedTuple):
    """One runner in one reading.

    `at` is when it was read, for a runner that is away. `is_paused` is True while somebody holds
    it, False once it is at work again. `leaves_within` is the first of the days that are told of,
    `leaves_about` the same but a day later, so that a date that wavers does not arm it again;
    `follows` says that it is not expected to leave because it updates itself.
    """

    presence: Presence
    at: datetime | None = None
    is_paused: bool | None = None
    is_out: bool | None = None
    leaves_within: int | None = None
    leaves_about: int | None = None
    follows: bool = False
    version: str = ""
    has_update: bool | None = None


def sight_of(assessed: Assessment, at: datetime) -> Sight:
    runner, forecast = assessed.runner, assessed.judged.support
    presence, span = _presence(runner), None
    if runner.auto_updates is not True or _is_at_work(runner):
        span = assessed.judged.leaves_in
    return Sight(
        presence,
        at if presence is Presence.AWAY else None,
        _PAUSED.get(runner.status or ""),
        _OUT.get(assessed.support),
        _within(span) if span is not None else None,
        _within(span - A_DAY) if span is not None else None,
        forecast.basis is Basis.FOLLOWS,
        (runner.version or "")[:100],
        assessed.has_update if runner.version else None,
    )


def _is_at_work(runner: Runner) -> bool:
    """One that updates itself does so only then; that it is down for a while is no news of its
    version."""
    return runner.status == Status.RUNNING and runner.connected is not False


def _presence(runner: Runner) -> Presence:
    if runner.status == Status.UNKNOWN:
        return Presence.AWAY
    if runner.status not in _PAUSED:
        return Presence.NEITHER
    return Presence.AWAY if runner.connected is False else Presence.HERE


def _within(span: timedelta) -> int:
    return next((days for days in LEAVES_WITHIN if span <= timedelta(days=days)), FAR)


_PAUSED: dict[str, bool] = {Status.RUNNING: False, Status.PAUSED: True, Status.PAUSING: True}

_OUT = {Support.SUPPORTED: False, Support.ENDING: False, Support.UNSUPPORTED: True}
