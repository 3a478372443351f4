"""What is remembered of a runner from one reading to the next, and what fires in between. Pure.

The first sight of a runner fires nothing: what was so before is not news.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from console.notices.rules import Rule
from console.notices.sight import FAR, Presence, Sight


class Known(NamedTuple):
    """`is_lost` is also True of a runner that was found away and not paused. `away_since` is when
    it was first seen away, while nobody held it. `was_paused` stays True of a paused runner that
    goes away, until it is at work again. `told_within` is the first of the days before leaving
    support that are over, told or found so, for `version`. None is what no reading has told yet."""

    is_lost: bool
    away_since: datetime | None
    was_paused: bool
    is_out: bool | None
    told_within: int | None
    version: str
    has_update: bool | None


class Fired(NamedTuple):
    """`days` are those before leaving support."""

    rule: Rule
    days: int = 0


def found(sight: Sight) -> Known:
    """What is known of a runner after it was seen for the first time."""
    return Known(
        is_lost=sight.presence is Presence.AWAY and sight.is_paused is not True,
        away_since=None,
        was_paused=sight.is_paused is True,
        is_out=sight.is_out,
        told_within=_first_within(sight),
        version=sight.version,
        has_update=sight.has_update,
    )


def step(
    known: Known, sight: Sight, *, is_busy: bool, two_polls: timedelta
) -> tuple[Known, tuple[Fired, ...]]:
    """One more reading. `is_busy` says that an action of this console is under way on the runner;
    `two_polls` is how far apart two readings of a runner that is away are at least."""
    was_paused = known.was_paused if sight.is_paused is None else sight.is_paused
    since = None
    if sight.presence is Presence.AWAY and not (was_paused or is_busy):
        since = known.away_since or sight.at
    is_gone = since is not None and sight.at is not None and sight.at - since >= two_polls
    is_back = known.is_lost and sight.presence is Presence.HERE
    told_within = _told_within(known, sight)
    fires = (
        (is_gone and not known.is_lost, Fired(Rule.RUNNER_LOST)),
        (is_back, Fired(Rule.RUNNER_RECOVERED)),
        (sight.is_out is True and known.is_out is False, Fired(Rule.LEFT_SUPPORT)),
        (
            sight.leaves_within is not None
            and known.told_within is not None
            and sight.leaves_within < known.told_within,
            Fired(Rule.LEAVES_SUPPORT, sight.leaves_within or 0),
        ),
        (
            sight.has_update is True and known.has_update is False,
            Fired(Rule.UPDATE_AVAILABLE),
        ),
    )
    after = Known(
        is_lost=(known.is_lost or is_gone) and not is_back,
        away_since=since,
        was_paused=was_paused,
        is_out=known.is_out if sight.is_out is None else sight.is_out,
        told_within=told_within,
        version=sight.version or known.version,
        has_update=known.has_update if sight.has_update is None else sight.has_update,
    )
    return after, tuple(fired for is_so, fired in fires if is_so)


def _told_within(known: Known, sight: Sight) -> int | None:
    """A date that comes nearer is told, one that goes away arms what lies before it again. Without
    a date only another version does: a runner that is down for a while has none either."""
    told = known.told_within
    if told is None:
        return _first_within(sight)
    if sight.leaves_within is not None and sight.leaves_about is not None:
        return min(sight.leaves_within, max(told, sight.leaves_about))
    is_other_version = bool(sight.version and known.version and sight.version != known.version)
    return FAR if is_other_version else told


def _first_within(sight: Sight) -> int | None:
    return FAR if sight.leaves_within is None and sight.follows else sight.leaves_within
