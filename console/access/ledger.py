"""What is to be written into the audit: a queue that never makes anybody wait, and is bounded."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from console.access.audit import AuditEntry, AuditPage, AuditQuery
from console.access.floods import Flood
from console.access.refusals import AccessUnavailable
from console.access.register import Register
from console.journal.storing import LONGEST_TEXT

log = logging.getLogger("console.access")

MOST_QUEUED = 5000
AT_ONCE = 500

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0

FORGETTING = timedelta(hours=1)


class Ledger:
    """`note` is called in the event loop; what it took is written by `run`, or by `flush`."""

    def __init__(self, register: Register, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._register, self._sleep = register, sleep
        self._queue: deque[AuditEntry] = deque()
        self._flood = Flood()
        self._left_out = 0
        self._is_due = asyncio.Event()
        self._is_failing = False
        self._writing: asyncio.Task[bool] | None = None
        self._forgotten: datetime | None = None

    def note(self, entry: AuditEntry) -> None:
        if self._flood.lets_pass(entry):
            self._keep(entry)

    def settle(self, now: datetime) -> None:
        """Notes what was only counted of repeated refusals, once it is time."""
        for entry in self._flood.due(now):
            self._keep(entry)

    def _keep(self, entry: AuditEntry) -> None:
        if len(self._queue) >= MOST_QUEUED:
            self._left_out += 1
            return
        if self._left_out:
            more = f"{entry.detail} " if entry.detail else ""
            entry = replace(entry, detail=f"{more}({self._left_out} before it were not written)")
            self._left_out = 0
        self._queue.append(_bounded(entry))
        self._is_due.set()

    async def run(self) -> None:
        """Writes what comes, for ever; after trouble it is tried again, after longer waits."""
        wait = FIRST_WAIT
        while True:
            await self._is_due.wait()
            if await self.flush():
                wait = FIRST_WAIT
            else:
                await self._sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)

    async def flush(self) -> bool:
        """Whether all of it could be written. Who gives up waiting does not stop the writing."""
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._flush())
        return await asyncio.shield(self._writing)

    def finish(self) -> None:
        """Notes all that was only counted, before the last `flush`."""
        for entry in self._flood.rest():
            self._keep(entry)

    async def close(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)

    async def page(self, query: AuditQuery, limit: int, before: int | None) -> AuditPage:
        from console.access.audit_rows import read_page

        with suppress(AccessUnavailable):
            await self.flush()
        ask = partial(read_page, query=query, limit=limit, before=before)
        try:
            return await self._register.read(ask, without=AuditPage())
        except AccessUnavailable as error:
            return AuditPage(problem=str(error))

    async def _flush(self) -> bool:
        from console.access.audit_rows import write_entries

        size = AT_ONCE
        while self._queue:
            batch = tuple(islice(self._queue, size))
            try:
                await self._register.write(partial(write_entries, entries=batch))
            except AccessUnavailable as error:
                if not error.is_ours:
                    self._failed(error)
                    return False
                size = len(batch) // 2  # one of them is at fault: the others are written
                if not size:
                    self._queue.popleft()
                    self._left_out, size = self._left_out + 1, AT_ONCE
                continue
            self._is_failing = False
            for _ in batch:
                self._queue.popleft()
            await self._forget(batch[-1].at)
        self._is_due.clear()
        return True

    def _failed(self, error: AccessUnavailable) -> None:
        if not self._is_failing:
            log.warning("the audit waits to be written: %s", error)
        self._is_failing = True

    async def _forget(self, now: datetime) -> None:
        from console.access.audit_rows import forget_a_slice

        if self._forgotten is not None and abs(now - self._forgotten) < FORGETTING:
            return
        self._forgotten = now
        with suppress(AccessUnavailable):
            while await self._register.write(partial(forget_a_slice, now=now)):
                continue


def _bounded(entry: AuditEntry) -> AuditEntry:
    """What waits to be written is no larger than what will be stored."""
    texts = {each.name: getattr(entry, each.name) for each in fields(entry) if each.name != "at"}
    long = {
        name: text[: LONGEST_TEXT + 1] for name, text in texts.items() if len(text) > LONGEST_TEXT
    }
    return replace(entry, **long) if long else entry
