"""From the API's record of a runner to ours: names, case and missing parts settled in one place."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from console.fleet.snapshot import Runner

if TYPE_CHECKING:
    from console.api.models.runners import RunnerRecord


def runner_from(record: "RunnerRecord") -> Runner:
    """Enumerations are case-folded, times without a zone are UTC, empty text becomes None, and a
    missing name becomes the id."""
    version = record.version_details
    return Runner(
        id=record.id,
        name=record.name or record.id,
        description=record.description or "",
        kind=_folded(record.agent_type),
        status=_folded(record.agent_status),
        connected=record.connected,
        provider=_folded(record.cloud_provider),
        deployment=_folded(record.deployment),
        auto_updates=record.enable_auto_updates,
        restricted=record.restricted_access,
        paused_until=_aware(record.paused_until),
        track=_folded(version.track_name) if version else None,
        version=(version.agent_version or None) if version else None,
        latest_version=(version.track_version or None) if version else None,
        latest_released=_aware(version.track_release_date) if version else None,
        update_available=version.agent_update_available if version else None,
        api_support=_folded(version.support) if version else None,
    )


@lru_cache(maxsize=1024)
def _folded(text: str | None) -> str | None:
    return (text.strip().casefold() or None) if text else None


def _aware(when: datetime | None) -> datetime | None:
    return when.replace(tzinfo=UTC) if when is not None and when.tzinfo is None else when
