"""From the API's record of a runner to ours: names, case and missing parts settled in one place."""

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from console.fleet.snapshot import Runner

if TYPE_CHECKING:
    from console.api.models.runners import RunnerRecord, VersionDetails


FACTS = tuple(each.name for each in fields(Runner))[:-1]
"""What the API tells of a runner, in the order of `facts_of`; all but whose it is."""

_facts_known: Callable[[Runner], tuple[object, ...]] = attrgetter(*FACTS)


def runner_from(record: "RunnerRecord", before: Runner | None = None) -> Runner:
    """Enumerations are case-folded, times without a zone are UTC, empty text becomes None, and a
    missing name becomes the id. The runner `before` itself where nothing of it has changed."""
    facts = facts_of(record)
    if before is not None and _facts_known(before) == facts:
        return before
    return Runner(*facts)


def facts_of(record: "RunnerRecord") -> tuple[Any, ...]:
    """In the order in which `Runner` has them."""
    version = record.version_details
    return (
        record.id,
        record.name or record.id,
        record.description or "",
        _folded(record.agent_type),
        _folded(record.agent_status),
        record.connected,
        _folded(record.cloud_provider),
        _folded(record.deployment),
        record.enable_auto_updates,
        record.restricted_access,
        _aware(record.paused_until),
        *(_version_facts(version) if version else NO_VERSION),
    )


NO_VERSION = (None,) * 6


def _version_facts(version: "VersionDetails") -> tuple[Any, ...]:
    return (
        _folded(version.track_name),
        version.agent_version or None,
        version.track_version or None,
        _aware(version.track_release_date),
        version.agent_update_available,
        _folded(version.support),
    )


@lru_cache(maxsize=1024)
def _folded(text: str | None) -> str | None:
    return (text.strip().casefold() or None) if text else None


def _aware(when: datetime | None) -> datetime | None:
    """In UTC itself: the zones that pydantic makes are slow to compare."""
    if when is None or when.tzinfo is UTC:
        return when
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
