"""The tables. Migrations make them; a test holds the two equal.

A runner and an account are named once and numbered, because a change of them must be a small row.
Moments are numbers, as `storing` makes them; texts are those of `console.fleet.changes`. The last
tables are those of `console.access`: they hold a digest of each secret, never the secret.
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

users = Table(
    "users",
    metadata,
    Column("number", Number, primary_key=True),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("signed_in_at", BigInteger),
    UniqueConstraint("key"),
)
"""`key` is the name as it is compared; `password` an Argon2id hash, or "" for one who has none."""

sessions = Table(
    "sessions",
    metadata,
    Column("number", Number, primary_key=True),
    Column("id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("of_user", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("since_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("ended_why", Text, nullable=False),
    UniqueConstraint("id"),
    UniqueConstraint("digest"),
    Index(None, "of_user"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("number", Number, primary_key=True),
    Column("id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("used_at", BigInteger),
    Column("revoked_at", BigInteger),
    UniqueConstraint("id"),
    UniqueConstraint("digest"),
)

screens = Table(
    "screens",
    metadata,
    Column("number", Number, primary_key=True),
    Column("id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("opened_at", BigInteger),
    Column("seen_at", BigInteger),
    Column("revoked_at", BigInteger),
    Column("revoked_by", Text, nullable=False),
    UniqueConstraint("id"),
    UniqueConstraint("digest"),
)
"""`digest` is that of the waiting browser's secret until the screen is opened, then of its own.
`options` is a JSON object of texts."""

invitations = Table(
    "invitations",
    metadata,
    Column("number", Number, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    UniqueConstraint("digest"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Number, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("who_key", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("target_key", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Index(None, "at"),
)
"""`who_key` and `target_key` are the two as they are compared when one looks for a part of them."""

access_changes = Table(
    "access_changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
)
"""One row. Whoever changes users, sessions, tokens or screens counts it up first, so holds it."""
