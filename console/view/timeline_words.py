"""A timeline in words, for those who do not look at the picture, and beside it for those who do."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from console.ages import duration
from console.fleet.lines import line_of
from console.fleet.memory import Release
from console.fleet.snapshot import Runner
from console.fleet.versions import version_order
from console.journal.history import History
from console.rules.releases import Expected
from console.view.dates import day_words, local_moment, release_date
from console.view.held import Held
from console.view.release_words import line_title
from console.view.text import shown

A_MINUTE = timedelta(minutes=1)
"""Below it no age is told, as it would change with each look."""


def timeline_summary(
    runner: Runner,
    versions: Sequence[Held],
    known: Sequence[Release],
    coming: Sequence[Expected],
    now: datetime,
    zone: tzinfo,
) -> str:
    """What it runs and since when, what it ran before, and when the next releases are expected."""
    if not runner.version:
        return "It does not tell its version."
    line = line_of(runner)
    parts = [f"{_on(versions, now, zone)}{_newer(runner.version, known)}."]
    if len(versions) > 1 and versions[-2].end == versions[-1].start:
        before = versions[-2]
        at_least = "" if before.is_begun else "at least "
        parts.append(
            f"Before that {shown(before.text, 24)}, for {at_least}"
            f"{duration(before.end - before.start)}."
        )
    if coming and line is not None:
        days = " and ".join(
            day_words(release_date(each.at, zone), year=False) for each in coming[:2]
        )
        noun = "release is" if len(coming) == 1 else "releases are"
        parts.append(f"The next {line_title(line)} {noun} expected on {days}.")
    return " ".join(parts)


def history_note(history: History, now: datetime, zone: tzinfo) -> str:
    """Since when there is a history, or why there is none."""
    if history.problem:
        return shown(history.problem, 300)
    if history.recorded_since is None:
        return "Nothing has been recorded of it yet."
    since = history.recorded_since
    age = f" ({duration(now - since)})" if now - since >= A_MINUTE else ""
    return f"History is recorded since {local_moment(since, zone)}{age}."


def _on(versions: Sequence[Held], now: datetime, zone: tzinfo) -> str:
    present = versions[-1]
    version = shown(present.text, 24)
    if now - present.start < A_MINUTE:
        return f"On {version} since a moment ago" if present.is_begun else f"On {version}"
    since = day_words(present.start.astimezone(zone).date())
    return (
        f"On {version} since {since}"
        if present.is_begun
        else f"On {version} at least since {since}"
    )


def _newer(version: str, known: Sequence[Release]) -> str:
    order = version_order(version)
    newer = [each for each in known if order and version_order(each.version) > order]
    if not newer:
        return ""
    return "; 1 newer release is out" if len(newer) == 1 else f"; {len(newer)} newer ones are out"
