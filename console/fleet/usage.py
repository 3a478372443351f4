"""Who uses the runners, as far as it was read: environments, what runs in them, what comes next.

Values without opinions. Read only when somebody looks, and kept for minutes: how is in
`usage_reading`, what follows for one runner in `console.rules.usage`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from console.fleet.snapshot import ProblemKind

Item = TypeVar("Item")

PLACES_KEPT = timedelta(minutes=10)
"""How long projects, environments and streaming pipelines are good for once they were read."""

SCHEDULES_KEPT = timedelta(minutes=5)

RUNNING_KEPT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something could not be read; the sentence for it is made in `console.view`."""

    kind: "ProblemKind"
    detail: str


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One list as it was last read well, at `taken`; `items` is None before the first time.

    `is_cut` says that it goes on beyond what was read. `trouble` is why the newest attempt, at
    `tried`, failed: what was read before is kept beside it.
    """

    items: tuple[Item, ...] | None = None
    is_cut: bool = False
    taken: datetime | None = None
    tried: datetime | None = None
    trouble: Trouble | None = None


UNREAD: Part[Any] = Part()


@dataclass(frozen=True, slots=True)
class Project:
    """All names here are raw API text, "" where the API gives none."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Environment:
    """Known by its project and name; it has no id. `runner_id` is its default runner, None where
    it has none, and "" where it has one that the API names without an id."""

    project: Project
    name: str
    runner_id: str | None

    @property
    def place(self) -> tuple[str, str]:
        return self.project.id, self.name


@dataclass(frozen=True, slots=True)
class Run:
    """A pipeline that is running. It tells in which environment, not on which runner; None where
    it does not even tell that."""

    place: tuple[str, str] | None
    pipeline: str


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule that is not switched off; `at` is None where it does not say when it is next."""

    environment: str | None
    schedule: str
    pipeline: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Stream:
    """A streaming pipeline; it names its runner, None where it does not."""

    name: str
    runner_id: str | None


@dataclass(frozen=True)
class Usage:
    """`environments`, `due` and `streams` are by project id. `asked` are the runners for which a
    reading is under way. Of several accounts each has its own, in `by_account`, and the rest is
    empty: what is unread in one says nothing about another."""

    projects: Part[Project] = field(default_factory=Part)
    environments: Mapping[str, Part[Environment]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    running: Part[Run] = field(default_factory=Part)
    due: Mapping[str, Part[Due]] = field(default_factory=lambda: MappingProxyType({}))
    streams: Mapping[str, Part[Stream]] = field(default_factory=lambda: MappingProxyType({}))
    asked: frozenset[str] = frozenset()
    by_account: Mapping[str, "Usage"] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, account: str) -> "Usage":
        """What is known for the runners of an account."""
        return self.by_account.get(account, NOT_ASKED) if self.by_account else self

    @cached_property
    def environments_of(self) -> Mapping[str, tuple[Environment, ...]]:
        """The environments read so far, by the id of their default runner."""
        by_runner: dict[str, list[Environment]] = {}
        for part in self.environments.values():
            for environment in part.items or ():
                if environment.runner_id is not None:
                    by_runner.setdefault(environment.runner_id, []).append(environment)
        return {runner_id: tuple(found) for runner_id, found in by_runner.items()}

    @cached_property
    def streams_of(self) -> Mapping[str, tuple[Stream, ...]]:
        """The streaming pipelines read so far, by the id of their runner; "" for those without."""
        by_runner: dict[str, list[Stream]] = {}
        for part in self.streams.values():
            for stream in part.items or ():
                by_runner.setdefault(stream.runner_id or "", []).append(stream)
        return {runner_id: tuple(found) for runner_id, found in by_runner.items()}

    @cached_property
    def runs_in(self) -> Mapping[tuple[str, str] | None, tuple[Run, ...]]:
        """What runs by project id and environment name; None for what does not tell."""
        by_place: dict[tuple[str, str] | None, list[Run]] = {}
        for run in self.running.items or ():
            by_place.setdefault(run.place, []).append(run)
        return {place: tuple(found) for place, found in by_place.items()}


NOT_ASKED = Usage()
