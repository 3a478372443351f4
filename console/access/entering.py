"""Begins a session in the database, within the transaction of whoever lets the user in."""

from datetime import datetime
from typing import TYPE_CHECKING

from console.access.audit import AuditEntry, What
from console.access.audit_rows import write_entries
from console.access.digests import digest, new_id, new_secret
from console.access.person import Person
from console.access.sessions import Way
from console.access.state import StoredSession
from console.access.users import User
from console.access.writing import insert_session

if TYPE_CHECKING:
    from sqlalchemy import Connection

AGENT_LENGTH = 200


def begin_session(
    rows: "Connection", user: User, way: Way, address: str, agent: str, now: datetime
) -> tuple[Person, str]:
    """The person, and the secret of the new session."""
    secret = new_secret()
    session = StoredSession(
        id=new_id(),
        digest=digest(secret),
        of_user=user.number,
        address=address,
        agent=agent[:AGENT_LENGTH],
        way=way,
        since=now,
        seen=now,
    )
    insert_session(rows, session)
    note(rows, now, user, address, What.SIGN_IN, f"by {way}")
    return Person(user.name, user.role, address, session.id), secret


def note(
    rows: "Connection", now: datetime, user: User, address: str, what: What, detail: str
) -> None:
    """An entry of the audit about somebody who comes in."""
    entry = AuditEntry(now, user.name, user.role, address, what, user.name, detail)
    write_entries(rows, (entry,))
