"""From the newest snapshot to the JSON that is answered."""

from datetime import datetime
from typing import Any

from console.access.person import Person
from console.access.roles import RIGHTS, Right
from console.fleet.snapshot import AccountState, Snapshot
from console.session import Session
from console.view.overview import data_age, overview, problem_text
from console.view.query import Query
from console.view.records import runner_page, runner_record_of
from console.view.release_records import release_records
from console.view.words import problem_words
from web.api.asking import RunnersAsked
from web.api.callers import Caller

Json = dict[str, Any]


def runners_json(session: Session, query: Query, asked: RunnersAsked) -> Json:
    snapshot, now = session.store.snapshot, session.store.now
    records, matching = runner_page(snapshot, query, now, asked.offset, asked.limit)
    end = asked.offset + len(records)
    return {
        "runners": records,
        "matching": matching,
        "total": len(snapshot.runners),
        "offset": asked.offset,
        "limit": asked.limit,
        "next_offset": end if records and end < matching else None,
    }


def runner_json(session: Session, runner_id: str) -> Json | None:
    """None for a runner that is not there."""
    record = runner_record_of(session.store.snapshot, runner_id, session.store.now)
    return None if record is None else {"runner": record}


def releases_json(session: Session) -> Json:
    return {"lines": release_records(session.store.snapshot, session.store.now)}


def summary_json(session: Session, query: Query) -> Json:
    snapshot, now = session.store.snapshot, session.store.now
    seen = overview(snapshot, now, query.filter)
    counts = [
        {"key": each.key, "label": each.label, "count": each.count, "filter": each.filter}
        for each in seen.headlines
    ]
    return {
        "verdict": seen.verdict,
        "outlook": seen.outlook,
        "counts": counts,
        "matching": seen.headlines[0].count,
        "total": len(snapshot.runners),
    }


def accounts_json(session: Session) -> list[Json]:
    """How each account is read, also where only one is open."""
    snapshot, now = session.store.snapshot, session.store.now
    alone = AccountState(
        session.name, snapshot.taken, snapshot.problem, is_read_only=session.is_read_only
    )
    return [
        {
            "name": each.name,
            "read_only": session.is_read_only or each.is_read_only,
            "data": _reading(
                each.taken,
                now,
                problem_words(each.problem) if each.problem else "",
                is_stale=data_age(Snapshot(taken=each.taken), now).is_stale,
            ),
        }
        for each in snapshot.accounts or (alone,)
    ]


def reading_json(session: Session) -> Json:
    snapshot, now = session.store.snapshot, session.store.now
    is_stale = data_age(snapshot, now).is_stale
    return _reading(snapshot.taken, now, problem_text(snapshot), is_stale=is_stale)


def me_json(caller: Caller) -> Json:
    if isinstance(caller, Person):
        rights = sorted(RIGHTS[caller.role], key=tuple(Right).index)
        told: Json = {"role": caller.role, "rights": rights, "scopes": [], "expires": None}
        return {"kind": "person", "name": caller.name, **told}
    return {
        "kind": "token",
        "name": caller.name,
        "role": None,
        "rights": [],
        "scopes": sorted(caller.scopes),
        "expires": None if caller.expires is None else caller.expires.isoformat(),
    }


def _reading(taken: datetime | None, now: datetime, problem: str, *, is_stale: bool) -> Json:
    age = None if taken is None else round(max(0.0, (now - taken).total_seconds()), 1)
    return {
        "read_at": None if taken is None else taken.isoformat(),
        "age_seconds": age,
        "is_stale": is_stale,
        "problem": problem or None,
    }
