"""Who uses the runners, as far as it was read: environments, what runs in them, what comes next.

Read only when somebody looks, and kept for minutes; how is in `usage_reading`. A part that could
not be read carries the problem, so that "none" is never said of what nobody could see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment by its project and name; it has no id. The names are raw API text."""

    project_id: str
    project_name: str
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """The next run of a schedule that is switched on."""

    schedule_name: str
    pipeline_name: str
    environment: str
    at: datetime


@dataclass(frozen=True)
class Usage:
    """`problem` is why projects and environments could not be read, "" when they were; the same
    for what runs now, and for the schedules of a project.

    `environments` are by the id of their default runner, `running` are the names of pipelines by
    project id and environment name, `due` by project id, `streaming` are the names of streaming
    pipelines by runner id. `taken` is when environments were read, None before that; `asked` are
    the runners for which a reading is under way.
    """

    taken: datetime | None = None
    problem: str = ""
    environments: Mapping[str, tuple[Environment, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    running: Mapping[tuple[str, str], tuple[str, ...]] | None = None
    running_problem: str = ""
    due: Mapping[str, tuple[Due, ...]] = field(default_factory=lambda: MappingProxyType({}))
    due_problems: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    streaming: Mapping[str, tuple[str, ...]] | None = None
    streaming_problem: str = ""
    asked: frozenset[str] = frozenset()


NOT_ASKED = Usage()
