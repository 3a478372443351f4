"""Takes from each snapshot what is new and has it written, later and elsewhere.

A snapshot that brings nothing new costs nothing. While the database cannot be written, what was
seen is kept within bounds and tried again, after longer and longer waits.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from console.fleet.memory import NOTHING_REMEMBERED
from console.fleet.snapshot import Snapshot
from console.journal.book import Book
from console.journal.troubles import is_ours, problem_sentence
from console.journal.unsaved import Census, Sighting, Unsaved
from console.journal.worker import Worker

log = logging.getLogger("console.journal")

Sleep = Callable[[float], Awaitable[None]]

FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
"""Seconds between attempts: each wait is twice the one before."""

FORGETTING = timedelta(days=1)


class Recorder:
    """Snapshots go in, and what is new in them is written by a thread of its own."""

    def __init__(
        self,
        book: Book,
        first: Snapshot,
        *,
        history: timedelta,
        clock: Callable[[], datetime],
        sleep: Sleep,
        rest: float = 0.0,
    ) -> None:
        """`first` is what was known before the recording began. The first writing begins after so
        many seconds of `rest`."""
        memory = first.memory if first.taken is None else NOTHING_REMEMBERED
        self._trouble = ""
        self._book = book
        self._history, self._clock, self._sleep = history, clock, sleep
        self._rest = rest
        self._before = Snapshot(memory=memory)
        self._unsaved = Unsaved()
        self._in_work = Unsaved()
        self._doubted: frozenset[str] = frozenset()
        self._is_due = asyncio.Event()
        self._is_closing = asyncio.Event()
        self._is_settled = asyncio.Event()
        self._is_pausing = False
        self._worker = Worker("journal-writer")
        self._waits = _waits()
        self._forget_next: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def problem(self) -> str:
        """Why nothing can be written at present, and what was lost by that, or ""."""
        lost = self._unsaved.lost + self._in_work.lost
        return self._trouble and self._trouble + _lost_words(lost)

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    def see(self, snapshot: Snapshot) -> None:
        """Takes what is new in it. Called in the event loop, and quick."""
        before, self._before = self._before, snapshot
        if snapshot.taken is not None:
            self._see_runners(before, snapshot, snapshot.taken)
        if snapshot.memory is not before.memory:
            self._unsaved.learn(before.memory, snapshot.memory)
        if snapshot.operations is not before.operations:
            known = {operation.id: operation for operation in before.operations}
            self._unsaved.act(snapshot.operations, known)
        if self._unsaved:
            self._is_due.set()
            if not self._is_pausing:
                self._is_settled.clear()

    async def settled(self) -> None:
        """Waits until all that was seen is written, or was found not to be writable now."""
        await self._is_settled.wait()

    async def close(self, seconds: float) -> None:
        """Writes what is left, if that can be done in so many seconds."""
        self._is_closing.set()
        self._is_due.set()
        deadline = asyncio.get_running_loop().time() + seconds
        if self._task is not None:
            await asyncio.wait([self._task], timeout=seconds)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._worker.end(
            self._book.close, max(0.0, deadline - asyncio.get_running_loop().time())
        )

    def _see_runners(self, before: Snapshot, now: Snapshot, at: datetime) -> None:
        reading: dict[str, Sighting] = {}
        if before.taken is None:
            self._unsaved.census = Census(at, frozenset(now.by_id))
        elif at != before.taken:
            doubted, self._doubted = self._doubted, frozenset()
            reading = {each: Sighting(at, now.by_id.get(each)) for each in doubted}
        if now.runners is not before.runners:
            old = before.by_id
            reading |= {
                runner.id: Sighting(at, runner)
                for runner in now.runners
                if old.get(runner.id) is not runner
            }
            reading |= {each: Sighting(at, None) for each in old.keys() - now.by_id.keys()}
        self._unsaved.see(reading)

    async def _run(self) -> None:
        while not self._is_closing.is_set() or self._unsaved:
            if not self._unsaved:
                self._is_settled.set()
            await self._is_due.wait()
            await self._rest_once()
            self._is_due.clear()
            if not self._unsaved or await self._save():
                continue
            if self._is_closing.is_set():
                return
            await self._pause(next(self._waits))
            self._is_due.set()

    async def _rest_once(self) -> None:
        """Before the first writing, which loads what databases need: a fifth of a second of Python,
        in which a front end would rather draw what was read."""
        rest, self._rest = self._rest, 0.0
        if rest:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_closing.wait(), rest)

    async def _save(self) -> bool:
        work, self._unsaved = self._unsaved, Unsaved()
        self._in_work = work
        try:
            doubted = await self._worker.run(partial(self._book.write, work))
            await self._forget()
        except Exception as error:  # whatever a database does, the fleet is shown
            self._failed(work, error)
            with suppress(Exception):
                await self._worker.run(self._book.close)
            return False
        self._in_work = Unsaved()
        self._doubted |= doubted
        self._works_again(work.lost)
        return True

    async def _forget(self) -> None:
        now = self._clock()
        if self._forget_next is not None and now < self._forget_next:
            return
        await self._worker.run(partial(self._book.end_unwatched, now))
        forget = partial(self._book.forget_a_slice, now - self._history)
        while await self._worker.run(forget):
            if self._is_closing.is_set():
                return
        self._forget_next = now + FORGETTING

    def _failed(self, work: Unsaved, error: Exception) -> None:
        self._in_work = Unsaved()
        fault_of_ours = is_ours(error)
        if fault_of_ours:
            self._unsaved.lost += work.size
            self._before = Snapshot()  # the next one is looked at whole
        else:
            self._unsaved.put_back(work)
        was_fine = not self._trouble
        self._trouble = problem_sentence(error)
        if was_fine:
            log.warning("%s", self.problem, exc_info=error if fault_of_ours else None)

    def _works_again(self, lost: int) -> None:
        self._waits = _waits()
        if self._trouble:
            self._trouble = ""
            log.info("the history is written again;%s", _lost_words(lost) or " nothing was lost")

    async def _pause(self, seconds: float) -> None:
        """Ends early when the recording is closed."""
        self._is_pausing = True
        self._is_settled.set()
        naps = [
            asyncio.ensure_future(self._sleep(seconds)),
            asyncio.create_task(self._is_closing.wait()),
        ]
        try:
            await asyncio.wait(naps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._is_pausing = False
            self._is_settled.clear()
            for nap in naps:
                nap.cancel()
            await asyncio.gather(*naps, return_exceptions=True)


def _waits() -> Iterator[float]:
    wait = FIRST_WAIT
    while True:
        yield wait
        wait = min(2 * wait, LONGEST_WAIT)


def _lost_words(lost: int) -> str:
    if not lost:
        return ""
    return f" {lost} change{'' if lost == 1 else 's'} could not be kept."
