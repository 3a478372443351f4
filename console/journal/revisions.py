"""Which versions of the tables there have been. Free of Alembic, which takes long to load and is
needed only where the tables are not those of today."""

REVISIONS = ("0001",)
"""Oldest first; a test holds them equal to the migrations."""

HEAD = REVISIONS[-1]


class NewerHistory(Exception):
    """The tables are of a version that this program does not know. Nothing was written."""


def is_at_head(revision: str | None) -> bool:
    """False where they have yet to be made or brought up to date. Raises NewerHistory."""
    if revision is not None and revision not in REVISIONS:
        raise NewerHistory(revision)
    return revision == HEAD
