"""How texts and moments are stored, so that every database can hold them and all read them alike.

A moment is the number of microseconds since 1970, UTC.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LONGEST_TEXT = 500
LONGEST_KEY = 200


def stored_moment(moment: datetime) -> int:
    return (moment.astimezone(UTC) - EPOCH) // MICROSECOND


def moment_from(stored: int) -> datetime:
    """Raises OverflowError or TypeError for what is no moment."""
    return EPOCH + stored * MICROSECOND


def stored_text(text: str) -> str:
    """Without what a database refuses, a NUL or half a character, and not longer than allowed."""
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1] + "…"
    if text.isprintable():
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def is_storable(key: str) -> bool:
    return len(key) <= LONGEST_KEY and stored_text(key) == key


def stored_key(key: str) -> str:
    """The key itself; for one that cannot be stored a name that no other key has."""
    if is_storable(key):
        return key
    return "sha256:" + sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
