"""Carries out a plan over several accounts: each part by the executor of its account, which reads
that account afresh, so that one that cannot be reached holds up no other."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from console.actions.execute import Executor, Outcome
from console.actions.plan import READ_ONLY_ACCOUNT, Plan, Step
from console.errors import printable


class RoutingExecutor:
    """`executors` are by account; one that has none is read-only. They belong to whoever opened
    them."""

    def __init__(self, executors: Mapping[str, Executor]) -> None:
        self._executors = executors

    def start(self, agreed: Plan, *, plan_id: str = "", who: str = "") -> None:
        """Executes in the background; how far it is shows in the snapshot's operations. `who`
        agreed to it, where that is not the user of this process."""
        plan_id = plan_id or uuid4().hex
        for account, part in self._parts(agreed).items():
            self._executors[account].start(part, plan_id=plan_id, who=who)

    async def finished(self) -> None:
        """Waits until all that was started has ended, in every account."""
        for each in self._executors.values():
            await each.finished()

    async def execute(
        self, agreed: Plan, *, wait: timedelta | None = None
    ) -> AsyncGenerator[Outcome, None]:
        """One outcome a runner, as they come from all accounts."""
        plan_id = uuid4().hex
        for step in agreed.allowed:
            if step.runner.account not in self._executors:
                account = printable(step.runner.account)
                yield Outcome(step.runner, "skipped", READ_ONLY_ACCOUNT.format(account=account))
        outcomes: asyncio.Queue[Outcome | None] = asyncio.Queue()

        async def carry_out(account: str, part: Plan) -> None:
            execution = self._executors[account].execute(part, wait=wait, plan_id=plan_id)
            try:
                async with aclosing(execution) as coming:
                    async for outcome in coming:
                        outcomes.put_nowait(_named(outcome, account))
            finally:
                outcomes.put_nowait(None)

        tasks = [asyncio.create_task(carry_out(*each)) for each in self._parts(agreed).items()]
        try:
            for _ in tasks:
                while (outcome := await outcomes.get()) is not None:
                    yield outcome
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _parts(self, agreed: Plan) -> dict[str, Plan]:
        """What of the plan is for each account that can be acted in."""
        steps: dict[str, list[Step]] = {}
        for step in agreed.allowed:
            if step.runner.account in self._executors:
                steps.setdefault(step.runner.account, []).append(step)
        return {account: replace(agreed, steps=tuple(each)) for account, each in steps.items()}


def _named(outcome: Outcome, account: str) -> Outcome:
    """The store of one account does not know its name."""
    return replace(outcome, runner=replace(outcome.runner, account=account))


AnyExecutor = Executor | RoutingExecutor
"""Of one account, or of several."""
