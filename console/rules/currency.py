"""Currency: how the installed version stands to the newest of its track, whatever its support."""

from enum import StrEnum
from functools import lru_cache

from console.fleet.snapshot import Runner
from console.fleet.versions import version_order


class Currency(StrEnum):
    LATEST = "latest"
    BEHIND = "behind"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


def currency(runner: Runner) -> Currency:
    """Versions decide where both are known and hold integers; else the API's own word, when it
    says that an update is available. Equal text is the latest whatever it looks like."""
    return _standing(runner.version, runner.latest_version, bool(runner.update_available))


def has_update(runner: Runner) -> bool:
    """An update is there when the API says so, or the track's newest version is newer."""
    return bool(runner.update_available) or currency(runner) is Currency.BEHIND


@lru_cache(maxsize=4096)
def _standing(installed: str | None, newest: str | None, has_update: bool) -> Currency:
    if installed and newest:
        if installed == newest:
            return Currency.LATEST
        ours, theirs = version_order(installed), version_order(newest)
        if ours and theirs and ours != theirs:
            return Currency.BEHIND if ours < theirs else Currency.AHEAD
    return Currency.BEHIND if has_update else Currency.UNKNOWN
