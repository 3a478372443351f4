"""Who uses the runners of the demo world: projects, environments, schedules, streaming pipelines.

What ran and what is running follows from the schedules and the moment: see executions.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from console.demo.crowd import random_id
from console.demo.fleet24 import CAST
from console.demo.runners import Runner, timestamp

AllowList = Mapping[str, tuple[str, ...] | None]

MISSING_AGENT = "0b8c1f6e-5f1d-4d3b-9a53-1f0a4c7dffff"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
RUNNERS_PER_PROJECT = 100

PROJECTS: Mapping[str, Mapping[str, str | None]] = {
    "Finance": {
        "prod": "finance-aca", "month-end": "finance-aca", "reporting": "reporting-eks",
        "risk": "risk-eks", "archive": "retired-vm",
    },
    "Commerce": {
        "prod-eu": "prod-eu-fargate", "prod-us": "prod-us-fargate", "prod-ap": "prod-ap-fargate",
        "pricing": "pricing-fargate", "dev": "dev-eu-fargate", "scratch": None,
    },
    "Marketing": {
        "prod": "marketing-fargate", "sales": "sales-aca", "customer-360": "customer-snowflake",
        "dev": "saas-shared",
    },
    "Supply Chain": {
        "prod": "supply-chain-aks", "logistics": "logistics-aci", "plants": "iot-gke",
        "history": "legacy-eks",
    },
    "Data Science": {"features": "ml-gke", "analytics": "analytics-aks", "sandbox": "sandbox"},
    "People": {"prod": "hr-aca", "dev": "old-aci"},
}  # fmt: skip


class Habit(NamedTuple):
    """A pipeline that starts `every` so many minutes, `offset` after the epoch; in minutes all."""

    project: str
    environment: str
    pipeline: str
    every: int
    offset: int
    lasts: int
    is_enabled: bool = True


HABITS: tuple[Habit, ...] = (
    Habit("Commerce", "prod-eu", "Load orders", 15, 2, 19),
    Habit("Commerce", "prod-eu", "Build sales mart", 60, 10, 25),
    Habit("Commerce", "prod-us", "Load orders", 15, 4, 9),
    Habit("Commerce", "prod-ap", "Load orders", 30, 6, 12),
    Habit("Commerce", "pricing", "Publish price lists", 720, 300, 40),
    Habit("Commerce", "dev", "Smoke test", 240, 20, 6),
    Habit("Finance", "prod", "General ledger", 120, 5, 50),
    Habit("Finance", "month-end", "Close the month", 43200, 360, 190, False),
    Habit("Finance", "reporting", "Board figures", 1440, 330, 70),
    Habit("Finance", "risk", "Liquidity report", 360, 45, 95),
    Habit("Marketing", "prod", "Campaign results", 60, 35, 22),
    Habit("Marketing", "customer-360", "Merge profiles", 180, 15, 110),
    Habit("Marketing", "sales", "Pipeline forecast", 720, 400, 15),
    Habit("Supply Chain", "prod", "Shipments", 20, 7, 26),
    Habit("Supply Chain", "logistics", "Carrier events", 30, 11, 8),
    Habit("Supply Chain", "plants", "Sensor roll-up", 10, 1, 4),
    Habit("Data Science", "features", "Refresh features", 240, 60, 130),
    Habit("Data Science", "analytics", "Cohorts", 480, 90, 200),
    Habit("People", "prod", "Headcount", 1440, 240, 12),
)


@dataclass(frozen=True, slots=True)
class Project:
    """`environments` maps the name of an environment to its default runner's id, or None."""

    id: str
    name: str
    environments: Mapping[str, str | None]

    def body(self) -> dict[str, object]:
        return {"id": self.id, "name": self.name, "description": f"{self.name} pipelines"}


