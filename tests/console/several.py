"""Several accounts for tests: each with an API that answers what it is told to, and a clock that is
moved by hand."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

from console.api.models.runners import RunnerRecord
from console.errors import ApiUnreachable
from console.fleet.snapshot import Snapshot
from console.fleet.store import FleetStore
from console.fleet.union import FleetUnion, Member
from tests.console.fleets import NOW

DOWN = ApiUnreachable("connect", "refused")


def record(runner_id: str, status: str = "RUNNING", **more: object) -> RunnerRecord:
    return RunnerRecord.model_validate(
        {
            "agentId": runner_id,
            "name": f"runner-{runner_id}",
            "agentStatus": status,
            "connected": True,
            **more,
        }
    )


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Account:
    """One account and its store. `answer` is what the API says next; `hold` keeps it back."""

    def __init__(self, clock: HandClock, *runner_ids: str, poll_seconds: float = 15.0) -> None:
        self.answer: tuple[RunnerRecord, ...] | Exception = tuple(map(record, runner_ids))
        self.hold: asyncio.Event | None = None
        self.calls = 0
        self.store = FleetStore(self._read, clock=clock, poll_seconds=poll_seconds)

    async def _read(self) -> Iterable[RunnerRecord]:
        self.calls += 1
        answer = self.answer
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def poll(self) -> Snapshot:
        return await self.store.refresh()


class Accounts:
    """The accounts eu and us, each with two runners, as one fleet."""

    def __init__(self, *, read_only: str = "") -> None:
        self.clock = HandClock()
        self.eu = Account(self.clock, "1", "2")
        self.us = Account(self.clock, "3", "4", poll_seconds=30.0)
        each = (("eu", self.eu), ("us", self.us))
        self.fleet = FleetUnion(
            Member(name, account.store, name == read_only) for name, account in each
        )

    @property
    def seen(self) -> Snapshot:
        return self.fleet.snapshot

    async def with_us_lost(self) -> Snapshot:
        """Both were read; then us could not be read for ten minutes, and eu is fresh."""
        await self.fleet.refresh()
        self.us.answer = DOWN
        await self.us.poll()
        self.clock.move(600)
        await self.us.poll()
        await self.eu.poll()
        return self.seen
