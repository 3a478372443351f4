"""Sessions: who is signed in, since when, and when that ends. Of the secret in a cookie only its
digest is kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from console.access.person import Person
from console.access.roles import Role

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)

MOST_OF_ONE = 20
"""Sessions of one user; the longest unused ends when there is one more."""


class Way(StrEnum):
    """How a session began."""

    PASSWORD = "password"
    INVITATION = "invitation"
    OIDC = "oidc"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A session that has just begun. `secret` is for the cookie and is kept nowhere else; `until`
    is when the session ends at the latest."""

    person: Person
    secret: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that is under way. `id` is no secret; `agent` is what the browser calls itself;
    `seen` is when a request of it came last."""

    id: str
    name: str
    role: Role
    address: str
    agent: str
    way: Way
    since: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """A session ends when nothing was done in it for `idle`, and in any case after `longest`."""

    idle: timedelta = IDLE
    longest: timedelta = LONGEST

    def ended(self, since: datetime, seen: datetime, now: datetime) -> str:
        """Why it has ended by now, in one sentence, or "". A clock that was set back ends none."""
        if now - since >= self.longest:
            return AFTER_LONGEST
        return AFTER_IDLE if now - seen >= self.idle else ""


AFTER_IDLE = "You were signed out because nothing was done for a while."
AFTER_LONGEST = "You were signed out because a session has a longest time. Sign in again."