@dataclass(frozen=True, slots=True)
class Schedule:
    id: str
    project_id: str
    environment: str
    pipeline: str
    every: timedelta
    first: datetime
    lasts: timedelta
    is_enabled: bool

    def last_start(self, now: datetime) -> datetime:
        return self.first + (now - self.first) // self.every * self.every

    def body(self, now: datetime) -> dict[str, object]:
        last = self.last_start(now)
        return {
            "scheduleId": self.id,
            "name": f"{self.pipeline}, {self.environment}",
            "pipelineName": self.pipeline,
            "environmentName": self.environment,
            "versionName": "main",
            "intervalExpression": f"PT{self.every // timedelta(minutes=1)}M",
            "effectiveFrom": timestamp(self.first),
            "lastRunAt": timestamp(last),
            "nextRunAt": timestamp(last + self.every) if self.is_enabled else None,
            "scheduleEnabled": self.is_enabled,
        }


@dataclass(frozen=True, slots=True)
class StreamingPipeline:
    id: str
    project_id: str
    name: str
    runner_id: str

    def body(self) -> dict[str, object]:
        return {
            "streamingPipelineId": self.id,
            "name": self.name,
            "projectId": self.project_id,
            "agentId": self.runner_id,
            "streamingSource": {"type": "postgresql"},
            "streamingTarget": {"type": "snowflake"},
            "advancedProperties": {},
        }


@dataclass(frozen=True, slots=True)
class Usage:
    projects: tuple[Project, ...]
    schedules: tuple[Schedule, ...]
    streaming: tuple[StreamingPipeline, ...]

    def project(self, project_id: str) -> Project:
        """Raises KeyError."""
        for project in self.projects:
            if project.id == project_id:
                return project
        raise KeyError(project_id)

    def allow_lists(self, runners: Sequence[Runner]) -> dict[str, AllowList]:
        """Restricted runners may be used where they are the default, and nowhere else."""
        allowed: dict[str, dict[str, tuple[str, ...] | None]] = {
            runner.id: {} for runner in runners if runner.restricted
        }
        for project in self.projects:
            for environment, runner_id in project.environments.items():
                if runner_id in allowed:
                    names = allowed[runner_id].get(project.id) or ()
                    allowed[runner_id][project.id] = (*names, environment)
        return {runner_id: projects for runner_id, projects in allowed.items()}


def usage_of(runners: Sequence[Runner], seed: int) -> Usage:
    random = Random(seed + 1)
    ids = {runner.name: runner.id for runner in runners[: len(CAST)]}
    ids["retired-vm"] = MISSING_AGENT
    named = [
        Project(
            random_id(random),
            name,
            {place: ids.get(runner or "") for place, runner in places.items()},
        )
        for name, places in PROJECTS.items()
    ]
    crowd = runners[len(CAST) :]
    extra = [
        _extra_project(number, crowd[start : start + RUNNERS_PER_PROJECT], random)
        for number, start in enumerate(range(0, len(crowd), RUNNERS_PER_PROJECT), 1)
    ]
    by_name = {project.name: project.id for project in named}
    habits = [_schedule(by_name[habit.project], habit, random) for habit in HABITS]
    habits += [
        _schedule(
            project.id, Habit(project.name, "prod-1", "Nightly load", 1440, 60 + i, 90), random
        )
        for i, project in enumerate(extra)
    ]
    projects = (*named, *extra)
    return Usage(projects, tuple(habits), _streaming(runners, projects, random))


def _extra_project(number: int, runners: Sequence[Runner], random: Random) -> Project:
    environments: dict[str, str | None] = {}
    for place, runner in enumerate(runners, 1):
        if runner.type != "streaming" and place % 2:
            environments[f"prod-{place}"] = runner.id
    return Project(random_id(random), f"Business Unit {number:03d}", environments)


def _schedule(project_id: str, habit: Habit, random: Random) -> Schedule:
    return Schedule(
        random_id(random),
        project_id,
        habit.environment,
        habit.pipeline,
        timedelta(minutes=habit.every),
        EPOCH + timedelta(minutes=habit.offset),
        timedelta(minutes=habit.lasts),
        habit.is_enabled,
    )


def _streaming(
    runners: Sequence[Runner], projects: Sequence[Project], random: Random
) -> tuple[StreamingPipeline, ...]:
    return tuple(
        StreamingPipeline(
            random_id(random),
            projects[number % len(projects)].id,
            f"{runner.name} pipeline",
            runner.id,
        )
        for number, runner in enumerate(one for one in runners if one.type == "streaming")
    )
