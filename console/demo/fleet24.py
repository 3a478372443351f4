"""The hand-named runners of the demo world: the fleet of a company with every state in it once.

Which of them is in which condition is a table; numbers of releases behind are judged at the
moment the world begins. Also here are the runners with hostile names, which are only for tests.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from console.demo.releases import LINES, Line, history
from console.demo.runners import Runner, Track

ETL = "data_productivity_cloud"


class Cast(NamedTuple):
    """`behind` counts releases of its track; None is a runner that never connected."""

    name: str
    description: str
    provider: str
    deployment: str
    track: Track = "current"
    behind: int | None = 0
    status: str = "running"
    connected: bool = True
    auto_updates: bool = True
    restricted: bool = False
    floats: bool = True
    paused_for: timedelta | None = None
    stopped_cleanly: bool = False
    type: str = ETL


CAST: tuple[Cast, ...] = (
    Cast("prod-eu-fargate", "Production loads, Europe", "aws", "fargate"),
    Cast("finance-aca", "Month end close, finance only", "azure", "container app", "stable",
         1, auto_updates=False, restricted=True),
    Cast("legacy-eks", "Pinned image, do not restart in office hours", "aws", "eks",
         behind=9, auto_updates=False, floats=False),
    Cast("analytics-aks", "Draining for a driver upgrade", "azure", "aks",
         behind=1, status="pausing"),
    Cast("prod-us-fargate", "Production loads, United States", "aws", "fargate", "stable",
         status="paused", paused_for=timedelta(hours=5, minutes=20)),
    Cast("old-aci", "Container group removed while paused", "azure", "aci", "stable", 4, "paused",
         False, auto_updates=False, restricted=True, paused_for=timedelta(minutes=50),
         stopped_cleanly=True),
    Cast("snowflake-app", "Not installed yet", "snowflake", "native app", "stable", None,
         "pending", False, auto_updates=False),
    Cast("ml-gke", "Feature pipelines, scaling down", "gcp", "gke", status="stopping"),
    Cast("orders-cdc", "Orders, change data capture", "gcp", "gce",
         auto_updates=False, type="streaming"),
    Cast("sandbox", "", "aws", "fargate", behind=1, status="stopped", connected=False,
         stopped_cleanly=True),
    Cast("hr-aca", "Secret refreshed, not redeployed", "azure", "container app",
         status="unknown", connected=False, restricted=True),
    Cast("saas-shared", "Hosted by Matillion", "matillion", "hosted"),
    Cast("prod-ap-fargate", "Production loads, Asia Pacific", "aws", "fargate"),
    Cast("marketing-fargate", "Campaigns and web analytics", "aws", "fargate", "stable"),
    Cast("risk-eks", "Regulatory reporting", "aws", "eks", "stable", auto_updates=False),
    Cast("supply-chain-aks", "Warehouses and shipments", "azure", "aks"),
    Cast("sales-aca", "Sales reporting", "azure", "container app", behind=1, auto_updates=False),
    Cast("iot-gke", "Sensor data from the plants", "gcp", "gke"),
    Cast("customer-snowflake", "Customer 360 in the warehouse", "snowflake", "native app",
         "stable", auto_updates=False),
    Cast("clickstream-cdc", "Web events, change data capture", "aws", "eks",
         auto_updates=False, type="streaming"),
    Cast("pricing-fargate", "Price lists; image pinned by digest", "aws", "fargate",
         behind=1, floats=False),
    Cast("logistics-aci", "Carriers and tracking", "azure", "aci", "stable", connected=False),
    Cast("reporting-eks", "Board reporting, restricted", "aws", "eks", "stable", restricted=True),
    Cast("dev-eu-fargate", "Development, Europe", "aws", "fargate"),
)  # fmt: skip

HOSTILE: tuple[Cast, ...] = tuple(
    Cast(name, description, "aws", "fargate")
    for name, description in (
        ("\x1b[31mred\x1b[0m\x1b]0;owned\x07", "clear \x1b[2J\x1b[H bell \x07 \x9b31m"),
        ("[bold red]x[/]", "[link=https://example.com]press[/link] [/] [@click=app.quit]q[/]"),
        ("<script>alert(1)</script>", "<img src=x onerror=alert(1)> &lt;b&gt; {{ 1 }}"),
        ('=HYPERLINK("http://x.invalid")', "+1+1 @SUM(1) -2"),
        ("abc\u202egnp.exe\u202c", "\u2066isolated\u2069 \u200b\ufeff zero width"),
        ("two\nlines\r\nand\ttab", "first\nsecond\u2028third\x00nul\x85next"),
        ("very-long-" + "x" * 4000, "long " * 4000),
        ("\U0001f469\u200d\U0001f680 \u6f22\u5b57 e\u0301", "wide and joined characters"),
    )
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The moment a world begins, with the releases that it can refer back to."""

    now: datetime
    releases: dict[Line, tuple[str, ...]]


def beginning(now: datetime) -> Beginning:
    return Beginning(
        now, {line: tuple(one.version for one in history(line, now, 24)) for line in LINES}
    )


def cast_runner(cast: Cast, runner_id: str, start: Beginning) -> Runner:
    runner = Runner(
        id=runner_id,
        name=cast.name,
        description=cast.description,
        type=cast.type,
        provider=cast.provider,
        deployment=cast.deployment,
        status=cast.status,
        connected=cast.connected,
        track=cast.track,
        version=None,
        auto_updates=cast.auto_updates,
        restricted=cast.restricted,
        floats=cast.floats,
        paused_until=None if cast.paused_for is None else start.now + cast.paused_for,
        stopped_cleanly=cast.stopped_cleanly,
    )
    if cast.behind is None:
        return runner
    return replace(runner, version=start.releases[runner.line][cast.behind])
