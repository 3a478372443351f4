"""Keeps the newest snapshot: one poll loop a process, however many look at it.

Our own errors become a problem on the snapshot; anything else is a fault of ours and ends the loop.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.ages import utc_now
from console.errors import ConsoleError
from console.fleet.learning import learnt
from console.fleet.memory import NOTHING_REMEMBERED, Memory
from console.fleet.problems import problem_kind
from console.fleet.reading import runner_from
from console.fleet.snapshot import Operation, Problem, Runner, Snapshot
from console.fleet.usage import Usage
from console.listeners import tell_all

if TYPE_CHECKING:
    from console.api.models.runners import RunnerRecord

Listener = Callable[[Snapshot], None]
Clock = Callable[[], datetime]

BUSY_POLL_SECONDS = 2.0
"""How often the fleet is read while an action is under way, so that its end is seen soon."""

LONGEST_WAIT = timedelta(minutes=5)
"""The most that repeated failures stretch the time to the next poll."""

KEPT_OPERATIONS = 200
"""How many ended operations are remembered; open ones are all kept."""

log = logging.getLogger(__name__)


class FleetStore:
    """Holds the snapshot and replaces it whole.

    `read_runners` is the API call, `memory` what was known before the first reading, `account` what
    the log calls it where there are several. Listeners are told of every new snapshot, in the event
    loop, and must not raise; `subscribe` returns the callable that ends the subscription.
    """

    def __init__(
        self,
        read_runners: "Callable[[], Awaitable[Iterable[RunnerRecord]]]",
        *,
        clock: Clock = utc_now,
        poll_seconds: float = 15.0,
        memory: Memory = NOTHING_REMEMBERED,
        account: str = "",
    ) -> None:
        self._name = f"the runner API of {account}" if account else "the runner API"
        self._read_runners = read_runners
        self._clock = clock
        self._snapshot = Snapshot(poll_seconds=poll_seconds, memory=memory)
        self._listeners: list[Listener] = []
        self._lock = asyncio.Lock()
        self._begun = 0
        self._finished = 0
        self._failures = 0
        self._wake = asyncio.Event()
        self._news = asyncio.Event()

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    @property
    def now(self) -> datetime:
        return self._clock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def news(self) -> Snapshot:
        """Waits for the next snapshot, whatever brought it."""
        await self._news.wait()
        return self._snapshot

    async def run(self) -> None:
        """Polls until cancelled; faster while an action is under way, slower after failures."""
        while True:
            self._wake.clear()
            await self._reading_begun_from_now_on()
            try:
                async with asyncio.timeout(self._seconds_to_next()):
                    await self._wake.wait()
            except TimeoutError:
                continue

    def refresh_soon(self) -> None:
        """Asks the poll loop to read now instead of at its next tick."""
        self._wake.set()

    async def refresh(self) -> Snapshot:
        """A snapshot whose reading began after this call; concurrent callers share one reading."""
        was_failing = self._failures > 0
        await self._reading_begun_from_now_on()
        if was_failing and not self._failures:
            self.refresh_soon()  # the poll loop may be waiting for minutes
        return self._snapshot

    def tell(self) -> None:
        """Tells the listeners again, because something beside the snapshot has become known."""
        self._publish(self._snapshot)

    def learn_usage(self, usage: Usage) -> None:
        """Puts what was read of who uses the runners into the snapshot."""
        self._publish(replace(self._snapshot, usage=usage))

    def record(self, operation: Operation) -> None:
        """Adds an operation, or replaces the one with its id; the oldest ended ones are dropped."""
        others = tuple(each for each in self._snapshot.operations if each.id != operation.id)
        kept = _without_oldest_ended((*others, operation))
        self._publish(replace(self._snapshot, operations=kept))
        if operation.is_open:
            self.refresh_soon()

    async def _reading_begun_from_now_on(self) -> None:
        """Readings are numbered: one that is given up or breaks has begun, but not finished."""
        begun_before = self._begun
        async with self._lock:
            if self._finished <= begun_before:
                self._begun += 1
                await self._read()
                self._finished = self._begun

    async def _read(self) -> None:
        try:
            records = tuple(await self._read_runners())
        except ConsoleError as error:
            self._failures += 1
            self._publish(replace(self._snapshot, problem=self._problem(error)))
            return
        if self._snapshot.problem is not None:
            log.info("%s answers again", self._name)
        self._failures = 0
        now = self._clock()
        runners = self._runners(records)
        since = self._status_since(runners, now)
        self._publish(
            replace(
                self._snapshot,
                runners=runners,
                taken=now,
                problem=None,
                status_since=since,
                memory=learnt(self._snapshot.memory, self._snapshot, runners, now),
            )
        )

    def _runners(self, records: "tuple[RunnerRecord, ...]") -> tuple[Runner, ...]:
        """The same objects as before for runners that have not changed, so that `is` finds them.
        The records are not kept: they are twice as large as what is made of them."""
        known, before_all = self._snapshot.by_id, self._snapshot.runners
        read: dict[str, Runner] = {}
        for record in records:
            read[record.id] = runner_from(record, known.get(record.id))
        runners = tuple(read.values())
        same_all = len(runners) == len(before_all) and all(
            new is old for new, old in zip(runners, before_all, strict=True)
        )
        return before_all if same_all else runners

    def _status_since(self, runners: tuple[Runner, ...], now: datetime) -> Mapping[str, datetime]:
        before = self._snapshot
        if runners is before.runners:
            return before.status_since
        old = before.by_id
        return {
            runner.id: (
                before.status_since[runner.id]
                if runner.id in old and old[runner.id].status == runner.status
                else now
            )
            for runner in runners
        }

    def _problem(self, error: ConsoleError) -> Problem:
        now = self._clock()
        before = self._snapshot.problem
        if before is None:
            log.warning("%s cannot be read: %s", self._name, error)
        return Problem(
            kind=problem_kind(error),
            detail=str(error),
            since=before.since if before else now,
            next_try=now + timedelta(seconds=self._seconds_to_next()),
        )

    def _seconds_to_next(self) -> float:
        if self._failures:
            stretch = float(1 << min(self._failures - 1, 10))
            return min(self._snapshot.poll_seconds * stretch, LONGEST_WAIT.total_seconds())
        if self._snapshot.open_operations:
            return min(BUSY_POLL_SECONDS, self._snapshot.poll_seconds)
        return self._snapshot.poll_seconds

    def _publish(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        tell_all(self._listeners, snapshot)
        self._news.set()
        self._news = asyncio.Event()


def _without_oldest_ended(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    ended = [each.id for each in operations if not each.is_open]
    if len(ended) <= KEPT_OPERATIONS:
        return operations
    dropped = set(ended[:-KEPT_OPERATIONS])
    return tuple(each for each in operations if each.id not in dropped)
