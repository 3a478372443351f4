"""Who has to sign in, and who is signed in: decided here for requests and sockets alike."""

import getpass
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.types import Scope

from console.access.access import Access
from console.access.audit import AuditEntry, Outcome, What
from console.access.person import Person
from console.access.roles import Role
from console.errors import printable
from console.serving_settings import RoleMap
from web.access.cookies import secret_in

FOREIGN = "It came from another site's page, or for a name that is not the console's."
LONGEST_TARGET = 200


@dataclass(frozen=True, slots=True)
class Entrance:
    """`always` says that people sign in although there may be no users yet: then there is an
    `access`. `roles` are those of a trusted proxy's groups. `local_name` is what somebody is called
    who need not sign in."""

    access: Access | None = None
    always: bool = False
    roles: RoleMap = field(default_factory=RoleMap)
    local_name: str = field(default_factory=lambda: user_of_this_machine())

    @property
    def is_needed(self) -> bool:
        """Whether anybody must sign in."""
        return self.always or (self.access is not None and self.access.has_users)

    def person(self, scope: Scope, *, is_used: bool = True) -> Person | None:
        """Who sent a request; `is_used` says that a person had it sent, not a page by itself."""
        address = address_of(scope)
        if not self.is_needed:
            return Person(self.local_name, Role.ADMIN, address)
        secret = secret_in(scope)
        if secret is None or self.access is None:
            return None
        return self.access.person(secret, address=address, is_used=is_used)

    def is_still(self, person: Person, *, is_used: bool = False) -> bool:
        """Whether somebody who once came in may stay; `is_used` says that they did something."""
        if not person.session:
            return bool(person.name) and not self.is_needed
        access = self.access
        return access is not None and access.still(person.session, is_used=is_used) is not None

    def note_refused(self, person: Person, what: What, target: str, reason: str) -> None:
        """Of somebody who is only said to be that person, no role is written down."""
        if self.access is None:
            return
        is_known = bool(person.session) or not self.is_needed
        self.access.note(
            AuditEntry(
                at=self.access.now,
                who=person.name,
                role=person.role if is_known else "",
                address=person.address,
                what=what,
                target=target,
                detail=reason,
                outcome=Outcome.REFUSED,
            )
        )

    def note_foreign(self, scope: Scope) -> None:
        """A request for another name than ours, or from another site's page."""
        is_socket = scope["type"] == "websocket" or "/_nicegui_ws/" in scope["path"]
        what = What.SOCKET_REFUSED if is_socket else What.REQUEST_REFUSED
        stranger = Person("", Role.VIEWER, address_of(scope))
        self.note_refused(stranger, what, printable(scope["path"][:LONGEST_TARGET]), FOREIGN)


def address_of(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def user_of_this_machine(ask: Callable[[], str] = getpass.getuser) -> str:
    """Who has started the console; a name of our own where the machine knows none."""
    try:
        return ask() or "local"
    except (KeyError, OSError):
        return "local"
