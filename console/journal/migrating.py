"""Brings the tables up to date, in one transaction; who comes second finds it done."""

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, inspect, text

from console.journal.revisions import is_at_head

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_236_001
"""PostgreSQL's advisory lock for this; SQLite's transactions lock from their beginning."""

ALEMBIC = Lock()
"""Alembic keeps what it works on in a module, so in one process only one thread may use it."""


def bring_up_to_date(engine: Engine) -> None:
    """Raises NewerHistory, before anything is written."""
    with engine.begin() as connection:
        if is_at_head(revision(connection)):
            return
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            if is_at_head(revision(connection)):
                return
        upgrade(connection)


def revision(connection: Connection) -> str | None:
    """None before the first migration."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with ALEMBIC:
        command.upgrade(config, "head")
