"""The calendar as an iCalendar file: the releases that are expected, and the days on which runners
are expected to leave support. Everything in it is worded as expected."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from console.fleet.memory import Memory
from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import Assessment, assessments
from console.rules.releases import Expected, expected_releases
from console.view.dates import has_hour, release_date
from console.view.names import runner_label
from console.view.release_words import SURENESS, carried, leaving_words, line_title
from console.view.releases import known_lines, leaving_with
from console.view.runners import runner_count
from console.view.text import folded, shown
from console.view.version_words import forecast_sentence

LOOKED_AHEAD = 6
"""How many releases of a line are in the file."""

LISTED = 100
"""How many runners are named on one day."""

AN_HOUR = timedelta(hours=1)
REFRESHED = timedelta(hours=6)
PRODUCT = "-//Maia runner console//Releases//EN"


def calendar_feed(snapshot: Snapshot, now: datetime, zone: tzinfo, account: str = "") -> bytes:
    """The file. An event keeps its UID from file to file as long as it is for the same day;
    `account` keeps those of several accounts apart."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Maia releases and support")
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    assessed = assessments(snapshot, now)
    for line in known_lines(snapshot):
        for each in expected_releases(snapshot.memory, line, now, LOOKED_AHEAD):
            calendar.add_component(_release(each, assessed, snapshot.memory, now, zone))
    for day, leaving in _leaving_days(assessed, zone):
        calendar.add_component(_leaving(day, leaving, now, account))
    return bytes(calendar.to_ical())


def _release(
    release: Expected,
    assessed: Iterable[Assessment],
    memory: Memory,
    now: datetime,
    zone: tzinfo,
) -> Event:
    version = f" ({shown(release.version, 24)})" if release.version else ""
    told = (
        f"{SURENESS[release.sureness].text}; not a promise.",
        carried(release, memory, now, zone),
        leaving_words(leaving_with(release, assessed)),
    )
    event = _event(
        f"release {release.line.key} {release.at.date()}",
        f"{line_title(release.line)} release expected{version}",
        " ".join(part for part in told if part),
        now,
    )
    if has_hour(release.at):
        event.add("dtstart", release.at)
        event.add("dtend", release.at + AN_HOUR)
    else:
        _take_the_day(event, release.at.date())
    return event


def _leaving(day: date, leaving: list[Assessment], now: datetime, account: str) -> Event:
    count = runner_count(len(leaving), len(leaving))
    lines = [f"{runner_label(each.runner)}: {forecast_sentence(each)}" for each in leaving[:LISTED]]
    if len(leaving) > LISTED:
        lines.append(f"and {len(leaving) - LISTED} more")
    event = _event(
        f"leaving {account} {day}",
        f"{count} expected to leave support",
        "\n".join(lines),
        now,
    )
    _take_the_day(event, day)
    return event


def _event(key: str, summary: str, description: str, now: datetime) -> Event:
    event = Event()
    uid = uuid5(NAMESPACE_URL, f"maia-runner-console:{shown(key)}")
    event.add("uid", f"{uid}@maia-runner-console")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event


def _take_the_day(event: Event, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))


def _leaving_days(
    assessed: Iterable[Assessment], zone: tzinfo
) -> list[tuple[date, list[Assessment]]]:
    """The days on which runners are expected to leave support, each with those, by name."""
    days: dict[date, list[Assessment]] = {}
    for each in assessed:
        leaves = each.judged.support.leaves
        if leaves is not None:
            days.setdefault(release_date(leaves, zone), []).append(each)
    return [
        (day, sorted(each, key=lambda one: _by_name(one.runner)))
        for day, each in sorted(days.items())
    ]


def _by_name(runner: Runner) -> tuple[str, str]:
    return folded(runner.name), runner.id
