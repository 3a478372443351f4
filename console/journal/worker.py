"""A thread for one thing at a time, which nobody waits for when the program ends: a database that
hangs must not keep it from ending."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Worker:
    """The thread starts with the first job. Jobs are done in their order, one at a time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, job: Callable[[], T]) -> T:
        """What the job returns or raises. Giving up the wait does not stop the job."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()

        def done() -> None:
            try:
                result = job()
            except BaseException as error:
                _tell(loop, answer, answer.set_exception, error)
            else:
                _tell(loop, answer, answer.set_result, result)

        self._jobs.put(done)
        return await answer

    async def end(self, last: Callable[[], None], seconds: float) -> None:
        """The thread ends after a last job, which is waited for at most so long."""
        if self._thread is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.run(last)
        self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _tell(
    loop: asyncio.AbstractEventLoop,
    answer: asyncio.Future[Any],
    tell: Callable[[Any], None],
    value: object,
) -> None:
    def told() -> None:
        if not answer.done():
            tell(value)

    with suppress(RuntimeError):  # the loop has ended: there is nobody to tell
        loop.call_soon_threadsafe(told)
