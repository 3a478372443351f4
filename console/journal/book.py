"""The database as the recorder has it: opened when first needed, and anew after trouble."""

from datetime import datetime
from typing import TYPE_CHECKING

from console.journal.databases import Database
from console.journal.origin import Origin
from console.journal.unsaved import Unsaved

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Book:
    """Every call belongs to one thread, and raises whatever the database raises. SQLAlchemy is
    loaded with the first."""

    def __init__(self, database: Database, origin: Origin) -> None:
        self._database = database
        self._origin = origin
        self._open: Engine | None = None

    def write(self, unsaved: Unsaved) -> frozenset[str]:
        """Returns the ids of runners that should be looked at again."""
        from console.journal.writing import write

        with self._engine().begin() as connection:
            return write(connection, unsaved, self._origin)

    def forget_a_slice(self, before: datetime) -> bool:
        """Whether there may be more to forget."""
        from console.journal.retention import forget_a_slice

        with self._engine().begin() as connection:
            return forget_a_slice(connection, self._origin.account, before)

    def end_unwatched(self, now: datetime) -> None:
        from console.journal.retention import end_unwatched

        with self._engine().begin() as connection:
            end_unwatched(connection, self._origin.account, now)

    def close(self) -> None:
        engine, self._open = self._open, None
        if engine is not None:
            engine.dispose()

    def _engine(self) -> "Engine":
        from console.journal.engines import writing_engine

        path, begin = self._database.path, self._database.begin
        if path is not None and not path.exists():
            self.close()
            if begin is not None:
                begin(path)
        if self._open is None:
            self._open = writing_engine(self._database)
        return self._open
