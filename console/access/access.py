"""Who may use a shared console, as a front end asks it: people, sessions, tokens and the audit.

What a request or an event needs to know is answered from memory, in microseconds. Whatever writes
or hashes is awaited and done by threads of its own; when the database cannot be used, sign-in is
refused in one sentence, and nothing is ever open.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime

from console.access.audit import AuditEntry, AuditPage, AuditQuery
from console.access.person import Person
from console.access.roles import Role
from console.access.sessions import SessionLimits, SignedIn, SignIn
from console.access.tokens import Token
from console.access.users import User
from console.ages import utc_now
from console.journal.databases import Database


class Access:
    @property
    def has_users(self) -> bool:
        """Whether anybody must sign in: True also where that cannot be told at present, and once it
        was True it stays."""
        raise NotImplementedError

    @property
    def has_admin(self) -> bool:
        """Whether there is an admin who is not disabled; True where that cannot be told."""
        raise NotImplementedError

    @property
    def problem(self) -> str:
        """Why nobody can sign in at present, in one sentence, or ""."""
        raise NotImplementedError

    @property
    def now(self) -> datetime:
        raise NotImplementedError

    async def sign_in(self, name: str, password: str, *, address: str, agent: str = "") -> SignIn:
        """Always a new session. Raises SignInRefused, after as much work for a name that there is
        not as for a wrong password."""
        raise NotImplementedError

    async def sign_in_known(
        self, name: str, role: Role, *, address: str, way: str, agent: str = ""
    ) -> SignIn:
        """Somebody a provider vouches for: `way` is "oidc" or "proxy". Makes or updates the user.
        Raises SignInRefused for one who is disabled here, or who has a password here."""
        raise NotImplementedError

    def person(self, secret: str, *, address: str) -> Person | None:
        """Whose cookie it is; counts as use of the session. None when it has ended."""
        raise NotImplementedError

    def still(self, session_id: str, *, is_used: bool = False) -> Person | None:
        """Whose session it is; None once it has ended. Asked anew at every event. `is_used` says
        that a person did something just now: without it an open page does not keep a session alive,
        with it a session in which events alone come does not end for being idle."""
        raise NotImplementedError

    async def sign_out(self, session_id: str) -> None:
        raise NotImplementedError

    async def end_session(self, session_id: str, *, by: Person) -> None:
        raise NotImplementedError

    async def end_sessions_of(self, name: str, *, by: Person) -> None:
        raise NotImplementedError

    def sessions(self) -> tuple[SignedIn, ...]:
        """Last used first."""
        raise NotImplementedError

    def on_end(self, listener: Callable[[str, str], None]) -> Callable[[], None]:
        """The listener is told a session's id and, in one sentence, why it has ended, in the event
        loop. Returns what makes it stop listening."""
        raise NotImplementedError

    def users(self) -> tuple[User, ...]:
        """By name."""
        raise NotImplementedError

    async def add_user(self, name: str, role: Role, password: str, *, by: Person) -> User:
        raise NotImplementedError

    async def set_password(
        self, name: str, password: str, *, by: Person, current: str | None = None
    ) -> None:
        """An admin sets anybody's; anybody else their own, with the `current` one. Ends all
        sessions of the user."""
        raise NotImplementedError

    async def set_role(self, name: str, role: Role, *, by: Person) -> None:
        raise NotImplementedError

    async def disable(self, name: str, *, by: Person) -> None:
        raise NotImplementedError

    async def enable(self, name: str, *, by: Person) -> None:
        raise NotImplementedError

    def tokens(self) -> tuple[Token, ...]:
        """Newest first."""
        raise NotImplementedError

    async def add_token(
        self, name: str, scopes: Iterable[str], expires: datetime | None, by: Person
    ) -> tuple[Token, str]:
        """The token and its secret, which is told this once."""
        raise NotImplementedError

    async def revoke_token(self, token_id: str, by: Person) -> None:
        raise NotImplementedError

    def bearer(self, secret: str, *, address: str) -> Token | None:
        """The token with this secret; None when it was revoked, has expired, or never was."""
        raise NotImplementedError

    async def invite_admin(self) -> str:
        """A secret that makes one admin, once, within an hour. Raises AccessRefused where there is
        an admin."""
        raise NotImplementedError

    async def accept_invitation(
        self, secret: str, name: str, password: str, *, address: str, agent: str = ""
    ) -> SignIn:
        raise NotImplementedError

    def note(self, entry: AuditEntry) -> None:
        """Puts it in the queue of what is to be written. Never blocks, never raises."""
        raise NotImplementedError

    def note_of(
        self,
        person: Person,
        what: str,
        target: str = "",
        detail: str = "",
        outcome: str = "done",
        plan: str = "",
    ) -> None:
        """The same of a person, now."""
        raise NotImplementedError

    async def audit(
        self, query: AuditQuery, limit: int = 200, before: int | None = None
    ) -> AuditPage:
        """Newest first. What is wrong with the database is the page's `problem`."""
        raise NotImplementedError


@asynccontextmanager
async def open_access(
    database: Database,
    *,
    clock: Callable[[], datetime] = utc_now,
    limits: SessionLimits | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Access]:
    """Opens whatever state the database is in; makes neither a file nor tables before there is
    something to write. Reads every five seconds whether another program changed something."""
    yield Access()
