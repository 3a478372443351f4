"""How people come in: by a name and a password, vouched for by a provider, or with an invitation.
Each time it is a new session; attempts that fail cost longer and longer waits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from console.access.audit import AuditEntry, Outcome, What
from console.access.digests import digest
from console.access.keeper import Keeper
from console.access.ledger import Ledger
from console.access.limits import OF_ACCOUNT, OF_ADDRESS, TOO_OFTEN, Attempts, address_key
from console.access.passwords import LONGEST as LONGEST_PASSWORD
from console.access.passwords import Passwords, password_fault
from console.access.person import Person
from console.access.refusals import AccessUnavailable, SignInRefused
from console.access.roles import Role
from console.access.sessions import SessionLimits, SignIn, Way, Why
from console.access.users import LONGEST_NAME, Origin, User, name_fault, spoken, user_key
from console.ages import duration

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from console.access.rows import Credentials

WRONG = "The name or the password is wrong."
DISABLED = "This account is disabled. Ask an admin."
BUSY = "Too many people are signing in at this moment. Try again in a minute."
HAS_PASSWORD = "“{name}” signs in with a password here. Ask an admin."
NOT_INVITED = "This link has been used, or is too old. Start the console again for a new one."
TAKEN = "There is a user “{name}” already. Choose another name."

NO_USER = "no user has that name"
"""Instead of the name, which is not written down: people type their password there."""


class Door:
    def __init__(
        self,
        keeper: Keeper,
        ledger: Ledger,
        passwords: Passwords,
        limits: SessionLimits,
        clock: Callable[[], datetime],
    ) -> None:
        self._keeper, self._ledger, self._passwords = keeper, ledger, passwords
        self._limits, self._clock = limits, clock
        self._by_account = Attempts(OF_ACCOUNT)
        self._by_address = Attempts(OF_ADDRESS)

    async def sign_in(self, name: str, password: str, address: str, agent: str) -> SignIn:
        key = user_key(name) if len(name) <= LONGEST_NAME else ""
        self._begin(key, address)
        try:
            found = await self._proven(key, password, address)
            signed_in = await self._came(self._entering(found, Way.PASSWORD, address, agent))
        except AccessUnavailable as error:
            self._by_account.take_back(key)
            self._by_address.take_back(address_key(address))
            raise SignInRefused(str(error)) from None
        self._by_account.forget(key)
        self._by_address.take_back(address_key(address))
        await self._renew(found, password)
        return signed_in

    async def sign_in_known(
        self, name: str, role: Role, origin: Origin, address: str, agent: str
    ) -> SignIn:
        def came(rows: "Connection") -> tuple[Person, str]:
            from console.access.entering import begin_session

            user = self._known(rows, name, role, origin, address)
            return begin_session(rows, user, Way(origin), address, agent, self._clock())

        try:
            fault = name_fault(name)
            if fault:
                raise SignInRefused(fault)
            return await self._came(came)
        except AccessUnavailable as error:
            raise SignInRefused(str(error)) from None
        except SignInRefused as refused:
            self._note_refused(name if not name_fault(name) else "", address, str(refused))
            raise

    async def accept(
        self, secret: str, name: str, password: str, address: str, agent: str
    ) -> SignIn:
        from console.access.rows import is_invited

        invitation = digest(secret)
        self._begin("", address)
        try:
            invited = await self._keeper.ask(
                lambda rows: is_invited(rows, invitation, self._clock()), without=False
            )
            if not invited:
                self._note_refused("", address, "an invitation that does not hold")
                raise SignInRefused(NOT_INVITED)
            self._by_address.take_back(address_key(address))
            fault = name_fault(name) or password_fault(password, name)
            if fault:
                raise SignInRefused(fault)
            hashed = await self._passwords.hashed(password)
            return await self._came(self._accepting(invitation, name, hashed, address, agent))
        except AccessUnavailable as error:
            raise SignInRefused(str(error)) from None

    def _begin(self, key: str, address: str) -> None:
        """Counts the attempt, or refuses it unlooked at."""
        now, network = self._clock(), address_key(address)
        wait = self._by_address.wait(network, now)
        if key:
            wait = max(wait, self._by_account.wait(key, now))
        if wait:
            self._note_refused("", address, "too many attempts")
            wanted = TOO_OFTEN.format(wait=duration(wait))
            raise SignInRefused(wanted, wait=max(1.0, wait.total_seconds()))
        if self._passwords.is_busy:
            raise SignInRefused(BUSY, wait=60.0)
        self._by_address.begin(network, now)
        if key:
            self._by_account.begin(key, now)

    async def _proven(self, key: str, password: str, address: str) -> "Credentials":
        """The user of this name, with this password. Takes as long where there is none."""
        from console.access.rows import credentials

        found = await self._keeper.ask(lambda rows: credentials(rows, key), without=None)
        stored = found.password if found and len(password) <= LONGEST_PASSWORD else ""
        if not await self._passwords.matches(stored, password) or found is None:
            who, detail = (found.user.name, "") if found else ("", NO_USER)
            self._note_refused(who, address, detail)
            raise SignInRefused(WRONG)
        if found.user.is_disabled:
            self._note_refused(found.user.name, address, "disabled")
            raise SignInRefused(DISABLED)
        return found

    def _entering(
        self, found: "Credentials", way: Way, address: str, agent: str
    ) -> Callable[["Connection"], tuple[Person, str]]:
        def entered(rows: "Connection") -> tuple[Person, str]:
            from console.access.entering import begin_session
            from console.access.rows import credentials

            same = credentials(rows, user_key(found.user.name))
            if same is None or same.password != found.password or same.user.is_disabled:
                raise SignInRefused(WRONG)
            return begin_session(rows, same.user, way, address, agent, self._clock())

        return entered

    def _accepting(
        self, invitation: str, name: str, hashed: str, address: str, agent: str
    ) -> Callable[["Connection"], tuple[Person, str]]:
        def accepted(rows: "Connection") -> tuple[Person, str]:
            from console.access.entering import begin_session, note
            from console.access.rows import credentials, has_admin, is_invited
            from console.access.writing import insert_user, replace_invitations

            now = self._clock()
            if not is_invited(rows, invitation, now) or has_admin(rows):
                raise SignInRefused(NOT_INVITED)
            if credentials(rows, user_key(name)) is not None:
                raise SignInRefused(TAKEN.format(name=spoken(name)), about="name")
            user = User(name, Role.ADMIN, Origin.PASSWORD, is_disabled=False, made=now)
            user = replace(user, number=insert_user(rows, user, hashed))
            replace_invitations(rows, (), now)
            note(rows, now, user, address, What.USER_ADDED, "admin, by invitation")
            return begin_session(rows, user, Way.INVITATION, address, agent, now)

        return accepted

    def _known(
        self, rows: "Connection", name: str, role: Role, origin: Origin, address: str
    ) -> User:
        """The user as the provider has it, as it writes the name; made where there was none."""
        from console.access.entering import note
        from console.access.rows import credentials
        from console.access.writing import end_sessions_of, insert_user, update_user

        now, detail = self._clock(), f"{role}, by {origin}"
        found = credentials(rows, user_key(name))
        if found is None:
            user = User(name, role, origin, is_disabled=False, made=now)
            user = replace(user, number=insert_user(rows, user, password=""))
            note(rows, now, user, address, What.USER_ADDED, detail)
            return user
        user = found.user
        if user.origin is Origin.PASSWORD:
            raise SignInRefused(HAS_PASSWORD.format(name=user.name))
        if user.is_disabled:
            raise SignInRefused(DISABLED)
        if (user.name, user.origin) != (name, origin):
            update_user(rows, user.number, name=name, origin=origin.value)
            user = replace(user, name=name, origin=origin)
        if user.role is not role:
            update_user(rows, user.number, role=role.value)
            end_sessions_of(rows, user.number, Why.ROLE, now)
            user = replace(user, role=role)
            note(rows, now, user, address, What.ROLE_SET, detail)
        return user

    async def _came(self, job: Callable[["Connection"], tuple[Person, str]]) -> SignIn:
        since = self._clock()
        person, secret = await self._keeper.change(job)
        return SignIn(person, secret, since + self._limits.longest)

    async def _renew(self, found: "Credentials", password: str) -> None:
        """Hashes the password anew where more work is put into that today."""
        if not self._passwords.is_outdated(found.password):
            return
        hashed = await self._passwords.hashed(password)
        await self._keeper.replace_password(found, hashed)

    def _note_refused(self, who: str, address: str, detail: str) -> None:
        now, what = self._clock(), What.SIGN_IN_REFUSED
        self._ledger.note(AuditEntry(now, who, "", address, what, who, detail, Outcome.REFUSED))
