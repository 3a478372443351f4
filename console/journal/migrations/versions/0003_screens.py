"""The screens of wall displays."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "screens",
        sa.Column("number", NUMBER, primary_key=True),
        *_texts("id", "digest", "name", "options", "address", "version", "made_by"),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.BigInteger) for name in ("opened_at", "seen_at", "revoked_at")),
        *_texts("revoked_by"),
        sa.UniqueConstraint("id", name="uq_screens_id"),
        sa.UniqueConstraint("digest", name="uq_screens_digest"),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
