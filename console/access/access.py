"""Who may use a shared console, as a front end asks it: people, sessions, tokens, screens and the
audit.

What a request or an event needs to know is answered from memory, in microseconds. Whatever writes
or hashes is awaited and done by threads of its own; when the database cannot be used, sign-in is
refused in one sentence, and nothing is ever open.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from console.access.audit import AuditEntry, AuditPage, AuditQuery, What
from console.access.bearers import Bearers
from console.access.door import Door
from console.access.keeper import Keeper
from console.access.ledger import Ledger
from console.access.office import Office
from console.access.person import Person
from console.access.roles import Role
from console.access.roll import Roll
from console.access.screen_desk import ScreenDesk
from console.access.sessions import SignedIn, SignIn, Why
from console.access.tokens import Token
from console.access.users import Origin, User, user_key


class Access:
    def __init__(
        self,
        roll: Roll,
        keeper: Keeper,
        door: Door,
        office: Office,
        ledger: Ledger,
        screens: ScreenDesk,
        clock: Callable[[], datetime],
    ) -> None:
        self._roll, self._keeper, self._door = roll, keeper, door
        self._office, self._ledger, self._clock = office, ledger, clock
        self._bearers = Bearers(roll, ledger, clock)
        self.screens = screens

    @property
    def has_users(self) -> bool:
        """Whether anybody must sign in: True also where that cannot be told at present, and once it
        was True it stays."""
        return self._roll.has_users

    @property
    def has_admin(self) -> bool:
        """Whether there is an admin who is not disabled; True where that cannot be told."""
        return self._roll.has_admin

    @property
    def problem(self) -> str:
        """Why nobody can sign in at present, in one sentence, or ""."""
        return self._keeper.problem

    @property
    def now(self) -> datetime:
        return self._clock()

    async def sign_in(self, name: str, password: str, *, address: str, agent: str = "") -> SignIn:
        """Always a new session. Raises SignInRefused, after as much work for a name that there is
        not as for a wrong password."""
        return await self._door.sign_in(name, password, address, agent)

    async def sign_in_known(
        self, name: str, role: Role, *, address: str, way: str, agent: str = ""
    ) -> SignIn:
        """Somebody a provider vouches for: `way` is "oidc" or "proxy". Makes or updates the user.
        Raises SignInRefused for one who is disabled here, or who has a password here."""
        assert way != Origin.PASSWORD
        return await self._door.sign_in_known(name, role, Origin(way), address, agent)

    def person(self, secret: str, *, address: str, is_used: bool = True) -> Person | None:
        """Whose cookie it is; None when the session has ended. Without `is_used` it is what a
        browser sends by itself, which keeps no session alive."""
        return self._roll.person(secret, address, is_used)

    def still(self, session_id: str, *, is_used: bool = False) -> Person | None:
        """Whose session it is; None once it has ended. Asked anew at every event. `is_used` says
        that a person did something just now: without it an open page does not keep a session alive,
        with it a session in which events alone come does not end for being idle."""
        return self._roll.still(session_id, is_used)

    async def sign_out(self, session_id: str) -> None:
        person = self._roll.still(session_id, is_used=False)
        if person is not None:
            self.note_of(person, What.SIGN_OUT)
        await self._keeper.end(session_id, Why.SIGNED_OUT)

    async def end_session(self, session_id: str, *, by: Person) -> None:
        """An admin ends anybody's, anybody else their own."""
        person = self._roll.still(session_id, is_used=False)
        if person is None:
            return
        if person.name != by.name:
            self._office.need_right(by, What.SESSION_ENDED, person.name)
        self.note_of(by, What.SESSION_ENDED, person.name)
        await self._keeper.end(session_id, Why.ENDED)

    async def end_sessions_of(self, name: str, *, by: Person) -> None:
        if user_key(name) != user_key(by.name):
            self._office.need_right(by, What.SESSION_ENDED, name)
        for session_id in self._roll.of_user(name):
            await self.end_session(session_id, by=by)

    def sessions(self) -> tuple[SignedIn, ...]:
        """Last used first."""
        return self._roll.sessions()

    def on_end(self, listener: Callable[[str, str], None]) -> Callable[[], None]:
        """The listener is told a session's id and, in one sentence, why it has ended, in the event
        loop. Returns what makes it stop listening."""
        return self._roll.on_end(listener)

    def users(self) -> tuple[User, ...]:
        """By name."""
        return self._roll.users()

    async def add_user(self, name: str, role: Role, password: str, *, by: Person) -> User:
        return await self._office.add_user(name, role, password, by)

    async def set_password(
        self, name: str, password: str, *, by: Person, current: str | None = None
    ) -> None:
        """An admin sets anybody's; anybody else their own, with the `current` one. Ends all
        sessions of the user."""
        await self._office.set_password(name, password, by, current)

    async def set_role(self, name: str, role: Role, *, by: Person) -> None:
        await self._office.set_role(name, role, by)

    async def disable(self, name: str, *, by: Person) -> None:
        await self._office.disable(name, by)

    async def enable(self, name: str, *, by: Person) -> None:
        await self._office.enable(name, by)

    def tokens(self) -> tuple[Token, ...]:
        """Newest first."""
        return self._roll.tokens()

    async def add_token(
        self, name: str, scopes: Iterable[str], expires: datetime | None, by: Person
    ) -> tuple[Token, str]:
        """The token and its secret, which is told this once."""
        return await self._office.add_token(name, scopes, expires, by)

    async def revoke_token(self, token_id: str, by: Person) -> None:
        names = [each.name for each in self.tokens() if each.id == token_id]
        await self._office.revoke_token(token_id, "".join(names), by)

    def bearer(self, secret: str, *, address: str) -> Token | None:
        """The token with this secret; None when it was revoked, has expired, or never was, which is
        told to the audit."""
        return self._bearers.token(secret, address)

    def refuse_scope(self, token: Token, scope: str, *, address: str) -> None:
        """Tells the audit that this token was shown for what it is not for."""
        self._bearers.lacks(token, scope, address)

    async def invite_admin(self) -> str:
        """A secret that makes one admin, once, within an hour. Raises AccessRefused where there is
        an admin."""
        return await self._office.invite_admin()

    async def accept_invitation(
        self, secret: str, name: str, password: str, *, address: str, agent: str = ""
    ) -> SignIn:
        return await self._door.accept(secret, name, password, address, agent)

    def note(self, entry: AuditEntry) -> None:
        """Puts it in the queue of what is to be written. Never blocks, never raises."""
        self._ledger.note(entry)

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
        who = (person.name, person.role, person.address)
        self.note(AuditEntry(self._clock(), *who, what, target, detail, outcome, plan))

    async def audit(
        self, query: AuditQuery, limit: int = 200, before: int | None = None
    ) -> AuditPage:
        """Newest first. What is wrong with the database is the page's `problem`."""
        return await self._ledger.page(query, limit, before)

    async def look(self) -> None:
        """Takes what other programs changed, now; ends sessions whose time is over; tells the audit
        what was counted for it."""
        await self._keeper.look()
        self._ledger.settle(self._clock())
