"""The endpoints around the runners: projects, environments, schedules, executions, events."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from console.demo.audit import events_between
from console.demo.executions import LOOK_BACK, STATUSES, Execution, executions
from console.demo.problems import Problem, moment_in, number_in, page_and_size
from console.demo.usage import Project
from console.demo.world import World

PROJECTS = "/dpc/v1/projects"


class UsageRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        one = f"{PROJECTS}/{{project_id}}"
        streaming = f"{one}/streaming-pipelines"
        return [
            Route(PROJECTS, self.projects),
            Route(f"{one}/environments", self.environments),
            Route(f"{one}/schedules", self.schedules),
            Route(streaming, self.streaming_pipelines),
            Route(f"{streaming}/{{pipeline_id}}/status", self.streaming_status),
            Route(f"{one}/pipeline-executions/{{execution_id}}", self.execution),
            Route("/dpc/v1/pipeline-executions", self.executions),
            Route("/dpc/v1/events", self.events),
        ]

    async def projects(self, request: Request) -> Response:
        return _page(request, [project.body() for project in self._world.usage.projects])

    async def environments(self, request: Request) -> Response:
        places = self._project(request).environments.items()
        return _page(request, [self._environment(name, default) for name, default in places])

    async def schedules(self, request: Request) -> Response:
        project, now = self._project(request), self._world.now()
        found = [one for one in self._world.usage.schedules if one.project_id == project.id]
        return _page(request, [schedule.body(now) for schedule in found])

    async def streaming_pipelines(self, request: Request) -> Response:
        project = self._project(request)
        found = [one for one in self._world.usage.streaming if one.project_id == project.id]
        return _page(request, [pipeline.body() for pipeline in found])

    async def streaming_status(self, request: Request) -> Response:
        project = self._project(request)
        for pipeline in self._world.usage.streaming:
            if (pipeline.project_id, pipeline.id) == (
                project.id,
                request.path_params["pipeline_id"],
            ):
                return JSONResponse({"status": self._streaming_state(pipeline.runner_id)})
        raise Problem(404, "There is no streaming pipeline with this id.")

    async def executions(self, request: Request) -> Response:
        """Pages follow a token that remembers the moment at which the first page was asked for."""
        limit = min(number_in(request.query_params, "limit", 25, 1, 999_999), 100)
        now = self._world.now()
        token = request.query_params.get("paginationToken")
        moment, start = (now, 0) if token is None else _opened(token, now)
        found = _filtered(request, executions(self._world.usage, moment))
        shown = found[start : start + limit]
        body: dict[str, object] = {"results": [execution.body() for execution in shown]}
        if start + limit < len(found):
            body["more"] = _closed(moment, start + limit)
        return JSONResponse(body)

    async def execution(self, request: Request) -> Response:
        project = self._project(request)
        for execution in executions(self._world.usage, self._world.now()):
            wanted = (project.id, request.path_params["execution_id"])
            if (execution.schedule.project_id, execution.id) == wanted:
                return JSONResponse(execution.body())
        raise Problem(404, "There is no execution with this id.")

    async def events(self, request: Request) -> Response:
        start = moment_in(request.query_params, "from")
        end = moment_in(request.query_params, "to")
        if start is None or end is None:
            raise Problem(400, "Validation failed", ("from and to: must not be null",))
        now = self._world.now()
        return _page(request, events_between(self._world.events, start, end, now))

    def _project(self, request: Request) -> Project:
        try:
            return self._world.usage.project(request.path_params["project_id"])
        except KeyError as unknown:
            raise Problem(404, "There is no project with this id.") from unknown

    def _environment(self, name: str, default: str | None) -> dict[str, object]:
        if default is None:
            return {"name": name}
        body: dict[str, object] = {"name": name, "defaultAgentId": default}
        try:
            return body | {"defaultAgentName": self._world.runner(default).name}
        except KeyError:
            return body

    def _streaming_state(self, runner_id: str) -> str:
        try:
            runner = self._world.runner(runner_id)
        except KeyError:
            return "UNKNOWN"
        return "STREAMING" if runner.status == "running" and runner.connected else "NOT_RUNNING"


def _page(request: Request, items: Sequence[object]) -> Response:
    page, size = page_and_size(request.query_params)
    results = items[page * size : (page + 1) * size]
    return JSONResponse({"page": page, "results": results, "size": size, "total": len(items)})


def _filtered(request: Request, found: list[Execution]) -> list[Execution]:
    query = request.query_params
    statuses = query.getlist("status")
    if not set(statuses) <= set(STATUSES):
        raise Problem(400, "Validation failed", (f"status: must be one of {', '.join(STATUSES)}",))
    after, before = moment_in(query, "startedAfter"), moment_in(query, "startedBefore")
    part = query.get("pipelineName", "").casefold()
    exact = {name: query.get(name) for name in ("projectId", "environmentName", "scheduleId")}
    return [
        one
        for one in found
        if (not statuses or one.status in statuses)
        and exact["projectId"] in (None, one.schedule.project_id)
        and exact["environmentName"] in (None, one.schedule.environment)
        and exact["scheduleId"] in (None, one.schedule.id)
        and part in one.schedule.pipeline.casefold()
        and (after is None or one.started_at >= after)
        and (before is None or one.started_at <= before)
    ]


def _closed(moment: datetime, start: int) -> str:
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{start}".encode()).decode()


def _opened(token: str, now: datetime) -> tuple[datetime, int]:
    try:
        said, start = base64.urlsafe_b64decode(token.encode()).decode().split("|")
        moment, position = datetime.fromisoformat(said).astimezone(UTC), int(start)
    except (ValueError, OverflowError, OSError, binascii.Error) as wrong:
        raise Problem(400, "Validation failed", ("paginationToken: is not valid",)) from wrong
    if position < 0 or not now - LOOK_BACK <= moment <= now:
        raise Problem(400, "Validation failed", ("paginationToken: is not valid",))
    return moment, position
