"""What uses runners: projects, environments, executions, schedules, streaming pipelines, events."""

from types import NoneType
from typing import Any

from pydantic import Field, field_validator

from console.api.models.record import Flag, Moment, Record, Text


class Project(Record):
    id: str
    name: Text = None
    description: Text = None


class Environment(Record):
    """Known by its project and name; it has no id. `default_agent_id` is its default runner."""

    name: str
    default_agent_id: Text = None
    default_agent_name: Text = None


class Execution(Record):
    """One run of a pipeline. It does not say on which runner."""

    pipeline_execution_id: str
    pipeline_name: Text = None
    project_id: Text = None
    environment_name: Text = None
    status: Text = None
    trigger: Text = None
    schedule_id: Text = None
    started_at: Moment = None
    finished_at: Moment = None


class ExecutionPage(Record):
    """`more` is the token of the next page, None on the last."""

    results: tuple[Execution, ...]
    more: Text = None


class Schedule(Record):
    schedule_id: str
    name: Text = None
    pipeline_name: Text = None
    environment_name: Text = None
    schedule_enabled: Flag = None
    next_run_at: Moment = None
    last_run_at: Moment = None


class StreamingPipeline(Record):
    """A streaming pipeline, which runs on exactly one Streaming runner."""

    streaming_pipeline_id: str
    name: Text = None
    project_id: Text = None
    agent_id: Text = None


class Event(Record):
    """One entry of the account's audit log; `additional_info` is an object or older text."""

    event_id: str
    event_name: Text = None
    event_type: Text = None
    event_description: Text = None
    event_subject_id: Text = None
    event_subject_name: Text = None
    event_timestamp: Moment = None
    actor_email: Text = None
    additional_info: dict[str, Any] | str | None = None

    @field_validator("additional_info", mode="before")
    @classmethod
    def _in_a_known_shape(cls, value: Any) -> Any:
        return value if isinstance(value, dict | str) else None


class AllowList(Record):
    """Environments by project id; an empty tuple stands for all of a project's environments."""

    projects: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("projects", mode="before")
    @classmethod
    def _both_nestings(cls, value: Any) -> Any:
        """The documented reply nests "projects" twice, the request bodies once; both are read."""
        if isinstance(value, dict) and set(value) == {"projects"}:
            value = value["projects"]
        if not isinstance(value, dict):
            return value
        return {project: _environments(entry) for project, entry in value.items()}

    def on_the_wire(self) -> dict[str, object]:
        return {
            "projects": {
                project: {"environments": list(names)} if names else {}
                for project, names in self.projects.items()
            }
        }


def _environments(entry: Any) -> tuple[Any, ...]:
    """The names in one project's entry. Raises ValueError for another shape, which must not be
    taken for an entry without names, as that allows every environment."""
    if isinstance(entry, tuple) or entry is None:
        return entry or ()
    names = entry.get("environments", ()) if isinstance(entry, dict) else entry
    if not isinstance(entry, dict) or not isinstance(names, list | tuple | NoneType):
        raise ValueError("environments should be a list of names")
    return tuple(names or ())
