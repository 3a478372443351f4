"""Tokens: what programs show instead of signing in. Of a token's secret only its digest is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_NAME = 100


class Scope(StrEnum):
    """What a token is good for. None lets anybody act."""

    RUNNERS = "runners:read"
    METRICS = "metrics:read"


@dataclass(frozen=True, slots=True)
class Token:
    """`id` is no secret, `by` is who made it. `expires` is None for one that lasts until it is
    revoked. A revoked one is kept for a while, to be seen in the list."""

    id: str
    name: str
    scopes: tuple[str, ...]
    by: str
    made: datetime
    expires: datetime | None = None
    used: datetime | None = None
    is_revoked: bool = False

    def may(self, scope: str) -> bool:
        return scope in self.scopes

    def has_expired(self, now: datetime) -> bool:
        return self.expires is not None and now >= self.expires


def token_fault(name: str, scopes: tuple[str, ...], expires: datetime | None, now: datetime) -> str:
    """Why there can be no such token, in one sentence, or ""."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        return f"A token needs a name of at most {LONGEST_NAME} characters that can be seen."
    unknown = [each for each in scopes if each not in set(Scope)]
    if unknown or not scopes:
        return f"A token is for one or more of {', '.join(Scope)}."
    if expires is not None and expires <= now:
        return "A token must end in the future."
    return ""
