"""Runners and snapshots for tests: plain ones to change, and the demo's fleet as it is read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter

from console.api.models.record import Page, parsed
from console.api.models.runners import RunnerRecord
from console.demo.world import World
from console.fleet.reading import runner_from
from console.fleet.snapshot import Operation, Phase, Runner, Snapshot

NOW = datetime(2026, 10, 7, 12, tzinfo=UTC)

HEALTHY = Runner(
    id="1",
    name="prod-eu",
    description="Production loads",
    kind="data_productivity_cloud",
    status="running",
    connected=True,
    provider="aws",
    deployment="fargate",
    auto_updates=True,
    restricted=False,
    track="current",
    version="10.1303.0",
    latest_version="10.1303.0",
    latest_released=NOW - timedelta(days=1),
    update_available=False,
    api_support="supported",
)

HOSTED = replace(HEALTHY, id="h", name="saas", provider="matillion", deployment="hosted")
STREAMING = replace(HEALTHY, id="s", name="cdc", kind="streaming", auto_updates=False)
SNOWFLAKE = replace(HEALTHY, id="f", name="flake", provider="snowflake", deployment="native app")


def snapshot_of(*runners: Runner, operations: tuple[Operation, ...] = ()) -> Snapshot:
    return Snapshot(
        runners=runners,
        taken=NOW,
        operations=operations,
        status_since={runner.id: NOW for runner in runners},
    )


def demo_snapshot(runners: int = 24, *, hostile: bool = False) -> Snapshot:
    """The demo's fleet at NOW, read from the demo API's own JSON."""
    world = World(runners, clock=lambda: NOW, hostile=hostile)
    page = parsed(TypeAdapter(Page[RunnerRecord]), world.written_page(0, 20_000))
    return snapshot_of(*(runner_from(record) for record in page.results))


def operation_on(runner: Runner, phase: Phase = Phase.UNDER_WAY, number: int = 1) -> Operation:
    """A restart that began at NOW."""
    return Operation(
        id=number,
        action_id="restart",
        label="Restart",
        doing="restarting",
        runner_id=runner.id,
        runner_name=runner.name,
        phase=phase,
        started=NOW,
        changed=NOW,
    )
