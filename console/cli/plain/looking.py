"""The words that look: each answers with lines, and changes nothing but what is looked at."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from console.cli.plain.announcing import age_sentence
from console.cli.plain.talk import Talk
from console.cli.plain.telling import (
    activity_lines,
    calendar_lines,
    connection_lines,
    count_lines,
    detail_lines,
    fleet_lines,
    history_lines,
    profile_lines,
    row_lines,
)
from console.errors import UsageError
from console.journal.history import History
from console.rules.assessment import assess
from console.view.activity import EVERYTHING, activity_view
from console.view.activity_grammar import ACTIONS_DONE, TypedFilter
from console.view.commands import read_command
from console.view.connection import connection_view
from console.view.detail import runner_detail
from console.view.filter import parse_filter
from console.view.history import history_view
from console.view.names import runners_named
from console.view.overview import overview
from console.view.profiles import marks_gone
from console.view.query import Query
from console.view.records import runner_record
from console.view.releases import releases_view
from console.view.runners import runners_table

PROBLEMS = "is:problem"
PATIENCE = 5.0
"""Seconds an answer waits for what has to be read first."""

NOT_RECORDED = "Nothing is recorded in this session."
MOST_ACTIONS = 200


def listing(talk: Talk) -> Iterator[str]:
    """The runners of the query, under what they are."""
    store, query = talk.session.store, talk.query
    table = runners_table(store.snapshot, query, store.now)
    if table.rows:
        title = next(each.title for each in table.columns if each.key == query.sort)
        order = f"by {title.lower()}{', reversed' if query.descending else ''}"
        yield f"{table.caption}, {order}:"
    yield from row_lines(table, talk.marks, wide=talk.is_wide)


async def runners(talk: Talk, rest: str) -> Iterable[str]:
    talk.query = replace(talk.query, filter=parse_filter(rest))
    return listing(talk)


async def problems(talk: Talk, rest: str) -> Iterable[str]:
    _alone("problems", rest)
    return await runners(talk, PROBLEMS)


async def counted(talk: Talk, number: int) -> Iterable[str]:
    """The runners that the count of this number counts."""
    store = talk.session.store
    headlines = overview(store.snapshot, store.now).headlines
    if not 1 <= number <= len(headlines):
        raise UsageError(f"There is no count {number}: they go from 1 to {len(headlines)}.")
    return await runners(talk, headlines[number - 1].filter)


async def sort(talk: Talk, rest: str) -> Iterable[str]:
    command = read_command(f"sort {rest}", talk.session.store.snapshot)
    if command is not None:
        talk.query = Query(talk.query.filter, command.argument, command.descending)
    return listing(talk)


async def wide(talk: Talk, rest: str) -> Iterable[str]:
    talk.is_wide = _switch("wide", rest, talk.is_wide)
    return listing(talk)


async def show(talk: Talk, rest: str) -> Iterable[str]:
    session = talk.session
    (runner,) = runners_named(session.store.snapshot, [_name("show", rest)])
    await look_up_usage(talk, (runner.id,))
    history = await _history(talk, runner.id)
    store = session.store
    detail = runner_detail(
        store.snapshot,
        runner.id,
        store.now,
        read_only=session.is_read_only_for(runner.id),
        history=history,
        zone=session.zone,
    )
    return detail_lines(detail) if detail is not None else ()


async def json(talk: Talk, rest: str) -> Iterable[str]:
    from pydantic_core import to_json

    store = talk.session.store
    (runner,) = runners_named(store.snapshot, [_name("json", rest)])
    record = runner_record(assess(runner, store.snapshot, store.now))
    return to_json(record, indent=2, ensure_ascii=True).decode().split("\n")


async def history(talk: Talk, rest: str) -> Iterable[str]:
    session, name = talk.session, _name("history", rest)
    (runner,) = runners_named(session.store.snapshot, [name])
    recorded = await _history(talk, runner.id)
    if recorded is None:
        return (NOT_RECORDED,)
    return history_lines(history_view(recorded, session.store.now, session.zone))


async def releases(talk: Talk, rest: str) -> Iterable[str]:
    _alone("releases", rest)
    store = talk.session.store
    return calendar_lines(releases_view(store.snapshot, store.now, talk.session.zone))


async def activity(talk: Talk, rest: str) -> Iterable[str]:
    wanted = TypedFilter(parse_filter(rest, ACTIONS_DONE)) if rest else EVERYTHING
    session, recorded = talk.session, None
    if session.journal is not None:
        await session.journal.settled()
        recorded = await session.journal.activity(limit=MOST_ACTIONS)
    store = session.store
    told = activity_view(store.snapshot, recorded, store.now, session.zone, wanted)
    return (*([f"{told.caption}:"] if rest else []), *activity_lines(told))


async def profiles(talk: Talk, rest: str) -> Iterable[str]:
    """With a name, or several as eu,us, or all: those are opened, and the marks go."""
    if not rest:
        return profile_lines(talk.sessions.profiles)
    change = await talk.sessions.change(rest)
    talk.was_wrong = talk.was_wrong or change.is_wrong
    if change.session is None:
        return (change.said,)
    talk.turned_to = change.session
    gone = marks_gone(len(talk.marks))
    talk.marks = {}
    return (f"{change.said} {gone}".rstrip(),)


async def connection(talk: Talk, rest: str) -> Iterable[str]:
    _alone("connection", rest)
    session, store = talk.session, talk.session.store
    trouble = session.history_problem
    return connection_lines(connection_view(store.snapshot, store.now, session.zone, trouble))


async def changes(talk: Talk, rest: str) -> Iterable[str]:
    _alone("changes", rest)
    return tuple(talk.announcer.again()) or ("No change has been announced yet.",)


async def counts(talk: Talk, rest: str) -> Iterable[str]:
    _alone("counts", rest)
    store = talk.session.store
    talk.announcer.know_verdict()
    verdict, *others = fleet_lines(store.snapshot, store.now)
    outlook = others[1:]
    age = age_sentence(store.snapshot, store.now)
    return (verdict, *count_lines(store.snapshot, store.now), *outlook, age)


async def refresh(talk: Talk, rest: str) -> Iterable[str]:
    _alone("refresh", rest)
    store = talk.session.store
    snapshot = await store.refresh()
    return (age_sentence(snapshot, store.now),)


async def quiet(talk: Talk, rest: str) -> Iterable[str]:
    talk.is_quiet = _switch("quiet", rest, talk.is_quiet)
    if talk.is_quiet:
        return ("Changes are told only after you press Enter.",)
    return ("Changes are told as they are seen.",)


async def leave(talk: Talk, rest: str) -> Iterable[str]:
    _alone("quit", rest)
    talk.is_over = True
    return ()


async def look_up_usage(talk: Talk, runner_ids: Sequence[str]) -> None:
    """Waits a little for who uses these runners; what is not known by then is told as unknown."""
    if talk.session.usage is not None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await talk.session.usage.read(runner_ids)


async def _history(talk: Talk, runner_id: str) -> History | None:
    journal = talk.session.journal
    if journal is None:
        return None
    await journal.settled()
    return await journal.history(runner_id)


def _name(word: str, rest: str) -> str:
    if not rest:
        raise UsageError(f"Name a runner: {word} NAME.")
    return rest


def _alone(word: str, rest: str) -> None:
    if rest:
        raise UsageError(f"Nothing can stand after “{word}”.")


def _switch(word: str, rest: str, is_on: bool) -> bool:
    if rest not in ("", "on", "off"):
        raise UsageError(f"After “{word}” only on or off can stand.")
    return not is_on if not rest else rest == "on"
