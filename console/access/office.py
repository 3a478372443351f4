"""What admins do: users, tokens and invitations. Each deed and its entry in the audit are written
in one transaction, and each takes the right to manage."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.access.audit import AuditEntry, Outcome, What
from console.access.digests import digest, new_id, new_secret
from console.access.keeper import Keeper
from console.access.ledger import Ledger
from console.access.limits import OF_ACCOUNT, TOO_OFTEN, Attempts
from console.access.passwords import Passwords, password_fault
from console.access.person import Person
from console.access.refusals import AccessRefused
from console.access.roles import Right, Role
from console.access.sessions import Why
from console.access.tokens import Token, token_fault
from console.access.users import Origin, User, name_fault, spoken, user_key
from console.ages import duration

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from console.access.rows import Credentials

INVITED_FOR = timedelta(hours=1)

NOT_ALLOWED = "Your role, {role}, does not allow it: that takes admin."
TAKEN = "There is a user “{name}” already."
NO_SUCH_USER = "There is no user “{name}”."
LAST_ADMIN = "“{name}” is the only admin who can sign in. Make somebody else an admin first."
OTHER_ORIGIN = "“{name}” signs in by {origin}, which says what their {what} is."
WRONG_PASSWORD = "The present password is wrong."
HAS_ADMIN = "There is an admin already, who can add users."
NO_SUCH_TOKEN = "There is no such token, or it has been revoked."


class Office:
    """Raises AccessRefused for what cannot be done, and AccessUnavailable."""

    def __init__(
        self,
        keeper: Keeper,
        ledger: Ledger,
        passwords: Passwords,
        clock: Callable[[], datetime],
    ) -> None:
        self._keeper, self._ledger, self._passwords = keeper, ledger, passwords
        self._clock = clock
        self._guesses = Attempts(OF_ACCOUNT)

    async def add_user(self, name: str, role: Role, password: str, by: Person) -> User:
        self.need_right(by, What.USER_ADDED, name)
        _refuse(name_fault(name) or password_fault(password, name))
        hashed = await self._passwords.hashed(password)
        user = User(name, Role(role), Origin.PASSWORD, is_disabled=False, made=self._clock())

        def added(rows: "Connection") -> User:
            from console.access.rows import credentials
            from console.access.writing import insert_user

            if credentials(rows, user_key(name)) is not None:
                raise AccessRefused(TAKEN.format(name=spoken(name)))
            self._write(rows, by, What.USER_ADDED, name, role)
            return replace(user, number=insert_user(rows, user, hashed))

        return await self._keeper.change(added)

    async def set_password(self, name: str, password: str, by: Person, current: str | None) -> None:
        from console.access.rows import credentials

        key = user_key(name)
        if current is None or key != user_key(by.name):
            self.need_right(by, What.PASSWORD_SET, name)
        found = await self._keeper.ask(lambda rows: credentials(rows, key), without=None)
        if found is None:
            raise AccessRefused(NO_SUCH_USER.format(name=spoken(name)))
        user = found.user
        _refuse_origin(user, "password")
        if current is not None:
            await self._check(found, current, by)
        _refuse(password_fault(password, user.name))
        hashed = await self._passwords.hashed(password)

        def changed(rows: "Connection") -> None:
            from console.access.writing import end_sessions_of, update_user

            update_user(rows, user.number, password=hashed)
            end_sessions_of(rows, user.number, Why.PASSWORD, self._clock())
            self._write(rows, by, What.PASSWORD_SET, user.name)

        await self._keeper.change(changed)

    async def _check(self, found: "Credentials", current: str, by: Person) -> None:
        """Whether the present password is the right one, which may be guessed at a few times."""
        key, now = user_key(found.user.name), self._clock()
        wait = self._guesses.wait(key, now)
        if wait:
            raise AccessRefused(TOO_OFTEN.format(wait=duration(wait)))
        self._guesses.begin(key, now)
        if not await self._passwords.matches(found.password, current):
            name, detail = found.user.name, "the present password is wrong"
            self._note_refused(by, What.PASSWORD_SET, name, detail)
            raise AccessRefused(WRONG_PASSWORD)
        self._guesses.forget(key)

    async def set_role(self, name: str, role: Role, by: Person) -> None:
        role = Role(role)

        def changed(rows: "Connection", user: User) -> None:
            from console.access.writing import end_sessions_of, update_user

            _refuse_origin(user, "role")
            if user.role is role:
                return
            if role is not Role.ADMIN:
                _keep_an_admin(rows, user)
            update_user(rows, user.number, role=role.value)
            end_sessions_of(rows, user.number, Why.ROLE, self._clock())
            self._write(rows, by, What.ROLE_SET, user.name, f"{user.role} before, {role} now")

        await self._change(name, by, What.ROLE_SET, changed)

    async def disable(self, name: str, by: Person) -> None:
        def changed(rows: "Connection", user: User) -> None:
            from console.access.writing import end_sessions_of, update_user

            if user.is_disabled:
                return
            _keep_an_admin(rows, user)
            update_user(rows, user.number, disabled=True)
            end_sessions_of(rows, user.number, Why.DISABLED, self._clock())
            self._write(rows, by, What.USER_DISABLED, user.name)

        await self._change(name, by, What.USER_DISABLED, changed)

    async def enable(self, name: str, by: Person) -> None:
        def changed(rows: "Connection", user: User) -> None:
            from console.access.writing import update_user

            if user.is_disabled:
                update_user(rows, user.number, disabled=False)
                self._write(rows, by, What.USER_ENABLED, user.name)

        await self._change(name, by, What.USER_ENABLED, changed)

    async def add_token(
        self, name: str, scopes: Iterable[str], expires: datetime | None, by: Person
    ) -> tuple[Token, str]:
        self.need_right(by, What.TOKEN_ADDED, name)
        wanted, now = tuple(sorted(set(scopes))), self._clock()
        _refuse(token_fault(name, wanted, expires, now))
        token = Token(new_id(), name, wanted, by.name, now, expires)
        secret = f"maia_{new_secret()}"

        def added(rows: "Connection") -> None:
            from console.access.writing import insert_token

            insert_token(rows, token, digest(secret))
            self._write(rows, by, What.TOKEN_ADDED, name, ", ".join(wanted))

        await self._keeper.change(added)
        return token, secret

    async def revoke_token(self, token_id: str, name: str, by: Person) -> None:
        self.need_right(by, What.TOKEN_REVOKED, name)

        def revoked(rows: "Connection") -> None:
            from console.access.writing import revoke

            if not revoke(rows, token_id, self._clock()):
                raise AccessRefused(NO_SUCH_TOKEN)
            self._write(rows, by, What.TOKEN_REVOKED, name or token_id)

        await self._keeper.change(revoked)

    async def invite_admin(self) -> str:
        secret, now = new_secret(), self._clock()

        def invited(rows: "Connection") -> None:
            from console.access.audit_rows import write_entries
            from console.access.rows import has_admin
            from console.access.writing import replace_invitations

            if has_admin(rows):
                raise AccessRefused(HAS_ADMIN)
            replace_invitations(rows, (digest(secret),), now + INVITED_FOR)
            write_entries(rows, (AuditEntry(now, "", "", "", What.ADMIN_INVITED),))

        await self._keeper.change(invited)
        return secret

    async def _change(
        self, name: str, by: Person, what: What, change: Callable[["Connection", User], None]
    ) -> None:
        self.need_right(by, what, name)

        def changed(rows: "Connection") -> None:
            from console.access.rows import credentials

            found = credentials(rows, user_key(name))
            if found is None:
                raise AccessRefused(NO_SUCH_USER.format(name=spoken(name)))
            change(rows, found.user)

        await self._keeper.change(changed)

    def need_right(self, by: Person, what: What, target: str) -> None:
        if not by.may(Right.MANAGE):
            self._note_refused(by, what, target, "not allowed")
            raise AccessRefused(NOT_ALLOWED.format(role=by.role))

    def _note_refused(self, by: Person, what: What, target: str, detail: str) -> None:
        now, refused = self._clock(), Outcome.REFUSED
        self._ledger.note(
            AuditEntry(now, by.name, by.role, by.address, what, target, detail, refused)
        )

    def _write(
        self, rows: "Connection", by: Person, what: What, target: str, detail: str = ""
    ) -> None:
        from console.access.audit_rows import write_entries

        now = self._clock()
        entry = AuditEntry(now, by.name, by.role, by.address, what, target, detail)
        write_entries(rows, (entry,))


def _refuse(fault: str) -> None:
    if fault:
        raise AccessRefused(fault)


def _refuse_origin(user: User, what: str) -> None:
    if user.origin is not Origin.PASSWORD:
        raise AccessRefused(OTHER_ORIGIN.format(name=user.name, origin=user.origin, what=what))


def _keep_an_admin(rows: "Connection", user: User) -> None:
    from console.access.rows import has_admin

    if user.role is Role.ADMIN and not user.is_disabled and not has_admin(rows, but=user.number):
        raise AccessRefused(LAST_ADMIN.format(name=user.name))
