"""A runner as data, for JSON, YAML and CSV. The names are documented and stable; raw text is kept
raw here: JSON and YAML escape it, and CSV, which cannot, is made safe where it is written."""

from datetime import datetime
from functools import lru_cache

from console.fleet.kinds import is_hosted
from console.fleet.snapshot import Snapshot
from console.rules.assessment import Assessment, assess
from console.view.matching import matching
from console.view.query import Query

Value = str | int | bool | None | list[str]

FIELDS = (
    "id",
    "name",
    "description",
    "type",
    "status",
    "connected",
    "provider",
    "deployment",
    "track",
    "version",
    "latest_version",
    "latest_released",
    "update_available",
    "currency",
    "support",
    "support_reported",
    "auto_updates",
    "restricted",
    "paused_until",
    "releases_behind",
    "missing_since",
    "leaves_support",
    "leaves_sureness",
    "restart",
    "restart_to",
    "armed",
    "not_updated",
    "findings",
)
"""The fields of a record, in their order. Where several accounts are open, `account` follows the
name."""


def fields_of(snapshot: Snapshot) -> tuple[str, ...]:
    """The fields of the records of this fleet, in their order."""
    place = FIELDS.index("name") + 1
    return (*FIELDS[:place], "account", *FIELDS[place:]) if snapshot.accounts else FIELDS


def runner_records(snapshot: Snapshot, query: Query, now: datetime) -> list[dict[str, Value]]:
    """The records of the runners that match, in the query's order."""
    return [runner_record(each) for each in matching(snapshot, query, now)]


def runner_page(
    snapshot: Snapshot, query: Query, now: datetime, offset: int, limit: int
) -> tuple[list[dict[str, Value]], int]:
    """A part of the same records, and how many match in all; only those of the part are made."""
    found = matching(snapshot, query, now)
    return [runner_record(each) for each in found[offset : offset + limit]], len(found)


def runner_record_of(snapshot: Snapshot, runner_id: str, now: datetime) -> dict[str, Value] | None:
    """None for a runner that is not there."""
    runner = snapshot.by_id.get(runner_id)
    return None if runner is None else runner_record(assess(runner, snapshot, now))


def runner_record(assessed: Assessment) -> dict[str, Value]:
    """One record. Times are ISO 8601 with their zone; null is what the API did not say; `status`
    and the like are in lower case; `type` is "hosted" for a runner the vendor hosts."""
    runner, judged = assessed.runner, assessed.judged
    return {
        "id": runner.id,
        "name": runner.name,
        **({"account": runner.account} if runner.account else {}),
        "description": runner.description,
        "type": "hosted" if is_hosted(runner) else runner.kind,
        "status": runner.status,
        "connected": runner.connected,
        "provider": runner.provider,
        "deployment": runner.deployment,
        "track": runner.track,
        "version": runner.version,
        "latest_version": runner.latest_version,
        "latest_released": _time(runner.latest_released),
        "update_available": assessed.has_update,
        "currency": assessed.currency.value,
        "support": assessed.support.value,
        "support_reported": runner.api_support,
        "auto_updates": runner.auto_updates,
        "restricted": runner.restricted,
        "paused_until": _time(runner.paused_until),
        "releases_behind": judged.standing.behind,
        "missing_since": _time(judged.standing.behind_since),
        "leaves_support": _time(judged.support.leaves),
        "leaves_sureness": judged.support.sureness.value if judged.support.leaves else None,
        "restart": judged.restart.effect.value,
        "restart_to": judged.restart.after or None,
        "armed": judged.is_armed,
        "not_updated": judged.why.cause.value if judged.why else None,
        "findings": [finding.code for finding in assessed.findings],
    }


@lru_cache(maxsize=1024)
def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when is not None else None
