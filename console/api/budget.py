"""The client's own request budget, so that this console never starves the account's other users.

The vendor allows 1000 requests a minute; the default here is 300, with at most eight in flight.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

WINDOW = 60.0
"""Seconds over which requests are counted."""

IN_FLIGHT = 8


class RequestBudget:
    """Lets at most `per_minute` requests start in any 60 seconds, and eight be under way at once.

    A minute's worth may start at once, as a large fleet is read in a burst. `clock` is in seconds
    and must not jump.
    """

    def __init__(
        self,
        per_minute: int,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._sleep = sleep
        self._started: deque[float] = deque()
        self._turn = asyncio.Lock()
        self._places = asyncio.Semaphore(IN_FLIGHT)

    @property
    def remaining(self) -> int:
        """How many requests could start now without waiting."""
        self._forget()
        return self._per_minute - len(self._started)

    @property
    def has_room(self) -> bool:
        """Whether half of the minute is left, so that what can wait need not hold up the rest."""
        return self.remaining * 2 > self._per_minute

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Waits for a place in flight and in the minute, and holds the first until it is left."""
        async with self._places:
            async with self._turn:
                while self.remaining <= 0:
                    await self._sleep(max(0.01, self._started[0] + WINDOW - self._clock()))
                self._started.append(self._clock())
            yield

    def _forget(self) -> None:
        now = self._clock()
        while self._started and self._started[0] + WINDOW <= now:
            self._started.popleft()
