"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
RUNNER_TEXTS = (
    "runner_id",
    "name",
    "status",
    "connected",
    "version",
    "track",
    "support",
    "auto_updates",
    "restricted",
)
ACTION_TEXTS = (
    "plan_id",
    "action_id",
    "label",
    "runner_id",
    "runner_name",
    "who",
    "face",
    "expected",
    "phase",
    "note",
)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("number", sa.Integer, primary_key=True),
        _text("name"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )
    op.create_table(
        "runners",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("account", sa.Integer, nullable=False),
        *(_text(name) for name in RUNNER_TEXTS),
        _moment("first_at"),
        _moment("seen_at"),
        sa.Column("gone", sa.Boolean, nullable=False),
        sa.UniqueConstraint("account", "runner_id", name="uq_runners_account_runner_id"),
    )
    op.create_table(
        "changes",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("account", sa.Integer, nullable=False),
        sa.Column("runner", sa.BigInteger, nullable=False),
        *(_text(name) for name in ("what", "before", "after")),
        _moment("at"),
    )
    op.create_index("ix_changes_runner_at", "changes", ["runner", "at"])
    op.create_index("ix_changes_account_at", "changes", ["account", "at"])
    _create_memory()
    _create_actions()


def _create_memory() -> None:
    op.create_table(
        "releases",
        sa.Column("account", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("line", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("released_at", sa.BigInteger),
        _moment("first_seen_at"),
    )
    op.create_table(
        "lessons",
        sa.Column("runner", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("unmoved_at", sa.BigInteger),
        _text("unmoved_version"),
        sa.Column("track_changed_at", sa.BigInteger),
        _text("track_left"),
        _text("away_version"),
    )


def _create_actions() -> None:
    op.create_table(
        "actions",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("account", sa.Integer, nullable=False),
        _text("run"),
        sa.Column("operation", sa.Integer, nullable=False),
        *(_text(name) for name in ACTION_TEXTS),
        _moment("started_at"),
        _moment("changed_at"),
        sa.UniqueConstraint("run", "operation", name="uq_actions_run_operation"),
    )
    op.create_index("ix_actions_account_started_at", "actions", ["account", "started_at"])
    op.create_index(
        "ix_actions_account_runner_id_started_at",
        "actions",
        ["account", "runner_id", "started_at"],
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
