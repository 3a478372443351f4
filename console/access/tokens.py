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
