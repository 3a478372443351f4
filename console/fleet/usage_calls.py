"""The calls that tell who uses the runners, and from the API's records to the values of `usage`."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import TYPE_CHECKING, TypeVar

from console.fleet.usage import Due, Environment, Project, Run, Stream

if TYPE_CHECKING:
    from console.api.client import RunnerApi
    from console.api.models import usage as records

Item = TypeVar("Item")
Found = tuple[tuple[Item, ...], bool]
"""What a call found, and whether there is more beyond it."""

MOST_PROJECTS = 500
"""How many projects are looked into; with more, what is told is "at least"."""

MOST_EXECUTION_PAGES = 10
"""A hundred executions each."""

IN_PROGRESS = ("RUNNING", "CANCELLING")


async def projects(api: "RunnerApi") -> Found[Project]:
    found = [Project(record.id, record.name or "") for record in await api.list_projects()]
    return tuple(found[:MOST_PROJECTS]), len(found) > MOST_PROJECTS


async def running(api: "RunnerApi") -> Found[Run]:
    page = await api.first_executions(IN_PROGRESS, MOST_EXECUTION_PAGES)
    return tuple(_runs(page.results)), page.more is not None


async def environments(api: "RunnerApi", project: Project) -> Found[Environment]:
    listed = await api.list_environments(project.id)
    return tuple(_environment(project, record) for record in listed), False


async def schedules(api: "RunnerApi", project_id: str) -> Found[Due]:
    """All that may be switched on: a schedule that does not tell counts as on."""
    listed = await api.list_schedules(project_id)
    return tuple(_due(record) for record in listed if record.schedule_enabled is not False), False


async def streams(api: "RunnerApi", project_id: str) -> Found[Stream]:
    listed = await api.list_streaming_pipelines(project_id)
    return tuple(Stream(record.name or "", record.agent_id) for record in listed), False


def _runs(executions: "Iterable[records.Execution]") -> Iterator[Run]:
    for each in executions:
        if each.status is not None and each.status.upper() not in IN_PROGRESS:
            continue
        place = None
        if each.project_id is not None and each.environment_name is not None:
            place = (each.project_id, each.environment_name)
        yield Run(place, each.pipeline_name or "")


def _environment(project: Project, record: "records.Environment") -> Environment:
    without_id = "" if record.default_agent_name else None
    return Environment(project, record.name, record.default_agent_id or without_id)


def _due(record: "records.Schedule") -> Due:
    at = record.next_run_at
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return Due(record.environment_name, record.name or "", record.pipeline_name or "", at)
