"""What one more reading of the fleet teaches: releases, restarts that moved nothing, tracks."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from console.fleet.lines import Line, line_of
from console.fleet.memory import NOTHING_LEARNT, Lesson, Memory, Release
from console.fleet.snapshot import Runner, Snapshot, Status
from console.fleet.versions import version_order

SUPPORTED_RELEASES = 2
"""The vendor supports the newest release of a track and the one before (deployment library)."""

CLOCK_SKEW = timedelta(days=1)
"""A release may seem to come from the future by this much; beyond it its date is not believed."""

RESTARTS = ("restart", "update")
"""The actions that end with every instance replaced."""


def learnt(memory: Memory, before: Snapshot, runners: tuple[Runner, ...], now: datetime) -> Memory:
    """The memory after a reading; the same object when it taught nothing. Runners that are the same
    objects as before are not looked into."""
    if runners is before.runners:
        return memory
    old = before.by_id
    changed = [runner for runner in runners if old.get(runner.id) is not runner]
    releases = with_releases(memory.releases, _seen(changed, now))
    lessons = _lessons(replace(memory, releases=releases), changed, before, now)
    if len(lessons) > 0 and len(runners) < len(old):
        there = {runner.id for runner in runners}
        lessons = {each: lesson for each, lesson in lessons.items() if each in there}
    if releases is memory.releases and lessons == memory.lessons:
        return memory
    return replace(memory, releases=releases, lessons=lessons)


def with_releases(
    known: Mapping[Line, tuple[Release, ...]], seen: Iterable[Release]
) -> Mapping[Line, tuple[Release, ...]]:
    """The releases with those added. Of one version the earliest dates stand, so that a date that
    goes backwards is corrected and one that goes forward changes nothing."""
    merged = {line: {each.version: each for each in releases} for line, releases in known.items()}
    is_new = False
    for release in seen:
        versions = merged.setdefault(release.line, {})
        better = _earliest(versions.get(release.version), release)
        if better is not versions.get(release.version):
            versions[release.version] = better
            is_new = True
    if not is_new:
        return known
    return {
        line: tuple(sorted(versions.values(), key=lambda each: version_order(each.version)))
        for line, versions in merged.items()
    }


def _seen(runners: Iterable[Runner], now: datetime) -> list[Release]:
    """One for each line and version that these runners name as the newest of their track. A version
    without an integer has no place in an order and is left out."""
    found: dict[tuple[Line, str, datetime | None], Release] = {}
    for runner in runners:
        version, line = runner.latest_version, line_of(runner)
        key = (line, version, runner.latest_released)
        if line is None or version is None or key in found or not version_order(version):
            continue
        found[line, version, runner.latest_released] = Release(
            line, version, _believable(runner.latest_released, now), now
        )
    return list(found.values())


def _believable(released: datetime | None, now: datetime) -> datetime | None:
    if released is None or released > now + CLOCK_SKEW:
        return None
    return min(released.astimezone(UTC), now)


def _earliest(known: Release | None, seen: Release) -> Release:
    if known is None:
        return seen
    dates = [each for each in (known.released, seen.released) if each is not None]
    released = min(dates) if dates else None
    first_seen = min(known.first_seen, seen.first_seen)
    if released == known.released and first_seen == known.first_seen:
        return known
    return replace(known, released=released, first_seen=first_seen)


def _lessons(
    memory: Memory, changed: Iterable[Runner], before: Snapshot, now: datetime
) -> Mapping[str, Lesson]:
    lessons = dict(memory.lessons)
    for runner in changed:
        old = before.by_id.get(runner.id)
        lesson = lessons.get(runner.id, NOTHING_LEARNT)
        restarting = _is_restarting(before, old, runner)
        lesson = _restart_lesson(lesson, old, runner, memory, restarting, now)
        lesson = _track_lesson(lesson, old, runner, memory, now)
        if lesson is not NOTHING_LEARNT and lesson != NOTHING_LEARNT:
            lessons[runner.id] = lesson
        else:
            lessons.pop(runner.id, None)
    return lessons


def _restart_lesson(
    lesson: Lesson,
    old: Runner | None,
    new: Runner,
    memory: Memory,
    restarting: bool,
    now: datetime,
) -> Lesson:
    """A restart is seen as a stop and a return; while one of ours is under way, a lost connection
    counts as the stop, because it can be over between two readings. It says something of the image
    only if the same track had a newer version while the runner was down."""
    version = new.version or ""
    has_other_track = old is not None and old.track != new.track
    if lesson.away_version and (old is None or has_other_track):
        lesson = replace(lesson, away_version="")
    if lesson.unmoved and (has_other_track or not _still_shows_it(lesson, new, memory)):
        lesson = replace(lesson, unmoved=None, unmoved_version="")
    if _is_down(new, restarting):
        return replace(lesson, away_version=version) if _has_newer(new) else lesson
    if not lesson.away_version or new.connected is False:
        return lesson
    came_back_unmoved = version == lesson.away_version and _has_newer(new)
    lesson = replace(lesson, away_version="")
    return replace(lesson, unmoved=now, unmoved_version=version) if came_back_unmoved else lesson


def _still_shows_it(lesson: Lesson, runner: Runner, memory: Memory) -> bool:
    """Whether a restart that moved nothing says something of the image still: the version is the
    same, and the track, which may be another one now, had a newer one then."""
    line = line_of(runner)
    if line is None or lesson.unmoved is None or runner.version != lesson.unmoved_version:
        return False
    return any(
        each.out_since <= lesson.unmoved
        and version_order(each.version) > version_order(lesson.unmoved_version)
        for each in memory.releases.get(line, ())
    )


def _is_restarting(before: Snapshot, old: Runner | None, new: Runner) -> bool:
    """Whether a restart of ours is under way, and has not come back on another version yet."""
    operation = before.open_operations.get(new.id)
    is_restart = operation is not None and operation.action_id in RESTARTS
    return is_restart and old is not None and old.version == new.version


def _is_down(runner: Runner, restarting: bool) -> bool:
    if runner.status in (Status.STOPPING, Status.STOPPED):
        return True
    return restarting and (runner.connected is False or runner.status == Status.UNKNOWN)


def _has_newer(runner: Runner) -> bool:
    return version_order(runner.version or "") < version_order(runner.latest_version or "")


def _track_lesson(
    lesson: Lesson, old: Runner | None, new: Runner, memory: Memory, now: datetime
) -> Lesson:
    if old is not None and old.track and new.track and old.track != new.track:
        if new.track == lesson.track_left:
            return replace(lesson, track_changed=None, track_left="")
        lesson = replace(lesson, track_changed=now, track_left=lesson.track_left or old.track)
    if lesson.track_changed is not None and _fits_its_track(new, memory):
        return replace(lesson, track_changed=None, track_left="")
    return lesson


def _fits_its_track(runner: Runner, memory: Memory) -> bool:
    """Whether it reports the newest version of its track or the one before, which is as far as the
    vendor's support goes. Nobody may have seen the one before: it is then a version in support
    that lies between the newest and the last that was seen before it."""
    line = line_of(runner)
    newest = memory.releases.get(line, ())[-SUPPORTED_RELEASES:] if line else ()
    version = runner.version
    if not version:
        return False
    if version == runner.latest_version or any(version == each.version for each in newest):
        return True
    if runner.api_support != "supported" or not newest:
        return False
    low = newest[-2].version if len(newest) > 1 else ""
    return version_order(low) < version_order(version) < version_order(newest[-1].version)
