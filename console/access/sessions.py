"""Sessions: who is signed in, since when, and when that ends. Of the secret in a cookie only its
digest is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

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


class Why(StrEnum):
    """Why a session ended. The values are stored."""

    SIGNED_OUT = "signed-out"
    ENDED = "ended"
    DISABLED = "disabled"
    ROLE = "role"
    PASSWORD = "password"
    IDLE = "idle"
    LONGEST = "longest"
    CLOCK = "clock"
    MANY = "many"


ENDED: Mapping[str, str] = MappingProxyType(
    {
        Why.SIGNED_OUT: "You signed out.",
        Why.ENDED: "This session was ended by an admin, or by you from another one.",
        Why.DISABLED: "Your account was disabled.",
        Why.ROLE: "Your role was changed. Sign in again.",
        Why.PASSWORD: "Your password was changed. Sign in again.",
        Why.IDLE: "You were signed out because nothing was done for a while.",
        Why.LONGEST: "You were signed out because a session does not last for ever. Sign in again.",
        Why.CLOCK: "You were signed out because the server's clock was set back. Sign in again.",
        Why.MANY: "You were signed out because you signed in too often elsewhere.",
    }
)
"""What is said to whoever was in it."""

CLOCK_TOLERANCE = timedelta(minutes=5)
"""A clock may be set back by as much before sessions from the future end."""


def ended_words(why: str) -> str:
    return ENDED.get(why, ENDED[Why.ENDED])


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """A session ends when nothing was done in it for `idle`, and in any case after `longest`."""

    idle: timedelta = IDLE
    longest: timedelta = LONGEST

    def ended(self, since: datetime, seen: datetime, now: datetime) -> Why | None:
        """Why it has ended by now, if it has."""
        if now - since >= self.longest:
            return Why.LONGEST
        if now - seen >= self.idle:
            return Why.IDLE
        return Why.CLOCK if since - now > CLOCK_TOLERANCE else None
