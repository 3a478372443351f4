"""A plan: what one action would do to which runners, and which are refused, and why.

Pure and cheap, so that it greys out a button, words a dialog and prints a dry run alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from console.actions.action import Action
from console.errors import printable
from console.fleet.kinds import MAIA, STREAMING, is_hosted
from console.fleet.snapshot import Runner, Snapshot, Status
from console.fleet.usage import NOT_ASKED, Usage

READ_ONLY = "This session is read-only."
READ_ONLY_ACCOUNT = "The account {account} is read-only."
GONE = "There is no such runner any more."
HOSTED = "It is hosted by Matillion, which manages it."
UNFAMILIAR = "Its type is not one this console knows, so it is left alone."
UNSAFE_STATUS = "Its status is not one this console knows. Refresh, and look at the vendor's page."
BUSY = "Another action on it is still under way."


@dataclass(frozen=True, slots=True)
class Step:
    """One runner in a plan. A refused step has a reason and no consequences."""

    runner: Runner
    refusal: str | None
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Steps in the order in which the runners were named, made at `made_at` from facts of
    `made_from`, with what was known of who uses them."""

    action: Action
    steps: tuple[Step, ...]
    made_from: datetime | None
    made_at: datetime
    usage: Usage = NOT_ASKED

    @property
    def disturbs(self) -> bool:
        """Whether work on the runners is held up, so that it matters who uses them."""
        return self.action.disturbs

    @cached_property
    def allowed(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.refusal is None)

    @cached_property
    def refused(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.refusal is not None)


def plan(
    action: Action,
    runner_ids: Iterable[str],
    snapshot: Snapshot,
    now: datetime,
    *,
    read_only: bool = False,
    forbidden: str = "",
) -> Plan:
    """The plan for these runners; an id named twice is planned once. `forbidden` is why whoever
    asks may not do it at all, and then the reason for every runner that there is."""
    general = READ_ONLY if read_only else forbidden
    steps = []
    for runner_id in dict.fromkeys(runner_ids):
        runner = snapshot.by_id.get(runner_id)
        if runner is None:
            steps.append(Step(Runner(id=runner_id, name=runner_id), GONE))
            continue
        reason = general or refusal(action, runner, snapshot)
        consequences = () if reason else action.consequences(runner, snapshot, now)
        steps.append(Step(runner, reason, consequences))
    return Plan(action, tuple(steps), snapshot.taken, now, snapshot.usage)


def refusal(action: Action, runner: Runner, snapshot: Snapshot) -> str | None:
    """Why this action must not be done to this runner now, or None. General reasons come first."""
    account = snapshot.by_account.get(runner.account)
    if account is not None and account.is_read_only:
        return READ_ONLY_ACCOUNT.format(account=printable(account.name))
    if is_hosted(runner):
        return HOSTED
    if runner.kind not in (MAIA, STREAMING, None):
        return UNFAMILIAR
    if runner.status not in _FAMILIAR:
        return UNSAFE_STATUS
    if runner.id in snapshot.open_operations:
        return BUSY
    return action.refuse(runner)


_FAMILIAR = frozenset(Status)
