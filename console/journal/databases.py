"""Where the history is kept. Nothing is opened or made here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from console.addresses import SQLITE

PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Database:
    """SQLite's file, or PostgreSQL's address, which may hold a password and is in no repr.
    `patience` is how long to wait for a lock or for a server, in seconds. `begin` is called before
    a file that does not exist is made, and may make it with something in it."""

    path: Path | None = None
    address: str = field(default="", repr=False)
    patience: float = PATIENCE_SECONDS
    begin: Callable[[Path], None] | None = None


def database_at(address: str | None) -> Database:
    """The database of a setting that has been checked; without one the file in the user's folder
    for data."""
    if address is None:
        import platformdirs

        folder = Path(platformdirs.user_data_dir("maia-console", appauthor=False))
        return Database(folder / "journal.sqlite3")
    if address.startswith(SQLITE):
        return Database(Path(address.removeprefix(SQLITE)).expanduser())
    return Database(address=address)
