"""Reads who uses the runners, when somebody wants to know: lazily, few calls at once, kept for
minutes, and out of the way of the poll.

Our own errors become the trouble of the part that could not be read, which is tried again after a
minute; anything else is a fault of ours and ends the reading.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from console.api.paging import together
from console.errors import ConsoleError
from console.fleet import usage_calls
from console.fleet.kinds import is_streaming
from console.fleet.problems import problem_kind
from console.fleet.snapshot import ProblemKind
from console.fleet.store import FleetStore
from console.fleet.usage import UNREAD, Part, Project, Trouble, Usage
from console.fleet.usage_calls import Found
from console.fleet.usage_needs import RETRY, Needs, needs

if TYPE_CHECKING:
    from console.api.client import RunnerApi

Item = TypeVar("Item")
Call = Coroutine[Any, Any, None]

AT_ONCE = 3
"""How many of its calls are under way at the same time; the API client lets eight through."""

FAILURES_IN_A_ROW = 5
"""After so many the API is left alone for `RETRY`, however much is still unread."""

LONGEST_WAIT_FOR_ROOM = 10
"""Seconds a call waits for the poll at most, where the poll alone uses half of the budget."""

STAGES = 3
"""Projects lead to their environments, and those to their schedules."""

_OF_ONE_PLACE = (ProblemKind.NOT_ALLOWED, ProblemKind.REFUSED)
"""Failures that say nothing about the next call."""


class UsageReader:
    """Puts what it reads into the store's snapshot. Owns its reading: leaving its context ends it.

    `sleep` waits seconds and is for tests to replace.
    """

    def __init__(
        self,
        api: "RunnerApi",
        store: FleetStore,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self._store = store
        self._sleep = sleep
        self._places = asyncio.Semaphore(AT_ONCE)
        self._usage = store.snapshot.usage
        self._wanted: frozenset[str] = frozenset()
        self._task: asyncio.Task[None] | None = None
        self._failures = 0
        self._rests_until: datetime | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def want(self, runner_ids: Iterable[str]) -> None:
        """Has what is missing or too old for these runners read soon; returns at once, and does
        nothing where all is fresh or being read. The snapshots that follow tell what was found."""
        new = frozenset(runner_ids) - self._wanted
        if not new or self._is_resting or not self._needs(new):
            return
        self._wanted |= new
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._read_wanted())
            self._task.add_done_callback(self._ended)

    async def read(self, runner_ids: Iterable[str]) -> Usage:
        """The same, awaited. Raises nothing of ours: what could not be read says why."""
        self.want(runner_ids)
        if self._task is not None:
            await asyncio.wait((self._task,))
        return self._store.snapshot.usage

    async def _read_wanted(self) -> None:
        while self._wanted:
            wanted = self._wanted
            self._publish()
            for _ in range(STAGES):
                needed = self._needs(wanted)
                if not needed or self._is_resting:
                    break
                await together(self._calls(needed))
                self._publish()
            self._wanted -= wanted
            self._publish()

    def _publish(self) -> None:
        if self._usage.asked != self._wanted:
            self._usage = replace(self._usage, asked=self._wanted)
        if self._usage is not self._store.snapshot.usage:
            self._store.learn_usage(self._usage)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            return
        self._rests_until = self._store.now + RETRY
        self._wanted = frozenset()
        self._publish()
        task.get_loop().call_exception_handler(
            {
                "message": "who uses the runners is not read, by a fault of ours",
                "exception": task.exception(),
            }
        )

    @property
    def _is_resting(self) -> bool:
        if self._rests_until is None:
            return False
        return timedelta(0) < self._rests_until - self._store.now <= RETRY

    def _needs(self, runner_ids: Collection[str]) -> Needs:
        runners = self._store.snapshot.by_id
        with_streams = any(is_streaming(runners[each]) for each in runner_ids if each in runners)
        return needs(self._usage, runner_ids, self._store.now, with_streams=with_streams)

    def _calls(self, needed: Needs) -> Iterator[Call]:
        if needed.running:
            yield self._read_running()
        if needed.projects:
            yield self._read_projects()
        for project in needed.environments:
            yield self._read_environments(project)
        for project_id in needed.schedules:
            yield self._read_schedules(project_id)
        for project_id in needed.streams:
            yield self._read_streams(project_id)

    async def _read_running(self) -> None:
        part = await self._part(self._usage.running, partial(usage_calls.running, self._api))
        self._usage = replace(self._usage, running=part)

    async def _read_projects(self) -> None:
        part = await self._part(self._usage.projects, partial(usage_calls.projects, self._api))
        ids = {project.id for project in part.items or ()}
        self._usage = replace(
            self._usage,
            projects=part,
            environments=_only(ids, self._usage.environments),
            due=_only(ids, self._usage.due),
            streams=_only(ids, self._usage.streams),
        )

    async def _read_environments(self, project: Project) -> None:
        before = self._usage.environments.get(project.id, UNREAD)
        part = await self._part(before, partial(usage_calls.environments, self._api, project))
        parts = {**self._usage.environments, project.id: part}
        self._usage = replace(self._usage, environments=parts)

    async def _read_schedules(self, project_id: str) -> None:
        before = self._usage.due.get(project_id, UNREAD)
        part = await self._part(before, partial(usage_calls.schedules, self._api, project_id))
        self._usage = replace(self._usage, due={**self._usage.due, project_id: part})

    async def _read_streams(self, project_id: str) -> None:
        before = self._usage.streams.get(project_id, UNREAD)
        part = await self._part(before, partial(usage_calls.streams, self._api, project_id))
        self._usage = replace(self._usage, streams={**self._usage.streams, project_id: part})

    async def _part(
        self, before: Part[Item], read: Callable[[], Awaitable[Found[Item]]]
    ) -> Part[Item]:
        """What `read` finds, or what was known before with the trouble of reading it anew."""
        async with self._places:
            await self._room()
            if self._is_resting:
                return before
            try:
                items, is_cut = await read()
            except ConsoleError as error:
                return replace(before, tried=self._store.now, trouble=self._trouble(error))
        self._failures = 0
        now = self._store.now
        return Part(items, is_cut, taken=now, tried=now)

    async def _room(self) -> None:
        """Waits while the poll may need what is left of the minute's requests."""
        for _ in range(LONGEST_WAIT_FOR_ROOM):
            if self._api.budget.has_room:
                return
            await self._sleep(1.0)

    def _trouble(self, error: ConsoleError) -> Trouble:
        kind = problem_kind(error)
        if kind not in _OF_ONE_PLACE:
            self._failures += 1
        if self._failures >= FAILURES_IN_A_ROW:
            self._failures = 0
            self._rests_until = self._store.now + RETRY
        return Trouble(kind, str(error))


def _only(ids: Collection[str], parts: Mapping[str, Part[Item]]) -> Mapping[str, Part[Item]]:
    return {project_id: part for project_id, part in parts.items() if project_id in ids}
