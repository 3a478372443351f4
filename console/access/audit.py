"""The audit as values: who did or tried what, when and from where. No secret is ever in it. How it
is worded is in `console.view.audit`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    """What there is an entry for. The values are stored, and stay."""

    SIGN_IN = "sign-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    SIGN_OUT = "sign-out"
    SESSION_ENDED = "session-ended"
    ADMIN_INVITED = "admin-invited"
    USER_ADDED = "user-added"
    ROLE_SET = "role-set"
    PASSWORD_SET = "password-set"
    USER_DISABLED = "user-disabled"
    USER_ENABLED = "user-enabled"
    TOKEN_ADDED = "token-added"
    TOKEN_REVOKED = "token-revoked"
    TOKEN_REFUSED = "token-refused"
    SCREEN_ASKED = "screen-asked"
    SCREEN_ADDED = "screen-added"
    SCREEN_REFUSED = "screen-refused"
    SCREEN_OPENED = "screen-opened"
    SCREEN_SET = "screen-set"
    SCREEN_RENAMED = "screen-renamed"
    SCREEN_REVOKED = "screen-revoked"
    SCREEN_REMOVED = "screen-removed"
    ACTION = "action"
    ACTION_ENDED = "action-ended"
    ACTION_REFUSED = "action-refused"
    REQUEST_REFUSED = "request-refused"
    SOCKET_REFUSED = "socket-refused"


class Outcome(StrEnum):
    """ "agreed" is what has only begun; how it came out is an entry of its own. What nobody saw the
    end of is neither done nor failed."""

    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    NOT_SEEN = "not-seen"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`what` is a value of What, `outcome` one of Outcome. `role` is "" where nobody is signed in;
    `target` is the runner, user, token, screen or page; `plan` the id of a plan."""

    at: datetime
    who: str
    role: str
    address: str
    what: str
    target: str = ""
    detail: str = ""
    outcome: str = Outcome.DONE
    plan: str = ""


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """ "" and None let everything pass. `who` and `target` are parts of a name, in any case;
    `since` is included, `until` is not."""

    who: str = ""
    what: str = ""
    target: str = ""
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Newest first. `before` is what to ask with for those that are older; None at the end.
    `problem` is why nothing could be read, in one sentence, or ""."""

    entries: tuple[AuditEntry, ...] = ()
    before: int | None = None
    problem: str = ""
