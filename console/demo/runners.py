"""One runner of the demo world, and how the API writes it down."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from console.demo.releases import Line, Standing

Track = Literal["current", "stable"]

PLATFORMS: dict[str, tuple[str, ...]] = {
    "aws": ("fargate", "eks"),
    "azure": ("container app", "aks", "aci"),
    "snowflake": ("native app",),
    "gcp": ("gke", "gce"),
}
TYPES = ("data_productivity_cloud", "streaming")


@dataclass(frozen=True, slots=True)
class Runner:
    """A version of None means that it never connected.

    `floats` says whether its image tag follows the track, so that a restart is an update.
    `stopped_cleanly` decides what a disconnected runner turns into when it is resumed.
    The two turns count commands: a step of an earlier turn no longer applies.
    """

    id: str
    name: str
    description: str
    type: str
    provider: str
    deployment: str
    status: str
    connected: bool
    track: Track
    version: str | None
    auto_updates: bool
    restricted: bool
    floats: bool = True
    paused_until: datetime | None = None
    stopped_cleanly: bool = False
    pause_turn: int = 0
    restart_turn: int = 0

    @property
    def line(self) -> Line:
        if self.provider == "snowflake":
            return "snowflake"
        return "streaming" if self.type == "streaming" else self.track

    @property
    def is_hosted(self) -> bool:
        return self.provider == "matillion"


def details(runner: Runner, standings: Mapping[Line, Standing]) -> dict[str, object]:
    """The object that GET /v1/agents/{agentId} answers with."""
    body = summary(runner) | {
        "agentStatus": runner.status,
        "connected": runner.connected,
        "enableAutoUpdates": runner.auto_updates,
        "restrictedAccess": runner.restricted,
        "versionDetails": _version_details(runner, standings[runner.line]),
    }
    if runner.status == "paused" and runner.paused_until is not None:
        body["pausedUntil"] = timestamp(runner.paused_until)
    return body


def summary(runner: Runner) -> dict[str, object]:
    """The least that the list may answer with: who the runner is, not how it is."""
    return {
        "agentId": runner.id,
        "agentType": runner.type,
        "cloudProvider": runner.provider,
        "deployment": runner.deployment,
        "description": runner.description,
        "name": runner.name,
    }


def as_json(body: object) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode("ascii")


def timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _version_details(runner: Runner, standing: Standing) -> dict[str, object] | None:
    if runner.version is None:
        return None
    newest = standing.newest
    return {
        "agentUpdateAvailable": version_key(runner.version) < version_key(newest.version),
        "agentVersion": runner.version,
        "support": "SUPPORTED" if runner.version in standing.supported else "OUT_OF_SUPPORT",
        "trackName": runner.track,
        "trackReleaseDate": timestamp(newest.released_at),
        "trackVersion": newest.version,
    }
