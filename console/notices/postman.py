"""Carries messages to one address, each once, in their order. What cannot be delivered is tried
again after longer and longer waits, and nobody waits for it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from console.journal.worker import Worker
from console.notices.delivery import Address
from console.notices.wording import Message

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]

FIRST_WAIT = 5.0
LONGEST_WAIT = 600.0
"""Seconds between attempts: each wait is twice the one before."""

MOST_WAITING = 100
"""Messages; when there are more, the oldest is given up."""

TOO_OLD = timedelta(days=1)
"""A message that could not be delivered for as long is given up."""


class Postman:
    """Owns a thread, which is left behind when it hangs."""

    def __init__(
        self, address: Address, *, clock: Callable[[], datetime], sleep: Sleep = asyncio.sleep
    ) -> None:
        self._address, self._clock, self._sleep = address, clock, sleep
        self._waiting: deque[tuple[datetime, Message]] = deque()
        self._given_up = 0
        self._is_due = asyncio.Event()
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._trouble = ""
        self._worker = Worker("notices")
        self._task = asyncio.create_task(self._run())

    def post(self, message: Message) -> None:
        self._waiting.append((self._clock(), message))
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popleft()
            self._given_up += 1
        self._is_idle.clear()
        self._is_due.set()

    async def close(self, seconds: float) -> None:
        """Delivers what is left, if that can be done in so many seconds and nothing is wrong."""
        if not self._trouble:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._is_idle.wait()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        if self._waiting:
            log.warning(
                "%d notification(s) to address %s were not sent before the end",
                len(self._waiting),
                self._address.name,
            )
        await self._worker.end(lambda: None, 0.0)

    async def _run(self) -> None:
        waits = _waits()
        while True:
            await self._is_due.wait()
            self._is_due.clear()
            while self._waiting:
                trouble = await self._deliver(self._waiting[0])
                if trouble:
                    self._failed(trouble)
                    await self._sleep(next(waits))
                else:
                    self._works()
                    waits = _waits()
            self._is_idle.set()

    async def _deliver(self, waiting: tuple[datetime, Message]) -> str:
        """Why it could not be; "" when it was, or when it has been given up."""
        posted, message = waiting
        if self._clock() - posted > TOO_OLD:
            self._waiting.popleft()
            self._given_up += 1
            return ""
        trouble = await self._worker.run(partial(self._address.send, message))
        if not trouble and self._waiting and self._waiting[0] is waiting:
            self._waiting.popleft()
        return trouble

    def _failed(self, trouble: str) -> None:
        if not self._trouble:
            log.warning(
                "a notification to address %s was not sent: %s; it is tried again",
                self._address.name,
                trouble,
            )
        self._trouble = trouble

    def _works(self) -> None:
        if self._trouble:
            log.info(
                "notifications to address %s are sent again; %d were given up",
                self._address.name,
                self._given_up,
            )
        self._trouble, self._given_up = "", 0


def _waits() -> Iterator[float]:
    wait = FIRST_WAIT
    while True:
        yield wait
        wait = min(2 * wait, LONGEST_WAIT)
