"""The runner API, call by call. Names are ours; paths and wire names are the vendor's."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from pydantic import TypeAdapter

from console.api.http import httpx
from console.api.models.record import Page, parsed
from console.api.models.runners import (
    Command,
    NewRunner,
    RunnerChange,
    RunnerCredentials,
    RunnerRecord,
)
from console.api.paging import MOST_PAGES, PAGE_SIZE, together, whole_list
from console.api.transport import Query, Transport
from console.errors import ApiError, NotFound
from console.settings import Profile

if TYPE_CHECKING:
    from console.api.models import usage

Model = TypeVar("Model")

RUNNER: TypeAdapter[RunnerRecord] = TypeAdapter(RunnerRecord)
RUNNER_PAGE: TypeAdapter[Page[RunnerRecord]] = TypeAdapter(Page[RunnerRecord])


@asynccontextmanager
async def open_api(
    profile: Profile,
    *,
    http_transport: httpx.AsyncBaseTransport | None = None,
    clock: Callable[[], float] | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator["RunnerApi"]:
    """The API of a profile, with its connections closed at the end. Nothing is sent yet."""
    transport = Transport(profile, http_transport=http_transport, clock=clock, sleep=sleep)
    try:
        yield RunnerApi(transport)
    finally:
        await transport.aclose()


class RunnerApi:
    """Every call raises only errors of ours (`console.errors`)."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.budget = transport.budget
        self.traffic = transport.traffic

    async def list_runners(self) -> tuple[RunnerRecord, ...]:
        """The whole fleet in the API's order. Summaries without a status are completed by a call
        each; a runner that vanished meanwhile is left out, one that cannot be read stays as it is.
        """
        records = await self._list("/v1/agents", RUNNER_PAGE, lambda record: record.id)
        summaries = [record for record in records if record.is_summary]
        if not summaries:
            return records
        completed = await together(self._completed(record) for record in summaries)
        by_id = {summary.id: record for summary, record in zip(summaries, completed, strict=True)}
        full = (by_id.get(record.id, record) for record in records)
        return tuple(record for record in full if record is not None)

    async def runner(self, runner_id: str) -> RunnerRecord:
        return parsed(RUNNER, await self._transport.get(_path(runner_id)))

    async def create_runner(self, runner: NewRunner) -> RunnerRecord:
        """The new runner, pending; its secret is a call of its own (`credentials`)."""
        body = runner.model_dump(by_alias=True, exclude_none=True)
        return parsed(RUNNER, await self._transport.send("POST", "/v1/agents", body))

    async def update_runner(self, runner_id: str, change: RunnerChange) -> None:
        """Accepted, not done: read the runner to see it."""
        await self._transport.send("PATCH", _path(runner_id), change.on_the_wire())

    async def delete_runner(self, runner_id: str) -> None:
        await self._transport.send("DELETE", _path(runner_id))

    async def command(self, runner_id: str, command: Command) -> None:
        """Accepted, not done: read the runner to see it."""
        await self._transport.send("POST", _path(runner_id, "commands"), {"command": command.value})

    async def credentials(self, runner_id: str) -> RunnerCredentials:
        """Hands out the live secret: only on a person's demand."""
        body = await self._transport.get(_path(runner_id, "credentials"))
        return parsed(TypeAdapter(RunnerCredentials), body)

    async def refresh_credentials(self, runner_id: str) -> RunnerCredentials:
        """Revokes the old secret; a running runner is cut off until it has the new one."""
        body = await self._transport.send(
            "POST", _path(runner_id, "credentials"), {"action": "SECRET_REFRESH"}
        )
        return parsed(TypeAdapter(RunnerCredentials), body)

    async def allow_list(self, runner_id: str) -> "usage.AllowList":
        from console.api.models import usage

        body = await self._transport.get(_path(runner_id, "allowlist"))
        return parsed(TypeAdapter(usage.AllowList), body)

    async def set_allow_list(self, runner_id: str, allowed: "usage.AllowList") -> None:
        await self._transport.send("PUT", _path(runner_id, "allowlist"), allowed.on_the_wire())

    async def add_to_allow_list(self, runner_id: str, added: "usage.AllowList") -> None:
        await self._transport.send("PATCH", _path(runner_id, "allowlist"), added.on_the_wire())

    async def remove_from_allow_list(
        self, runner_id: str, project_id: str, environment: str | None = None
    ) -> None:
        """Without an environment the whole project is removed."""
        query: dict[str, str] = {"projectId": project_id}
        if environment is not None:
            query["environmentName"] = environment
        await self._transport.send("DELETE", _path(runner_id, "allowlist"), query=query)

    async def list_projects(self) -> "tuple[usage.Project, ...]":
        from console.api.models import usage

        return await self._list("/v1/projects", TypeAdapter(Page[usage.Project]), lambda p: p.id)

    async def list_environments(self, project_id: str) -> "tuple[usage.Environment, ...]":
        from console.api.models import usage

        path = _project(project_id, "environments")
        return await self._list(path, TypeAdapter(Page[usage.Environment]), lambda each: each.name)

    async def list_schedules(self, project_id: str) -> "tuple[usage.Schedule, ...]":
        from console.api.models import usage

        path = _project(project_id, "schedules")
        return await self._list(
            path, TypeAdapter(Page[usage.Schedule]), lambda each: each.schedule_id
        )

    async def list_streaming_pipelines(
        self, project_id: str
    ) -> "tuple[usage.StreamingPipeline, ...]":
        from console.api.models import usage

        path = _project(project_id, "streaming-pipelines")
        adapter = TypeAdapter(Page[usage.StreamingPipeline])
        return await self._list(path, adapter, lambda each: each.streaming_pipeline_id)

    async def list_events(self, start: datetime, end: datetime) -> "tuple[usage.Event, ...]":
        """The account's audit log between two moments; it goes back 90 days."""
        from console.api.models import usage

        query = {"from": start.isoformat(), "to": end.isoformat()}
        return await self._list(
            "/v1/events", TypeAdapter(Page[usage.Event]), lambda each: each.event_id, query
        )

    async def list_executions(
        self, statuses: tuple[str, ...] = ()
    ) -> "tuple[usage.Execution, ...]":
        """Pipeline executions, newest first, with one of the statuses if any are given."""
        return (await self.first_executions(statuses, MOST_PAGES)).results

    async def first_executions(
        self, statuses: tuple[str, ...], most_pages: int
    ) -> "usage.ExecutionPage":
        """The same, but so many pages at most, as one; `more` is None when that was all."""
        from console.api.models import usage

        adapter = TypeAdapter(usage.ExecutionPage)
        found: list[usage.Execution] = []
        seen: set[str] = set()
        query: dict[str, str | int | list[str]] = {"limit": PAGE_SIZE}
        if statuses:
            query["status"] = list(statuses)
        more: str | None = None
        for _ in range(most_pages):
            page = parsed(adapter, await self._transport.get("/v1/pipeline-executions", query))
            found.extend(page.results)
            more = page.more or None
            if more is None or more in seen:
                break
            seen.add(more)
            query["paginationToken"] = more
        return usage.ExecutionPage(results=tuple(found), more=more)

    async def _list(
        self,
        path: str,
        adapter: TypeAdapter[Page[Model]],
        key: Callable[[Model], str],
        query: Query | None = None,
    ) -> tuple[Model, ...]:
        async def fetch(number: int) -> Page[Model]:
            asked = {**(query or {}), "page": number, "size": PAGE_SIZE}
            return parsed(adapter, await self._transport.get(path, asked))

        return await whole_list(fetch, key)

    async def _completed(self, summary: RunnerRecord) -> RunnerRecord | None:
        try:
            return await self.runner(summary.id)
        except NotFound:
            return None
        except ApiError:
            return summary


def _path(runner_id: str, *parts: str) -> str:
    return "/".join(("/v1/agents", quote(runner_id, safe=""), *parts))


def _project(project_id: str, what: str) -> str:
    return f"/v1/projects/{quote(project_id, safe='')}/{what}"
