"""Currency: how the installed version stands to the newest of its track, whatever its support."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from console.fleet.lines import Line, line_of
from console.fleet.memory import Memory
from console.fleet.snapshot import Runner
from console.fleet.versions import version_order
from console.rules.releases import never_had, releases_behind, releases_between


class Currency(StrEnum):
    LATEST = "latest"
    BEHIND = "behind"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


class Oddity(StrEnum):
    """What is odd about a version, beside how it compares."""

    NONE = ""
    UNPARSABLE = "unparsable"
    OTHER_TRACK = "other_track"


@dataclass(frozen=True, slots=True)
class Standing:
    """`behind` counts releases, None when it is not behind or the number cannot be known.
    `behind_since` is when the first release that it misses came out, as far as is known.
    `other_track` is the track that has released this version while its own never did."""

    currency: Currency
    behind: int | None = None
    behind_since: datetime | None = None
    newer_known: int = 0
    oddity: Oddity = Oddity.NONE
    other_track: str = ""


def currency(runner: Runner) -> Currency:
    """Versions decide where both are known and hold integers; else the API's own word, when it
    says that an update is available. Equal text is the latest whatever it looks like."""
    return _compared(runner.version, runner.latest_version, bool(runner.update_available))


def has_update(runner: Runner) -> bool:
    """An update is there when the API says so, or the track's newest version is newer."""
    return bool(runner.update_available) or currency(runner) is Currency.BEHIND


def standing(runner: Runner, memory: Memory) -> Standing:
    """The currency with what the ledger of its line adds to it."""
    compared = currency(runner)
    line = line_of(runner)
    if not runner.version or line is None or compared is Currency.LATEST:
        return Standing(compared)
    if not version_order(runner.version):
        return Standing(compared, oddity=Oddity.UNPARSABLE)
    other = _other_track(runner.version, line, memory)
    oddity = Oddity.OTHER_TRACK if other else Oddity.NONE
    if compared is not Currency.BEHIND or not runner.latest_version:
        return Standing(compared, oddity=oddity, other_track=other)
    newer = releases_between(memory, line, runner.version, runner.latest_version)
    number = releases_behind(memory, line, runner.version, runner.latest_version)
    since = newer[0].out_since if newer else None
    if runner.latest_released is not None:
        since = min(since or runner.latest_released, runner.latest_released)
    return Standing(compared, number, since, len(newer), oddity, other)


def _other_track(version: str, line: Line, memory: Memory) -> str:
    """The other track of the family that has this version, if its own line is known not to. A cut
    for Stable has been a release of Current before, so what nobody saw there proves nothing."""
    if not never_had(memory, line, version):
        return ""
    return next(
        (
            other.track
            for other, releases in memory.releases.items()
            if other.family is line.family
            and other.track != line.track
            and any(each.version == version for each in releases)
        ),
        "",
    )


@lru_cache(maxsize=4096)
def _compared(installed: str | None, newest: str | None, has_update: bool) -> Currency:
    if installed and newest:
        if installed == newest:
            return Currency.LATEST
        ours, theirs = version_order(installed), version_order(newest)
        if ours and theirs and ours != theirs:
            return Currency.BEHIND if ours < theirs else Currency.AHEAD
    return Currency.BEHIND if has_update else Currency.UNKNOWN
