"""A store that tells what it is told to tell, and a journal on it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, event, text

from console.fleet.memory import NOTHING_REMEMBERED, Memory
from console.fleet.snapshot import Operation, Runner
from console.fleet.store import FleetStore
from console.journal.databases import Database
from console.journal.engines import reading_engine
from console.journal.journal import Journal, open_journal
from tests.console.fleets import HEALTHY, NOW
from tests.console.stage import no_wait


class ToldStore(FleetStore):
    """Each telling is one good reading, `seconds` after NOW."""

    def __init__(self, memory: Memory = NOTHING_REMEMBERED) -> None:
        self.seconds = 0.0

        async def nothing() -> Iterable[Any]:
            return ()

        super().__init__(nothing, clock=self._clock_of_test, memory=memory)

    def see(self, *runners: Runner, at: float, **fields: Any) -> None:
        self.seconds = at
        same = runners == self.snapshot.runners
        fleet = self.snapshot.runners if same else runners
        self._publish(replace(self.snapshot, runners=fleet, taken=self.now, **fields))

    def see_operations(self, *operations: Operation) -> None:
        self._publish(replace(self.snapshot, operations=operations))

    def _clock_of_test(self) -> datetime:
        return moment(self.seconds)


@asynccontextmanager
async def recording(
    database: Database, store: ToldStore | None = None, **options: Any
) -> AsyncIterator[tuple[ToldStore, Journal]]:
    store = store or ToldStore()
    chosen: dict[str, Any] = {"account": "eu", "face": "terminal", "who": "ada"}
    chosen |= {"history_days": 400, "sleep": no_wait} | options
    async with open_journal(database, store, **chosen) as journal:
        yield store, journal


def moment(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def fleet_of(size: int) -> tuple[Runner, ...]:
    return tuple(
        replace(HEALTHY, id=f"00000000-0000-4000-8000-{number:012}", name=f"runner-{number}")
        for number in range(size)
    )


def rows(database: Database, query: str) -> list[Row[Any]]:
    engine = reading_engine(database)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text(query)).all())
    finally:
        engine.dispose()


class Statements:
    """Counts what is sent to any database."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def __enter__(self) -> "Statements":
        event.listen(Engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._count)

    def _count(self, connection: Any, cursor: Any, statement: str, *_: object) -> None:
        self.sent.append(statement)
