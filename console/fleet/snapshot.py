"""What is known about the fleet at one moment, as frozen values.

No opinions here: what a state means for health, support or safety is said in `console.rules`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from console.fleet.memory import NOTHING_REMEMBERED, Memory
from console.fleet.usage import NOT_ASKED, Usage


class Status(StrEnum):
    """The statuses the product documents; the API may send others, kept as plain text."""

    PENDING = "pending"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class Track(StrEnum):
    """The release tracks; a runner may follow one that nobody has heard of."""

    CURRENT = "current"
    STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Runner:
    """One runner as the API last told it. None always means that the API did not say.

    `status`, `kind`, `provider`, `deployment`, `track` and `api_support` are case-folded API text;
    name and description are raw and hostile until `console.view.text.shown` has made them safe.
    `account` is the name of its profile where several are open, "" where one is.
    """

    id: str
    name: str
    description: str = ""
    kind: str | None = None
    status: str | None = None
    connected: bool | None = None
    provider: str | None = None
    deployment: str | None = None
    auto_updates: bool | None = None
    restricted: bool | None = None
    paused_until: datetime | None = None
    track: str | None = None
    version: str | None = None
    latest_version: str | None = None
    latest_released: datetime | None = None
    update_available: bool | None = None
    api_support: str | None = None
    account: str = ""


class ProblemKind(StrEnum):
    """Why the API could not be read; the sentence for each is in `console.view.words`."""

    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    ADDRESS_NOT_ALLOWED = "address_not_allowed"
    UNREACHABLE = "unreachable"
    THROTTLED = "throttled"
    FAILED = "failed"
    NONSENSE = "nonsense"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """The API has not answered as it should since `since`; the next poll is at `next_try`.
    `account` says whose, where several are open."""

    kind: ProblemKind
    detail: str
    since: datetime
    next_try: datetime
    account: str = ""


@dataclass(frozen=True, slots=True)
class AccountState:
    """One of several accounts that are open together: when it was last read well, None before the
    first time, what is wrong with reading it now, and whether nothing may be done in it."""

    name: str
    taken: datetime | None = None
    problem: Problem | None = None
    is_read_only: bool = False


class Phase(StrEnum):
    """How far an action on one runner has come."""

    ASKED = "asked"
    UNDER_WAY = "under_way"
    DONE = "done"
    FAILED = "failed"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Operation:
    """One action on one runner, from the call until the runner's own state says that it is done.

    `label` and `doing` are the action's own words: "Restart", "restarting". Operations of one plan
    share its `plan_id`; `who` agreed to it, and `expected` is what the plan said of this runner.
    """

    id: int
    action_id: str
    label: str
    doing: str
    runner_id: str
    runner_name: str
    phase: Phase
    started: datetime
    changed: datetime
    note: str = ""
    plan_id: str = ""
    who: str = ""
    expected: str = ""
    account: str = ""

    @property
    def is_open(self) -> bool:
        return self.phase in (Phase.ASKED, Phase.UNDER_WAY)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The whole fleet. Replaced whole, so that two are equal only when they are the same.

    `taken` is when the last good reading was complete, None before the first. `runners` keeps the
    API's order. A problem does not empty it: it keeps the last good reading. `status_since` says
    when this process first saw each runner (by id) in its present status. `memory` is what this
    reading and those before it taught; `usage` who uses the runners, as far as anybody has asked.

    `accounts` are those that are open together, none where only one is. Then `taken` is the oldest
    reading among those that are read well, and `problem` that of the first that is not.
    """

    runners: tuple[Runner, ...] = ()
    taken: datetime | None = None
    problem: Problem | None = None
    operations: tuple[Operation, ...] = ()
    status_since: Mapping[str, datetime] = field(default_factory=dict)
    poll_seconds: float = 15.0
    memory: Memory = NOTHING_REMEMBERED
    usage: Usage = NOT_ASKED
    accounts: tuple[AccountState, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Runner]:
        return {runner.id: runner for runner in self.runners}

    @cached_property
    def open_operations(self) -> Mapping[str, Operation]:
        """The newest open operation of each runner, by runner id."""
        return {each.runner_id: each for each in self.operations if each.is_open}

    @cached_property
    def by_account(self) -> Mapping[str, AccountState]:
        return {account.name: account for account in self.accounts}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with reading each account, in their order."""
        of_each = tuple(each.problem for each in self.accounts if each.problem is not None)
        return of_each or ((self.problem,) if self.problem is not None else ())

    @property
    def is_cut_off(self) -> bool:
        """Whether it cannot be read now; of several accounts, none of them."""
        return self.problem is not None and len(self.problems) >= len(self.accounts)

    @cached_property
    def last_known(self) -> frozenset[str]:
        """The accounts whose runners are shown as they were last read, because they cannot be read
        now; empty where only one is open."""
        return frozenset(each.name for each in self.accounts if each.problem is not None)
