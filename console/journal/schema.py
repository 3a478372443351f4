"""The tables. Migrations make them; a test holds the two equal.

A runner and an account are named once and numbered, because a change of them must be a small row.
Moments are numbers, as `storing` makes them; texts are those of `console.fleet.changes`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from console.fleet.changes import TOLD

Number = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

accounts = Table(
    "accounts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    UniqueConstraint("name"),
)

runners = Table(
    "runners",
    metadata,
    Column("number", Number, primary_key=True),
    Column("account", Integer, nullable=False),
    Column("runner_id", Text, nullable=False),
    *(Column(what.value, Text, nullable=False) for what in TOLD),
    Column("first_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("gone", Boolean, nullable=False),
    UniqueConstraint("account", "runner_id"),
)
"""What each runner was last seen to be. `seen_at` is when that was seen to be different."""

changes = Table(
    "changes",
    metadata,
    Column("number", Number, primary_key=True),
    Column("account", Integer, nullable=False),
    Column("runner", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "runner", "at"),
    Index(None, "account", "at"),
)

releases = Table(
    "releases",
    metadata,
    Column("account", Integer, primary_key=True, autoincrement=False),
    Column("line", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("released_at", BigInteger),
    Column("first_seen_at", BigInteger, nullable=False),
)

lessons = Table(
    "lessons",
    metadata,
    Column("runner", BigInteger, primary_key=True, autoincrement=False),
    Column("unmoved_at", BigInteger),
    Column("unmoved_version", Text, nullable=False),
    Column("track_changed_at", BigInteger),
    Column("track_left", Text, nullable=False),
    Column("away_version", Text, nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("number", Number, primary_key=True),
    Column("account", Integer, nullable=False),
    Column("run", Text, nullable=False),
    Column("operation", Integer, nullable=False),
    Column("plan_id", Text, nullable=False),
    Column("action_id", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("runner_id", Text, nullable=False),
    Column("runner_name", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("face", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    UniqueConstraint("run", "operation"),
    Index(None, "account", "started_at"),
    Index(None, "account", "runner_id", "started_at"),
)
"""One row an operation, kept up to date. An operation's number is its own within one `run`."""
