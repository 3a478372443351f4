"""Which versions of the tables there have been. Free of Alembic, which takes long to load and is
needed only where the tables are not those of today."""

REVISIONS = ("0001", "0002", "0003")
"""Oldest first; a test holds them equal to the migrations."""

HEAD = REVISIONS[-1]

WITH_HISTORY = ("0001", "0002", "0003")
"""Those whose tables of the history are as today's, so that they are read as they are."""

WITH_USERS = ("0002", "0003")
"""Those that may hold users, so that nothing may be read as if there were none."""


class NewerHistory(Exception):
    """The tables are of a version that this program does not know. Nothing was written."""


def is_at_head(revision: str | None) -> bool:
    """False where they have yet to be made or brought up to date. Raises NewerHistory."""
    _refuse_newer(revision)
    return revision == HEAD


def has_history(revision: str | None) -> bool:
    """Whether the history can be read without writing anything first. Raises NewerHistory."""
    _refuse_newer(revision)
    return revision in WITH_HISTORY


def has_users(revision: str | None) -> bool:
    """Whether there are tables of users, of whatever version. Raises NewerHistory."""
    _refuse_newer(revision)
    return revision in WITH_USERS


def _refuse_newer(revision: str | None) -> None:
    if revision is not None and revision not in REVISIONS:
        raise NewerHistory(revision)
