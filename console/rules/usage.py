"""Who uses a runner: where it is the default, what runs there now, what comes next, what streams.

An execution and a schedule name an environment and no runner, so what they say of a runner is an
estimate. Nothing is said to be absent unless everything that could show it was read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar

from console.fleet.kinds import is_streaming
from console.fleet.snapshot import Runner
from console.fleet.usage import (
    PLACES_KEPT,
    RUNNING_KEPT,
    SCHEDULES_KEPT,
    UNREAD,
    Due,
    Environment,
    Part,
    Trouble,
    Usage,
)

Item = TypeVar("Item")


class Gap(StrEnum):
    """Why an answer is not complete. That a credential sees no project at all usually means that
    it was given none, not that there is none."""

    NOT_READ = "not_read"
    BEING_READ = "being_read"
    UNREADABLE = "unreadable"
    NO_PROJECTS = "no_projects"
    TOO_MANY = "too_many"
    UNNAMED = "unnamed"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Answer(Generic[Item]):
    """`found` is None when nothing can be told; with a `gap` it is never empty, and there may be
    more. `trouble` is what the API said, where that made the gap. `as_of` is when it was read,
    where that is longer ago than it is usually kept."""

    found: tuple[Item, ...] | None = None
    gap: Gap | None = None
    trouble: Trouble | None = None
    as_of: datetime | None = None

    @property
    def is_partial(self) -> bool:
        return self.found is not None and self.gap is not None


@dataclass(frozen=True, slots=True)
class UsedBy:
    """`running` are names of pipelines, `next_run` is the soonest schedule alone. Both are
    estimates, and None where no environment is known that could tell. `streams` are names of
    streaming pipelines, exact, and None for a runner that is not a Streaming runner."""

    environments: Answer[Environment]
    running: Answer[str] | None = None
    next_run: Answer[Due] | None = None
    streams: Answer[str] | None = None


def used_by(runner: Runner, usage: Usage, now: datetime) -> UsedBy:
    """The answers for one runner, a hosted one too."""
    usage = usage.of(runner.account)
    streams = _streams(runner, usage, now) if is_streaming(runner) else None
    environments = _environments(runner, usage, now)
    if not environments.found:
        return UsedBy(environments, streams=streams)
    return UsedBy(
        environments,
        running=_among(environments, _running(runner, environments.found, usage, now)),
        next_run=_among(environments, _next_run(runner, environments.found, usage, now)),
        streams=streams,
    )


def _environments(runner: Runner, usage: Usage, now: datetime) -> Answer[Environment]:
    found = usage.environments_of.get(runner.id, ())
    unnamed = Gap.UNNAMED if "" in usage.environments_of else None
    return _answer(found, _in_projects("environments", runner, usage, now), unnamed)


def _running(
    runner: Runner, environments: Iterable[Environment], usage: Usage, now: datetime
) -> Answer[str]:
    runs = usage.runs_in
    found = tuple(run.pipeline for each in environments for run in runs.get(each.place, ()))
    unnamed = Gap.UNNAMED if None in runs else None
    known = _coverage((usage.running,), runner.id in usage.asked, now, RUNNING_KEPT)
    return _answer(found, known, unnamed)


def _next_run(
    runner: Runner, environments: Iterable[Environment], usage: Usage, now: datetime
) -> Answer[Due]:
    """A schedule whose time has passed runs again, but nobody has read when."""
    places = {each.place for each in environments}
    parts = {project_id: usage.due.get(project_id, UNREAD) for project_id, _ in places}
    known = _coverage(parts.values(), runner.id in usage.asked, now, SCHEDULES_KEPT)
    everywhere = [
        (project_id, due) for project_id in parts for due in parts[project_id].items or ()
    ]
    theirs = [due for project_id, due in everywhere if (project_id, due.environment) in places]
    coming = [(due.at, due) for due in theirs if due.at is not None and due.at >= now]
    gap = Gap.UNDATED if len(coming) < len(theirs) else None
    if any(due.environment is None for _, due in everywhere):
        gap = Gap.UNNAMED
    soonest = min(coming, key=lambda each: each[0])[1:] if coming else ()
    return _answer(soonest, known, gap)


def _among(environments: Answer[Environment], answer: Answer[Item]) -> Answer[Item]:
    """Where there may be more environments, there may be more in them."""
    if answer.gap or not environments.gap:
        return answer
    found = answer.found or None
    as_of = answer.as_of if found else None
    return Answer(found, environments.gap, environments.trouble, as_of)


def _streams(runner: Runner, usage: Usage, now: datetime) -> Answer[str]:
    """A Streaming runner serves one pipeline, so that the one that was found is all there is."""
    found = tuple(each.name for each in usage.streams_of.get(runner.id, ()))
    unnamed = Gap.UNNAMED if "" in usage.streams_of else None
    answer = _answer(found, _in_projects("streams", runner, usage, now), unnamed)
    return replace(answer, gap=None, trouble=None) if found else answer


def _in_projects(
    what: Literal["environments", "streams"], runner: Runner, usage: Usage, now: datetime
) -> Answer[Any]:
    """How far a question was read that every project must be asked."""
    is_asked = runner.id in usage.asked
    projects = usage.projects
    if not projects.items:
        known = _coverage((projects,), is_asked, now, PLACES_KEPT)
        return known if known.gap else replace(known, gap=Gap.NO_PROJECTS)
    by_project = usage.environments if what == "environments" else usage.streams
    parts = [by_project.get(project.id, UNREAD) for project in projects.items]
    return _coverage((projects, *parts), is_asked, now, PLACES_KEPT)


def _coverage(
    parts: Iterable[Part[Any]], is_asked: bool, now: datetime, kept: timedelta
) -> Answer[Any]:
    """An answer with nothing in it yet: why these parts are not the whole of it, and how old."""
    parts = tuple(parts)
    oldest = min((part.taken for part in parts if part.taken is not None), default=None)
    as_of = oldest if oldest is not None and abs(now - oldest) > 2 * kept else None
    unread = [part for part in parts if part.items is None]
    trouble = next((part.trouble for part in unread if part.trouble), None)
    if trouble:
        return Answer(gap=Gap.UNREADABLE, trouble=trouble, as_of=as_of)
    if unread:
        return Answer(gap=Gap.BEING_READ if is_asked else Gap.NOT_READ, as_of=as_of)
    return Answer(gap=Gap.TOO_MANY if any(part.is_cut for part in parts) else None, as_of=as_of)


def _answer(found: tuple[Item, ...], known: Answer[Any], doubt: Gap | None) -> Answer[Item]:
    gap = known.gap or doubt
    as_of = known.as_of if found or gap is None else None
    return Answer(found if found or gap is None else None, gap, known.trouble, as_of)
