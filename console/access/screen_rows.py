"""Reads screens out of their table, and writes them."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from console.access.screen_roll import Sign
from console.access.screens import COMING, Screen
from console.access.users import user_key
from console.journal.schema import screens
from console.journal.storing import moment_from, stored_moment, stored_text

KEPT_REVOKED = timedelta(days=30)
KEPT_MISSED = timedelta(days=1)

_STANDS = screens.c.revoked_at.is_(None)


def read_screens(connection: Connection) -> dict[str, Screen]:
    """By digest."""
    return {row.digest: _screen(row) for row in connection.execute(select(screens))}


def insert_screen(connection: Connection, screen: Screen, digest: str) -> None:
    connection.execute(
        insert(screens).values(
            id=screen.id,
            digest=digest,
            name=stored_text(screen.name),
            options=_stored_options(screen.options),
            address=stored_text(screen.address),
            version=stored_text(screen.version),
            made_by=stored_text(screen.by),
            made_at=stored_moment(screen.made),
            revoked_by="",
        )
    )


def count_screens(connection: Connection) -> int:
    """Those that are not revoked."""
    return connection.scalar(select(func.count()).select_from(screens).where(_STANDS)) or 0


def is_taken(connection: Connection, name: str, besides: str = "") -> bool:
    """Whether a screen that is not revoked, other than the one with the id, has this name."""
    others = (_STANDS, screens.c.id != stored_text(besides))
    names = connection.scalars(select(screens.c.name).where(*others))
    return user_key(name) in map(user_key, names)


def open_screen(
    connection: Connection, expected: str, digest: str, address: str, version: str, now: datetime
) -> tuple[str, str] | None:
    """Id and name of the screen that was let in with the first digest, and has the second from now
    on. None where none is expected."""
    since, until = stored_moment(now - COMING), stored_moment(now + COMING)
    is_expected = (
        screens.c.digest == expected,
        screens.c.opened_at.is_(None),
        screens.c.made_at.between(since, until),
        _STANDS,
    )
    found = connection.execute(select(screens.c.id, screens.c.name).where(*is_expected)).first()
    if found is None:
        return None
    moment = stored_moment(now)
    seen = {"seen_at": moment, "address": stored_text(address), "version": stored_text(version)}
    values = {"digest": digest, "opened_at": moment, **seen}
    connection.execute(update(screens).where(screens.c.id == found.id).values(values))
    return found.id, found.name


def find_screen(connection: Connection, screen_id: str) -> Screen | None:
    """One that is not revoked."""
    of = (screens.c.id == stored_text(screen_id), _STANDS)
    found = connection.execute(select(screens).where(*of)).first()
    return None if found is None else _screen(found)


def update_screen(
    connection: Connection, screen_id: str, name: str, options: Mapping[str, str]
) -> None:
    values = {"name": stored_text(name), "options": _stored_options(options)}
    of = screens.c.id == stored_text(screen_id)
    connection.execute(update(screens).where(of).values(values))


def revoke_screen(connection: Connection, screen_id: str, by: str, now: datetime) -> bool:
    """Whether there was one to revoke."""
    of = (screens.c.id == stored_text(screen_id), _STANDS)
    values = {"revoked_at": stored_moment(now), "revoked_by": stored_text(by)}
    return bool(connection.execute(update(screens).where(*of).values(values)).rowcount)


def remove_screen(connection: Connection, screen_id: str) -> bool:
    """Whether there was a revoked one, or one that never came, to take off the list."""
    of = (screens.c.id == stored_text(screen_id), ~_STANDS | screens.c.opened_at.is_(None))
    return bool(connection.execute(delete(screens).where(*of)).rowcount)


def write_signs(connection: Connection, signs: Mapping[str, Sign]) -> None:
    """When screens were seen last, and where. Later signs that are stored stand."""
    earlier = screens.c.seen_at.is_(None) | (screens.c.seen_at < bindparam("at"))
    values: dict[str, Any] = {
        "seen_at": bindparam("at"),
        "address": bindparam("from"),
        "version": bindparam("of"),
    }
    connection.execute(
        update(screens).where(screens.c.id == bindparam("which"), earlier).values(values),
        [
            {
                "which": each,
                "at": stored_moment(sign.seen),
                "from": stored_text(sign.address),
                "of": stored_text(sign.version),
            }
            for each, sign in signs.items()
        ],
    )


def forget_screens(connection: Connection, now: datetime) -> None:
    """Those that were revoked, and those that never came, after a while."""
    revoked, missed = stored_moment(now - KEPT_REVOKED), stored_moment(now - KEPT_MISSED)
    connection.execute(delete(screens).where(screens.c.revoked_at < revoked))
    never_came = (screens.c.opened_at.is_(None), screens.c.made_at < missed)
    connection.execute(delete(screens).where(*never_came))


def _screen(row: Row[Any]) -> Screen:
    return Screen(
        id=row.id,
        name=row.name,
        by=row.made_by,
        made=moment_from(row.made_at),
        options=_options(row.options),
        address=row.address,
        version=row.version,
        opened=_moment(row.opened_at),
        seen=_moment(row.seen_at),
        revoked=_moment(row.revoked_at),
        revoked_by=row.revoked_by,
    )


def _moment(stored: int | None) -> datetime | None:
    return None if stored is None else moment_from(stored)


def _stored_options(options: Mapping[str, str]) -> str:
    return json.dumps(dict(options), sort_keys=True)


def _options(stored: str) -> Mapping[str, str]:
    """None of them where somebody else has written what is no text by name."""
    try:
        told = json.loads(stored)
    except ValueError:
        told = None
    pairs = told.items() if isinstance(told, dict) else ()
    return MappingProxyType({name: text for name, text in pairs if isinstance(text, str)})
