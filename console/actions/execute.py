"""Carries out an agreed plan: reads the fleet afresh, plans again, calls, and watches each runner.

Success is what the runner itself reports afterwards. A command is never sent twice: when the answer
to it is lost, the runner is watched as if it had been accepted, and told as such.
"""

import asyncio
import itertools
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import timedelta
from types import TracebackType
from typing import Literal, Self
from uuid import uuid4

from console.actions.action import Action, Progress
from console.actions.plan import Plan, Step, plan
from console.api.client import RunnerApi
from console.errors import ConsoleError
from console.fleet.snapshot import Operation, Phase, Runner, Status
from console.fleet.store import FleetStore

AT_ONCE = 5
"""How many runners of one plan are called at the same time; the rest wait for their turn."""

NO_ANSWER = "The answer to the command was lost; it was not sent again."
FLEET_UNREADABLE = "Nothing was sent, because the fleet could not be read just before."
GONE = "It is no longer in the account."
NOT_SENT = "Nothing was sent, because this console stopped before its turn."
NOT_WATCHED = "This console stopped watching it."

_AWAY = (Status.STOPPING, Status.STOPPED, Status.PENDING, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one runner of a plan. "skipped" was refused when it was planned again."""

    runner: Runner
    phase: Phase | Literal["skipped"]
    sentence: str

    @property
    def is_success(self) -> bool:
        return self.phase == Phase.DONE


@dataclass(frozen=True, slots=True)
class Mandate:
    """The plan that an action on a runner belongs to, and who agreed to it."""

    plan_id: str
    who: str


class Executor:
    """Owns every action under way in this process; leaving its context stops watching them, which
    undoes nothing of what was already asked of the API."""

    def __init__(self, api: RunnerApi, store: FleetStore, *, who: str = "") -> None:
        self._api = api
        self._store = store
        self._who = who
        self._ids = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def start(self, agreed: Plan, *, plan_id: str = "", who: str = "") -> None:
        """Executes in the background; how far it is shows in the snapshot's operations. `who`
        agreed to it, where that is not the user of this process."""
        task = asyncio.create_task(self._drain(agreed, plan_id, who))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def finished(self) -> None:
        """Waits until all that was started has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def execute(
        self,
        agreed: Plan,
        *,
        wait: timedelta | None = None,
        plan_id: str = "",
        who: str = "",
    ) -> AsyncGenerator[Outcome, None]:
        """One outcome a runner, as they come, each also recorded as an operation. `wait` caps the
        patience of the action. Parts of one plan that are executed apart share a `plan_id`."""
        mandate = Mandate(plan_id or uuid4().hex, who or self._who)
        snapshot = await self._store.refresh()
        if snapshot.problem is not None:
            for step in agreed.allowed:
                operation = self._begun(agreed.action, step, mandate)
                yield self._end(operation, step.runner, Phase.FAILED, FLEET_UNREADABLE)
            return
        ids = [step.runner.id for step in agreed.allowed]
        fresh = plan(agreed.action, ids, snapshot, self._store.now)
        for step in fresh.refused:
            reason = step.refusal or ""
            self._end(self._begun(agreed.action, step, mandate), step.runner, Phase.FAILED, reason)
            yield Outcome(step.runner, "skipped", reason)
        patience = min(wait, agreed.action.patience) if wait is not None else agreed.action.patience
        turns = asyncio.Semaphore(AT_ONCE)
        tasks = [
            asyncio.create_task(
                self._one(
                    self._begun(fresh.action, step, mandate), fresh.action, step, turns, patience
                )
            )
            for step in fresh.allowed
        ]
        try:
            for next_outcome in asyncio.as_completed(tasks):
                yield await next_outcome
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _drain(self, agreed: Plan, plan_id: str, who: str) -> None:
        async for _ in self.execute(agreed, plan_id=plan_id, who=who):
            pass

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            task.get_loop().call_exception_handler(
                {"message": "an action ended by a fault of ours", "exception": task.exception()}
            )

    async def _one(
        self,
        operation: Operation,
        action: Action,
        step: Step,
        turns: asyncio.Semaphore,
        patience: timedelta,
    ) -> Outcome:
        runner = step.runner
        self._store.record(operation)
        phase, note = Phase.FAILED, NOT_SENT
        try:
            async with turns:
                phase, note = Phase.NOT_SEEN, NOT_WATCHED
                lost = await self._call(action, runner)
            if lost and not lost.may_have_arrived:
                return self._end(operation, runner, Phase.FAILED, str(lost))
            operation = replace(
                operation,
                phase=Phase.UNDER_WAY,
                changed=self._store.now,
                note=NO_ANSWER if lost else "",
            )
            self._store.record(operation)
            return await self._watch(action, operation, runner, patience)
        except BaseException:
            self._end(operation, runner, phase, note)
            raise

    async def _call(self, action: Action, runner: Runner) -> ConsoleError | None:
        """The error that came instead of an answer, if one did."""
        try:
            await action.call(self._api, runner.id)
        except ConsoleError as error:
            return error
        return None

    def _begun(self, action: Action, step: Step, mandate: Mandate) -> Operation:
        """Not recorded yet."""
        now, runner = self._store.now, step.runner
        return Operation(
            id=next(self._ids),
            action_id=action.id,
            label=action.label,
            doing=action.doing,
            runner_id=runner.id,
            runner_name=runner.name,
            phase=Phase.ASKED,
            started=now,
            changed=now,
            plan_id=mandate.plan_id,
            who=mandate.who,
            expected=" ".join(step.consequences),
        )

    async def _watch(
        self, action: Action, operation: Operation, before: Runner, patience: timedelta
    ) -> Outcome:
        left = False
        while True:
            snapshot = await self._store.news()
            runner = snapshot.by_id.get(before.id, before)
            if snapshot.taken is not None and snapshot.taken >= operation.changed:
                if before.id not in snapshot.by_id:
                    return self._end(operation, before, Phase.FAILED, GONE)
                left = left or runner.connected is False or runner.status in _AWAY
                progress = Progress(before, runner, left)
                if action.is_done(progress):
                    return self._end(operation, runner, Phase.DONE, operation.note)
                if failure := action.has_failed(progress):
                    return self._end(operation, runner, Phase.FAILED, failure)
            if self._store.now - operation.started >= patience:
                return self._end(operation, runner, Phase.NOT_SEEN, operation.note)

    def _end(self, operation: Operation, runner: Runner, phase: Phase, sentence: str) -> Outcome:
        self._store.record(replace(operation, phase=phase, changed=self._store.now, note=sentence))
        return Outcome(runner, phase, sentence)
