"""What a console would have seen of the demo fleet before the world began: made up backwards from
how the fleet is now, so that a demo has a history to look at.

The API itself tells no history; this is for a console's own journal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.demo.lifecycle import following_after
from console.demo.releases import LINES, Line, Release, history, standing
from console.demo.runners import Runner, details

REMEMBERED = timedelta(days=120)
BY_HAND_AFTER = timedelta(days=2, hours=5)
BY_HAND_EVERY = 4
"""Runners without auto-update were brought to every so many releases, by hand."""

LATELY = timedelta(hours=3)
"""How long ago a runner came into the state that it is in now, unless that is running."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One runner as the API would have told it at a moment."""

    at: datetime
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class OneRelease:
    line: Line
    version: str
    released_at: datetime


def past_releases(now: datetime) -> tuple[OneRelease, ...]:
    """All releases of the remembered time, and those that were in support when it began."""
    return tuple(
        OneRelease(line, each.version, each.released_at)
        for line in LINES
        for each in _releases(line, now)
    )


def past_sights(runners: tuple[Runner, ...], now: datetime) -> Iterator[Sight]:
    """For each runner its sights, oldest first; the last one is as it is now."""
    for runner in runners:
        yield from _sights(runner, now)


def _sights(runner: Runner, now: datetime) -> Iterator[Sight]:
    began = now - REMEMBERED
    working = runner
    if runner.status not in ("running", "pending"):
        working = replace(runner, status="running", connected=True, paused_until=None)
    moves = _moves(runner, now)
    moments = {at for at, _ in moves if at > began} | {began}
    moments |= {
        each.released_at for each in _releases(runner.line, now) if each.released_at > began
    }
    for at in sorted(moments):
        version = next((each for moved, each in reversed(moves) if moved <= at), runner.version)
        yield _sight(replace(working, version=version), at)
    if working != runner or not runner.connected:
        yield _sight(runner, now - LATELY)


def _sight(runner: Runner, at: datetime) -> Sight:
    return Sight(at, details(runner, {runner.line: standing(runner.line, at)}))


def _moves(runner: Runner, now: datetime) -> list[tuple[datetime, str]]:
    """When it came to which version, oldest first, ending with the one that it has."""
    releases = _releases(runner.line, now)
    versions = [each.version for each in releases]
    if runner.version not in versions:
        return []
    reached = versions.index(runner.version)
    follows = runner.auto_updates and runner.floats and runner.connected
    step = 1 if follows else BY_HAND_EVERY
    moves = []
    for place in range(reached, -1, -step):
        after = following_after(runner) if follows else BY_HAND_AFTER
        moves.append((min(releases[place].released_at + after, now), versions[place]))
    return moves[::-1]


def _releases(line: Line, now: datetime) -> list[Release]:
    """Oldest first."""
    count = {"current": 44}.get(line, 8)
    return list(reversed(history(line, now, count)))
