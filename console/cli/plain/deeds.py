"""The plans that were agreed to in this dialogue, while they are carried out. How far they are
shows in the snapshots, and is announced from there."""

import asyncio
from collections.abc import Callable

from console.actions.execute import Executor
from console.actions.plan import Plan
from console.actions.routing import RoutingExecutor


class Deeds:
    """Owns the tasks: `close` ends the watching, and takes nothing back. `on_end` is called when
    one of them is over."""

    def __init__(self, executor: Executor | RoutingExecutor, on_end: Callable[[], None]) -> None:
        self._executor = executor
        self._on_end = on_end
        self._tasks: set[asyncio.Task[None]] = set()
        self.has_failed = False

    @property
    def number(self) -> int:
        """How many plans are under way."""
        return len(self._tasks)

    def start(self, agreed: Plan) -> None:
        task = asyncio.create_task(self._carry_out(agreed))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry_out(self, agreed: Plan) -> None:
        async for outcome in self._executor.execute(agreed):
            self.has_failed = self.has_failed or not outcome.is_success

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            task.get_loop().call_exception_handler(
                {"message": "an action ended by a fault of ours", "exception": task.exception()}
            )
        self._on_end()
