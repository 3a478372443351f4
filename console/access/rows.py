"""Reads users, sessions and tokens out of their tables; the state holds the screens too."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from console.access.roles import Role
from console.access.screen_rows import read_screens
from console.access.sessions import Way
from console.access.state import State, StoredSession
from console.access.tokens import Token
from console.access.users import Origin, User
from console.journal.schema import access_changes, invitations, sessions, tokens, users
from console.journal.storing import moment_from, stored_moment, stored_text


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with the hash of the password, "" where there is none."""

    user: User
    password: str = field(repr=False)


def read_count(connection: Connection) -> int:
    return connection.scalar(select(access_changes.c.count)) or 0


def read_state(connection: Connection) -> State:
    """The count is read first: what changes meanwhile is found with the next look."""
    count = read_count(connection)
    ended: dict[str, str] = {}
    under_way: dict[str, StoredSession] = {}
    for row in connection.execute(select(sessions)):
        if row.ended_at is None:
            under_way[row.id] = _session(row)
        else:
            ended[row.id] = row.ended_why
    return State(
        count=count,
        users={row.number: _user(row) for row in connection.execute(select(users))},
        sessions=under_way,
        tokens={row.digest: _token(row) for row in connection.execute(select(tokens))},
        screens=read_screens(connection),
        ended=ended,
    )


def credentials(connection: Connection, key: str) -> Credentials | None:
    row = connection.execute(select(users).where(users.c.key == stored_text(key))).first()
    return None if row is None else Credentials(_user(row), row.password)


def has_admin(connection: Connection, *, but: int = -1) -> bool:
    """Whether somebody, other than the user of this number, is an admin and not disabled."""
    is_admin = (users.c.role == Role.ADMIN, ~users.c.disabled, users.c.number != but)
    return connection.execute(select(users.c.number).where(*is_admin).limit(1)).first() is not None


def is_invited(connection: Connection, digest: str, now: datetime) -> bool:
    """Whether an invitation with this digest can be accepted now."""
    query = select(invitations.c.expires_at).where(invitations.c.digest == digest)
    expires = connection.scalar(query)
    return expires is not None and stored_moment(now) < expires


def _user(row: Row[Any]) -> User:
    """A role that this program does not know is the least."""
    return User(
        name=row.name,
        role=Role(row.role) if row.role in set(Role) else Role.VIEWER,
        origin=Origin(row.origin) if row.origin in set(Origin) else Origin.PASSWORD,
        is_disabled=row.disabled,
        made=moment_from(row.made_at),
        last_sign_in=None if row.signed_in_at is None else moment_from(row.signed_in_at),
        number=row.number,
    )


def _session(row: Row[Any]) -> StoredSession:
    return StoredSession(
        id=row.id,
        digest=row.digest,
        of_user=row.of_user,
        address=row.address,
        agent=row.agent,
        way=row.way if row.way in set(Way) else Way.PASSWORD,
        since=moment_from(row.since_at),
        seen=moment_from(row.seen_at),
    )


def _token(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        name=row.name,
        scopes=tuple(row.scopes.split()),
        by=row.made_by,
        made=moment_from(row.made_at),
        expires=None if row.expires_at is None else moment_from(row.expires_at),
        used=None if row.used_at is None else moment_from(row.used_at),
        is_revoked=row.revoked_at is not None,
    )
