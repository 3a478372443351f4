"""A runner's versions over time against the releases of its line, as values that a chart on a page
and block characters in a terminal can draw. What nobody saw is left out, never made up."""

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

from console.fleet.changes import What
from console.fleet.lines import Line, line_of
from console.fleet.memory import Memory, Release
from console.fleet.snapshot import Runner
from console.journal.history import History
from console.rules.outlook import by_the_minute
from console.rules.releases import Expected, expected_releases
from console.view.held import Held, held
from console.view.release_words import line_title
from console.view.releases import has_window
from console.view.text import shown
from console.view.timeline_words import history_note, timeline_summary

RELEASES_BACK = 7
"""How many releases of its line a timeline goes back, and further to where the runner's version
came out, within these bounds."""

SHORTEST, LONGEST = timedelta(days=7), timedelta(days=400)

LOOKED_AHEAD = 2
"""The second release from now ends the support of what is the newest now."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The runner on one version. `is_begun` says that its beginning was seen; else it may have had
    it before. `supported` is the API's word as it was recorded, else whether the version was in the
    published window; None where neither is known. One version may have several, one for each."""

    version: str
    start: datetime
    end: datetime
    is_begun: bool
    supported: bool | None


@dataclass(frozen=True, slots=True)
class LineRelease:
    """One release of the line. `newest_until` is when a newer one came out, None while it is the
    newest. `leaves` is when it left the support window, or is expected to where that lies ahead;
    None where that is not known, or no window is published."""

    version: str
    out: datetime
    newest_until: datetime | None
    leaves: datetime | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """From `begins` to `ends`, with `now` between. `stays` are oldest first and may begin before;
    where there is none, nothing is known. `releases`, by version, are those that were the newest or
    in the window at a time that is shown, and those that the runner had. `coming` is expected.
    `version` is what the runner has now, or "". `summary` says it all in words, `note` since when
    there is a history."""

    runner_id: str
    title: str
    line_title: str
    version: str
    begins: datetime
    now: datetime
    ends: datetime
    zone: tzinfo
    stays: tuple[Stay, ...]
    releases: tuple[LineRelease, ...]
    coming: tuple[Expected, ...]
    summary: str
    note: str


def timeline(
    runner: Runner,
    history: History,
    memory: Memory,
    now: datetime,
    zone: tzinfo = UTC,
    span: timedelta | None = None,
) -> Timeline:
    """The timeline of the last `span`, or as far back as tells something; looked at by the minute,
    so that it is equal within one. The history must be one that was asked for without a
    beginning."""
    now, line = by_the_minute(now), line_of(runner)
    known = memory.releases.get(line, ()) if line is not None else ()
    coming = _coming(memory, line, now)
    releases = _line_releases(known, coming, has_window(line) if line is not None else False)
    versions = held(history, What.VERSION, runner.version or "", now)
    stays = tuple(_stays(versions, history, runner, releases, now))
    begins = now - (span or _span(runner, releases, now))
    had = {stay.version for stay in stays if stay.end >= begins}
    ahead = (coming[-1].at - now) * 1.15 if coming else timedelta()
    return Timeline(
        runner_id=runner.id,
        title=shown(runner.name, 40),
        line_title=line_title(line) if line is not None else "",
        version=runner.version or "",
        begins=begins,
        now=now,
        ends=now + min(max(ahead, (now - begins) / 12), (now - begins) / 2),
        zone=zone,
        stays=tuple(stay for stay in stays if stay.end >= begins),
        releases=tuple(each for each in releases if _is_seen(each, begins, had)),
        coming=coming,
        summary=timeline_summary(runner, versions, known, coming, now, zone),
        note=history_note(history, now, zone),
    )


def timeline_legend(told: Timeline) -> dict[str, str]:
    """What stands for what, in the order to tell it: by the part of the picture."""
    return {
        "bar": shown(told.title, 24),
        "lost": "out of support",
        "newest": f"newest of {told.line_title}",
        "window": "in the support window",
        "expected": "expected release",
        "now": "now; what follows is expected",
    }


def _coming(memory: Memory, line: Line | None, now: datetime) -> tuple[Expected, ...]:
    """What is expected of the line; a day that is not over yet may still bring it."""
    if line is None:
        return ()
    expected = expected_releases(memory, line, now, LOOKED_AHEAD)
    return tuple(replace(each, at=max(each.at, now)) for each in expected)


def _line_releases(
    known: Sequence[Release], coming: Sequence[Expected], has_window: bool
) -> tuple[LineRelease, ...]:
    """By version, oldest first. The window is two releases wide: a version leaves it when the
    second newer one comes out."""
    found: list[LineRelease] = []
    newer = [each.at for each in coming]
    for release in reversed(known):
        until = newer[0] if found else None
        leaves = newer[1] if len(newer) > 1 and has_window else None
        found.append(LineRelease(release.version, release.out_since, until, leaves))
        insort(newer, release.out_since)
        del newer[2:]
    return tuple(reversed(found))


def _stays(
    versions: Sequence[Held],
    history: History,
    runner: Runner,
    releases: Sequence[LineRelease],
    now: datetime,
) -> Iterator[Stay]:
    """Each time on a version, cut where its support changed."""
    words = held(history, What.SUPPORT, runner.api_support or "", now)
    tracks = held(history, What.TRACK, runner.track or "", now)
    by_version = {each.version: each for each in releases}
    for version in versions:
        release = by_version.get(version.text)
        cuts = {version.start, version.end}
        moments = [moment for word in (*words, *tracks[-1:]) for moment in (word.start, word.end)]
        if release is not None and release.leaves is not None:
            moments.append(release.leaves)
        cuts |= {moment for moment in moments if version.start < moment < version.end}
        points = sorted(cuts) if len(cuts) > 1 else [version.start] * 2
        last: Stay | None = None
        for start, end in pairwise(points):
            supported = _supported(start + (end - start) / 2, words, tracks, release)
            if last is not None and last.supported == supported:
                last = replace(last, end=end)
                continue
            if last is not None:
                yield last
            is_begun = version.is_begun or start > version.start
            last = Stay(version.text, start, end, is_begun, supported)
        if last is not None:
            yield last


def _supported(
    at: datetime, words: Sequence[Held], tracks: Sequence[Held], release: LineRelease | None
) -> bool | None:
    """The API's word then; else the published window, while the runner was on this track."""
    for word in words:
        if word.start <= at <= word.end:
            return word.text == "supported"
    on_this_track = bool(tracks) and tracks[-1].start <= at
    if release is None or release.leaves is None or not on_this_track:
        return None
    return release.out <= at < release.leaves


def _span(runner: Runner, releases: Sequence[LineRelease], now: datetime) -> timedelta:
    back = [each.out for each in releases[-RELEASES_BACK:]]
    back += [each.out for each in releases if each.version == runner.version]
    telling = (now - min(back, default=now)) * 1.03
    return min(max(telling, SHORTEST), LONGEST)


def _is_seen(release: LineRelease, begins: datetime, had: set[str]) -> bool:
    over = max(
        (at for at in (release.newest_until, release.leaves) if at is not None), default=None
    )
    return over is None or over > begins or release.version in had
