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
        restarting = runner.id in before.open_operations
        lesson = _restart_lesson(lesson, old, runner, restarting, now)
        lesson = _track_lesson(lesson, old, runner, memory, now)
        if lesson != NOTHING_LEARNT:
            lessons[runner.id] = lesson
        else:
            lessons.pop(runner.id, None)
    return lessons


def _restart_lesson(
    lesson: Lesson, old: Runner | None, new: Runner, restarting: bool, now: datetime
) -> Lesson:
    """A restart is seen as a stop and a return; while an action of ours is under way, a lost
    connection counts as the stop, because it can be over between two readings."""
    version = new.version or ""
    if lesson.unmoved is not None and version != lesson.unmoved_version:
        lesson = replace(lesson, unmoved=None, unmoved_version="")
    if _is_down(new, restarting):
        went_down = old is not None and not _is_down(old, restarting)
        return replace(lesson, away_version=version) if went_down else lesson
    if not lesson.away_version or new.connected is False:
        return lesson
    came_back_unmoved = version == lesson.away_version and _has_newer(new)
    lesson = replace(lesson, away_version="")
    return replace(lesson, unmoved=now, unmoved_version=version) if came_back_unmoved else lesson


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
    """Whether it reports the newest version of its track or the one before, which is as far as
    the vendor's support goes."""
    line = line_of(runner)
    known = memory.releases.get(line, ()) if line else ()
    return bool(runner.version) and runner.version in (
        runner.latest_version,
        *(each.version for each in known[-SUPPORTED_RELEASES:]),
    )
