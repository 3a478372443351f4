"""Pipeline executions of the demo world, worked out from the schedules and the moment asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from console.demo.runners import timestamp
from console.demo.usage import Schedule, Usage

LOOK_BACK = timedelta(hours=24)
STATUSES = ("RUNNING", "SUCCESS", "FAILED", "CANCELLING", "CANCELLED", "SKIPPED", "UNKNOWN")


@dataclass(frozen=True, slots=True)
class Execution:
    id: str
    schedule: Schedule
    started_at: datetime
    finished_at: datetime | None
    status: str

    def body(self) -> dict[str, object]:
        body: dict[str, object] = {
            "environmentName": self.schedule.environment,
            "pipelineExecutionId": self.id,
            "pipelineName": self.schedule.pipeline,
            "pipelineType": "ORCHESTRATION",
            "projectId": self.schedule.project_id,
            "scheduleId": self.schedule.id,
            "startedAt": timestamp(self.started_at),
            "status": self.status,
            "trigger": "SCHEDULE",
        }
        if self.finished_at is not None:
            body["finishedAt"] = timestamp(self.finished_at)
        if self.status == "FAILED":
            body["message"] = "The target table is locked by another session."
        return body


def executions(usage: Usage, now: datetime) -> list[Execution]:
    """Of the last day, newest first."""
    found = [
        execution
        for schedule in usage.schedules
        if schedule.is_enabled
        for execution in _runs(schedule, now)
    ]
    return sorted(found, key=lambda one: (one.started_at, one.id), reverse=True)


def _runs(schedule: Schedule, now: datetime) -> Iterator[Execution]:
    start = schedule.last_start(now)
    while start >= now - LOOK_BACK and start >= schedule.first:
        yield _run(schedule, start, now)
        start -= schedule.every


def _run(schedule: Schedule, start: datetime, now: datetime) -> Execution:
    execution_id = uuid5(UUID(schedule.id), start.isoformat())
    finish = start + schedule.lasts * (0.85 + execution_id.int % 30 / 100)
    if now < finish:
        return Execution(str(execution_id), schedule, start, None, "RUNNING")
    status = "FAILED" if execution_id.int % 23 == 0 else "SUCCESS"
    return Execution(str(execution_id), schedule, start, finish, status)
