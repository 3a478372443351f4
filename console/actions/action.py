"""What an action is: one value that says everything about it. The list of them is the catalogue."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from console.fleet.snapshot import Runner, Snapshot

if TYPE_CHECKING:
    from console.api.client import RunnerApi


class Danger(StrEnum):
    """The ceremony before an action, the same everywhere: safe, at once; disruptive, ask;
    destructive, type the runner's name."""

    SAFE = "safe"
    DISRUPTIVE = "disruptive"
    DESTRUCTIVE = "destructive"


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been seen of a runner since the call: `left` once it was away, that is not
    connected, or stopping, stopped, pending or unknown, in any reading."""

    before: Runner
    now: Runner
    left: bool


@dataclass(frozen=True, slots=True)
class Action:
    """One action. Actions that share a `key` or a `command` are choices of each other.

    `refuse` gives the reason in a sentence, or None; `consequences` are sentences without the
    runner's name; `is_done` judges by what the runner itself reports, `has_failed` gives the
    sentence once it is sure that it never will be; `patience` is how long to watch at most;
    `disturbs` says that it holds up work on the runner.
    """

    id: str
    command: str
    choice: str
    key: str
    label: str
    doing: str
    explains: str
    danger: Danger
    patience: timedelta
    refuse: Callable[[Runner], str | None]
    consequences: Callable[[Runner, Snapshot, datetime], tuple[str, ...]]
    call: Callable[["RunnerApi", str], Awaitable[None]]
    is_done: Callable[[Progress], bool]
    has_failed: Callable[[Progress], str | None] = lambda progress: None
    disturbs: bool = False


DRAIN_PATIENCE = timedelta(hours=13)
"""The vendor's charts let a drain take 12 hours; one more to come back."""

SETTING_PATIENCE = timedelta(minutes=2)
"""A changed setting is accepted with 202 and shows shortly afterwards."""
