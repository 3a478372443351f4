"""Writes users, sessions and tokens into their tables. Whoever changes what a running console must
know calls `begin_change` first, and is then the only one who does."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from console.access.screen_rows import forget_screens
from console.access.sessions import MOST_OF_ONE, Why
from console.access.state import StoredSession
from console.access.tokens import Token
from console.access.users import User, user_key
from console.journal.schema import access_changes, invitations, sessions, tokens, users
from console.journal.storing import stored_moment, stored_text

KEPT_ENDED = timedelta(days=1)
KEPT_REVOKED = timedelta(days=30)


def begin_change(connection: Connection) -> None:
    counted = connection.execute(update(access_changes).values(count=access_changes.c.count + 1))
    if not counted.rowcount:
        connection.execute(insert(access_changes).values(number=1, count=1))


def insert_user(connection: Connection, user: User, password: str) -> int:
    """Its number. The name must not be taken."""
    values = {
        "key": stored_text(user_key(user.name)),
        "name": stored_text(user.name),
        "role": user.role.value,
        "origin": user.origin.value,
        "password": password,
        "disabled": user.is_disabled,
        "made_at": stored_moment(user.made),
    }
    connection.execute(insert(users).values(values))
    number: int = connection.execute(
        select(users.c.number).where(users.c.key == values["key"])
    ).scalar_one()
    return number


def update_user(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(update(users).where(users.c.number == number).values(values))


def insert_session(connection: Connection, session: StoredSession) -> None:
    """Ends the longest unused ones of the user where there are too many."""
    number, now = session.of_user, session.since
    is_open = (sessions.c.of_user == number, sessions.c.ended_at.is_(None))
    surplus = connection.scalars(
        select(sessions.c.id)
        .where(*is_open)
        .order_by(sessions.c.seen_at.desc(), sessions.c.number.desc())
        .offset(MOST_OF_ONE - 1)
    ).all()
    end_sessions(connection, {each: Why.MANY for each in surplus}, now)
    connection.execute(
        insert(sessions).values(
            id=session.id,
            digest=session.digest,
            of_user=number,
            address=stored_text(session.address),
            agent=stored_text(session.agent),
            way=session.way,
            since_at=stored_moment(now),
            seen_at=stored_moment(session.seen),
            ended_why="",
        )
    )
    update_user(connection, number, signed_in_at=stored_moment(now))


def end_sessions(connection: Connection, whys: Mapping[str, str], now: datetime) -> None:
    if whys:
        connection.execute(
            update(sessions)
            .where(sessions.c.id == bindparam("of"), sessions.c.ended_at.is_(None))
            .values(ended_at=stored_moment(now), ended_why=bindparam("why")),
            [{"of": session, "why": why} for session, why in whys.items()],
        )


def end_sessions_of(connection: Connection, number: int, why: str, now: datetime) -> None:
    connection.execute(
        update(sessions)
        .where(sessions.c.of_user == number, sessions.c.ended_at.is_(None))
        .values(ended_at=stored_moment(now), ended_why=why)
    )


def write_uses(
    connection: Connection, seen: Mapping[str, datetime], used: Mapping[str, datetime]
) -> None:
    """When sessions and tokens, by id, were used last. Later ones that are stored stand."""
    for table, column, moments in (
        (sessions, sessions.c.seen_at, seen),
        (tokens, tokens.c.used_at, used),
    ):
        if moments:
            earlier = column.is_(None) | (column < bindparam("at"))
            connection.execute(
                update(table)
                .where(table.c.id == bindparam("of"), earlier)
                .values({column.name: bindparam("at")}),
                [{"of": each, "at": stored_moment(when)} for each, when in moments.items()],
            )


def insert_token(connection: Connection, token: Token, digest: str) -> None:
    connection.execute(
        insert(tokens).values(
            id=token.id,
            digest=digest,
            name=stored_text(token.name),
            scopes=" ".join(token.scopes),
            made_by=stored_text(token.by),
            made_at=stored_moment(token.made),
            expires_at=None if token.expires is None else stored_moment(token.expires),
        )
    )


def revoke(connection: Connection, token_id: str, now: datetime) -> bool:
    """Whether there was one to revoke."""
    of = (tokens.c.id == stored_text(token_id), tokens.c.revoked_at.is_(None))
    revoked = connection.execute(update(tokens).where(*of).values(revoked_at=stored_moment(now)))
    return bool(revoked.rowcount)


def replace_invitations(connection: Connection, digests: Iterable[str], expires: datetime) -> None:
    """Those that there were hold no longer."""
    connection.execute(delete(invitations))
    for each in digests:
        connection.execute(
            insert(invitations).values(digest=each, expires_at=stored_moment(expires))
        )


def forget_ended(connection: Connection, now: datetime) -> None:
    """Sessions that ended, tokens and screens that were revoked, after a while."""
    ended, revoked = stored_moment(now - KEPT_ENDED), stored_moment(now - KEPT_REVOKED)
    connection.execute(delete(sessions).where(sessions.c.ended_at < ended))
    connection.execute(delete(tokens).where(tokens.c.revoked_at < revoked))
    forget_screens(connection, now)
