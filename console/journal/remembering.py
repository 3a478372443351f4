"""Writes what was learnt, in a transaction of the caller's: releases, and what runners taught."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, tuple_, update

from console.fleet.lines import Line
from console.fleet.memory import NOTHING_LEARNT, Lesson, Release
from console.journal.numbers import parts, runner_numbers
from console.journal.schema import lessons, releases
from console.journal.storing import is_storable, stored_key, stored_moment, stored_text


def write_releases(
    connection: Connection, account: int, learnt: Mapping[tuple[Line, str], Release]
) -> None:
    """Of one release the earliest dates stand."""
    rows = {
        (line.key, version): release
        for (line, version), release in learnt.items()
        if is_storable(line.key) and is_storable(version)
    }
    key = tuple_(releases.c.line, releases.c.version)
    of_account = releases.c.account == account
    for part in parts(list(rows)):
        stored = {
            (row.line, row.version): (row.released_at, row.first_seen_at)
            for row in connection.execute(select(releases).where(of_account, key.in_(part)))
        }
        new: list[dict[str, Any]] = []
        for line, version in part:
            found = _dates(rows[line, version])
            known = stored.get((line, version))
            if known is None:
                values = {"released_at": found[0], "first_seen_at": found[1]}
                new.append({"account": account, "line": line, "version": version} | values)
                continue
            earliest = _earliest(known, found)
            if earliest != known:
                connection.execute(
                    update(releases)
                    .where(of_account, releases.c.line == line, releases.c.version == version)
                    .values(released_at=earliest[0], first_seen_at=earliest[1])
                )
        if new:
            connection.execute(insert(releases), new)


def _dates(release: Release) -> tuple[int | None, int]:
    released = None if release.released is None else stored_moment(release.released)
    return released, stored_moment(release.first_seen)


def _earliest(
    known: tuple[int | None, int], found: tuple[int | None, int]
) -> tuple[int | None, int]:
    dates = [each for each in (known[0], found[0]) if each is not None]
    return min(dates, default=None), min(known[1], found[1])


def write_lessons(connection: Connection, account: int, learnt: Mapping[str, Lesson]) -> None:
    if not learnt:
        return
    by_id = {stored_key(runner_id): lesson for runner_id, lesson in learnt.items()}
    numbers = runner_numbers(connection, account, sorted(by_id))
    for part in parts(sorted(numbers.values())):
        connection.execute(delete(lessons).where(lessons.c.runner.in_(part)))
    rows = [
        {"runner": numbers[runner_id]} | _lesson_values(lesson)
        for runner_id, lesson in by_id.items()
        if runner_id in numbers and lesson != NOTHING_LEARNT
    ]
    if rows:
        connection.execute(insert(lessons), rows)


def _lesson_values(lesson: Lesson) -> dict[str, Any]:
    changed = lesson.track_changed
    return {
        "unmoved_at": None if lesson.unmoved is None else stored_moment(lesson.unmoved),
        "unmoved_version": stored_text(lesson.unmoved_version),
        "track_changed_at": None if changed is None else stored_moment(changed),
        "track_left": stored_text(lesson.track_left),
        "away_version": stored_text(lesson.away_version),
    }
