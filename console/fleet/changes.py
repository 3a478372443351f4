"""What is different between two readings of the fleet, as events. Polls that bring nothing new
bring no event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.fleet.snapshot import Runner


class What(StrEnum):
    """What of a runner was seen to be different."""

    JOINED = "joined"
    LEFT = "left"
    NAME = "name"
    STATUS = "status"
    CONNECTED = "connected"
    VERSION = "version"
    TRACK = "track"
    SUPPORT = "support"
    AUTO_UPDATES = "auto_updates"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, seen at `at`; it happened between then and the reading before. The texts are
    the API's, "" where it said nothing; "yes" and "no" stand for true and false."""

    runner_id: str
    runner_name: str
    what: What
    before: str
    after: str
    at: datetime


def _flag(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


TOLD: Mapping[What, Callable[[Runner], str]] = {
    What.NAME: lambda runner: runner.name,
    What.STATUS: lambda runner: runner.status or "",
    What.CONNECTED: lambda runner: _flag(runner.connected),
    What.VERSION: lambda runner: runner.version or "",
    What.TRACK: lambda runner: runner.track or "",
    What.SUPPORT: lambda runner: runner.api_support or "",
    What.AUTO_UPDATES: lambda runner: _flag(runner.auto_updates),
    What.RESTRICTED: lambda runner: _flag(runner.restricted),
}
"""What is watched of a runner, and how each is told as text."""


def changes(
    before: Mapping[str, Runner], after: Mapping[str, Runner], at: datetime
) -> tuple[Change, ...]:
    """The differences between two readings by runner id, in the order of `after`; those that are
    gone come last. Objects that are the same are not looked into."""
    found: list[Change] = []
    for runner_id, runner in after.items():
        old = before.get(runner_id)
        if old is runner:
            continue
        if old is None:
            found.append(Change(runner_id, runner.name, What.JOINED, "", runner.name, at))
            continue
        found += [
            Change(runner_id, runner.name, what, told(old), told(runner), at)
            for what, told in TOLD.items()
            if told(old) != told(runner)
        ]
    found += [
        Change(runner_id, runner.name, What.LEFT, runner.name, "", at)
        for runner_id, runner in before.items()
        if runner_id not in after
    ]
    return tuple(found)
