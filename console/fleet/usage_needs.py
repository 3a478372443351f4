"""What must be read to tell who uses some runners: what is missing, and what is no longer fresh."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from console.fleet.usage import (
    PLACES_KEPT,
    RUNNING_KEPT,
    SCHEDULES_KEPT,
    UNREAD,
    Due,
    Part,
    Project,
    Usage,
)

RETRY = timedelta(minutes=1)
"""How long after a failure the same is tried again."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What can be read now; `schedules` and `streams` are ids of projects. Which environments
    there are to read shows only once the projects are read, and which schedules after those."""

    running: bool
    projects: bool
    environments: tuple[Project, ...] = ()
    schedules: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.running or self.projects or self.environments or self.schedules or self.streams
        )


def needs(usage: Usage, wanted: Collection[str], now: datetime, *, with_streams: bool) -> Needs:
    """For the wanted runners, by id; `with_streams` when one of them is a Streaming runner.
    What failed last time comes last, so that it cannot keep the rest from being read."""
    running = _is_due(usage.running, now, RUNNING_KEPT)
    if _is_due(usage.projects, now, PLACES_KEPT):
        return Needs(running, projects=True)
    projects = {project.id: project for project in usage.projects.items or ()}
    theirs = {
        environment.project.id: None
        for runner_id in wanted
        for environment in usage.environments_of.get(runner_id, ())
    }
    environments = _due_among(projects, usage.environments, now, PLACES_KEPT)
    return Needs(
        running,
        projects=False,
        environments=tuple(projects[each] for each in environments),
        schedules=_due_among(theirs, usage.due, now, SCHEDULES_KEPT),
        streams=_due_among(projects, usage.streams, now, PLACES_KEPT) if with_streams else (),
    )


def _due_among(
    project_ids: Iterable[str], parts: Mapping[str, Part[Any]], now: datetime, kept: timedelta
) -> tuple[str, ...]:
    due = [each for each in project_ids if _is_due(parts.get(each, UNREAD), now, kept)]
    return tuple(sorted(due, key=lambda each: parts.get(each, UNREAD).trouble is not None))


def _is_due(part: Part[Any], now: datetime, kept: timedelta) -> bool:
    """A clock that was put back counts as time gone by, so that nothing is kept for ever."""
    if part.tried is None:
        return True
    has_begun = any(isinstance(each, Due) and _began(each, part, now) for each in part.items or ())
    return abs(now - part.tried) >= (RETRY if part.trouble or has_begun else kept)


def _began(due: Due, part: Part[Any], now: datetime) -> bool:
    """Whether its time came since it was read, so that its next one is not known any more."""
    return due.at is not None and part.taken is not None and part.taken < due.at <= now
