"""The database of users: one thread that reads and writes it, and a sentence for its troubles. It
is opened when first needed, and anew after trouble; reading makes neither a file nor tables."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from console.access.refusals import AccessUnavailable
from console.errors import AccessError
from console.journal.databases import Database
from console.journal.troubles import is_ours, trouble_reason
from console.journal.worker import Worker

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

log = logging.getLogger("console.access")

T = TypeVar("T")

UNAVAILABLE = "The database of users is unavailable: {reason}."


class Register:
    """Raises AccessUnavailable for whatever the database raises, and lets our own refusals pass,
    with which a job takes back what it wrote."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._worker = Worker("access")
        self._reading: Engine | None = None
        self._writing: Engine | None = None
        self._file: tuple[int, int] | None = None

    async def read(self, job: Callable[["Connection"], T], without: T) -> T:
        """What the job finds; `without`, where there are no tables of users yet. Older ones are
        brought up to date first, or there would seem to be nobody."""
        return await self._worker.run(lambda: self._guarded(lambda: self._read(job, without)))

    async def write(self, job: Callable[["Connection"], T]) -> T:
        """Does the job in one transaction, in tables of today."""
        return await self._worker.run(lambda: self._guarded(lambda: self._write(job)))

    async def close(self, seconds: float) -> None:
        await self._worker.end(self._close, seconds)

    def _guarded(self, job: Callable[[], T]) -> T:
        try:
            return job()
        except AccessError:
            raise
        except Exception as error:  # whatever a database does, it is a sentence
            self._close()
            fault = is_ours(error)
            if fault:
                log.warning("the database of users met a fault of ours", exc_info=error)
            sentence = UNAVAILABLE.format(reason=trouble_reason(error))
            raise AccessUnavailable(sentence, is_ours=fault) from None

    def _read(self, job: Callable[["Connection"], T], without: T) -> T:
        from console.journal.migrating import revision
        from console.journal.revisions import has_users, is_at_head

        path = self._database.path
        if path is not None and not path.exists():
            return without
        with self._reading_engine().connect() as connection:
            found = revision(connection)
            if is_at_head(found):
                return job(connection)
            if not has_users(found):
                return without
        self._writing_engine()
        with self._reading_engine().connect() as connection:
            return job(connection)

    def _write(self, job: Callable[["Connection"], T]) -> T:
        with self._writing_engine().begin() as connection:
            return job(connection)

    def _reading_engine(self) -> "Engine":
        from console.journal.engines import reading_engine

        if self._reading is None:
            self._reading = reading_engine(self._database)
        return self._reading

    def _writing_engine(self) -> "Engine":
        from console.journal.engines import writing_engine

        path, begin = self._database.path, self._database.begin
        if path is not None and begin is not None and not path.exists():
            begin(path)
        if self._writing is not None and path is not None and _file(path) != self._file:
            self._close()  # another file stands there now
        if self._writing is None:
            self._writing = writing_engine(self._database)
            self._file = None if path is None else _file(path)
        return self._writing

    def _close(self) -> None:
        engines, self._reading, self._writing = (self._reading, self._writing), None, None
        for engine in engines:
            if engine is not None:
                engine.dispose()


def _file(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
