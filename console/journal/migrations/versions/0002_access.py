"""Users, sessions, tokens, invitations and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "users",
        _number(),
        *_texts("key", "name", "role", "origin", "password"),
        sa.Column("disabled", sa.Boolean, nullable=False),
        _moment("made_at"),
        _moment("signed_in_at", nullable=True),
        sa.UniqueConstraint("key", name="uq_users_key"),
    )
    op.create_table(
        "sessions",
        _number(),
        *_texts("id", "digest"),
        _moment("of_user"),
        *_texts("address", "agent", "way"),
        _moment("since_at"),
        _moment("seen_at"),
        _moment("ended_at", nullable=True),
        *_texts("ended_why"),
        sa.UniqueConstraint("id", name="uq_sessions_id"),
        sa.UniqueConstraint("digest", name="uq_sessions_digest"),
    )
    op.create_index("ix_sessions_of_user", "sessions", ["of_user"])
    _create_tokens()
    _create_audit()
    changes = op.create_table(
        "access_changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        _moment("count"),
    )
    op.bulk_insert(changes, [{"number": 1, "count": 0}])


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        _number(),
        *_texts("id", "digest", "name", "scopes", "made_by"),
        _moment("made_at"),
        *(_moment(name, nullable=True) for name in ("expires_at", "used_at", "revoked_at")),
        sa.UniqueConstraint("id", name="uq_tokens_id"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )
    op.create_table(
        "invitations",
        _number(),
        *_texts("digest"),
        _moment("expires_at"),
        sa.UniqueConstraint("digest", name="uq_invitations_digest"),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        _number(),
        _moment("at"),
        *_texts("who", "who_key", "role", "address", "what", "target", "target_key"),
        *_texts("detail", "outcome", "plan"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def _number() -> sa.Column[int]:
    return sa.Column("number", NUMBER, primary_key=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)
