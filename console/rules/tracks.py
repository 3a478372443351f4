"""What a change of track means for a runner: what it would get, and which versions lie between."""

from dataclasses import dataclass
from datetime import datetime

from console.fleet.lines import Family, Line
from console.fleet.memory import Memory, Release
from console.fleet.snapshot import Runner, Track
from console.fleet.versions import version_order
from console.rules.releases import (
    Expected,
    expected_releases,
    releases_behind,
    releases_between,
)

IMAGES = {
    "aws": "public.ecr.aws/matillion/etl-agent",
    "azure": "matillion.azurecr.io/cloud-agent",
    "gcp": "europe-docker.pkg.dev/maia-492711/maia-runners/maia-runner",
}
"""The vendor's images by cloud; the tag is the track (deployment library, installers)."""

LOOKED_AHEAD = 2


@dataclass(frozen=True, slots=True)
class TrackAdvice:
    """Both sides of a change. `newest` is the newest version of the new track, None while no runner
    has told it. `is_step_back` says that it is older than what the runner has, None when the two
    cannot be compared. `between` are the known releases that lie between the two, oldest first;
    `is_complete` says that no others are possible.
    `coming` are the next two releases of each track, soonest first. `image` is the line for the
    runner's deployment, "" for a cloud whose image is not known."""

    track: Track
    newest: str | None
    is_step_back: bool | None
    between: tuple[Release, ...]
    is_complete: bool
    coming: dict[Track, tuple[Expected, ...]]
    image: str


def track_advice(runner: Runner, track: Track, memory: Memory, now: datetime) -> TrackAdvice:
    releases = memory.releases.get(Line(Family.MAIA, track), ())
    newest = releases[-1].version if releases else None
    ours, theirs = version_order(runner.version or ""), version_order(newest or "")
    is_step_back = theirs < ours if ours and theirs and ours != theirs else None
    between = _between(runner.version, newest, memory)
    return TrackAdvice(
        track=track,
        newest=newest,
        is_step_back=is_step_back,
        between=between,
        is_complete=_is_complete(between, memory),
        coming={each: _coming(memory, each, now) for each in Track},
        image=f"{IMAGES[runner.provider]}:{track}" if runner.provider in IMAGES else "",
    )


def _between(installed: str | None, newest: str | None, memory: Memory) -> tuple[Release, ...]:
    """The releases of Current, of which those of Stable are a part, after the older of the two up
    to the newer one."""
    if not installed or not newest:
        return ()
    older, newer = sorted((installed, newest), key=version_order)
    return releases_between(memory, Line(Family.MAIA, Track.CURRENT), older, newer)


def _is_complete(between: tuple[Release, ...], memory: Memory) -> bool:
    if len(between) < 2:
        return bool(between)
    first, last = between[0].version, between[-1].version
    counted = releases_behind(memory, Line(Family.MAIA, Track.CURRENT), first, last)
    return counted is not None


def _coming(memory: Memory, track: Track, now: datetime) -> tuple[Expected, ...]:
    return expected_releases(memory, Line(Family.MAIA, track), now, LOOKED_AHEAD)
