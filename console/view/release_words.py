"""Words for releases and their lines: titles, usual days, what is in support, what is expected."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo

from console.fleet.lines import Family, Line
from console.fleet.memory import Memory
from console.fleet.snapshot import Runner, Track
from console.fleet.versions import version_order
from console.rules.releases import Expected, Sureness
from console.view.dates import day_words, has_hour, local_clock, local_day, release_date
from console.view.names import runner_label
from console.view.runners import runner_count
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone
from console.view.words import TRACK

CURRENT = Line(Family.MAIA, Track.CURRENT)
STABLE = Line(Family.MAIA, Track.STABLE)

NAMED = 3
"""How many are named where a number of them is told."""

WITHIN = Cell("In the support window", Tone.GOOD, "✓", "+")
OUTSIDE = Cell("Out of the support window", Tone.MUTED)
OUTSIDE_AND_RUN = replace(OUTSIDE, tone=Tone.CRITICAL, symbol="✕", ascii_symbol="x")
NO_WINDOW = Cell("No support window is published", Tone.MUTED)

SURENESS: Mapping[Sureness, Cell] = {
    Sureness.SCHEDULED: Cell("Expected, as the releases file says", Tone.INFO, "◆", "*"),
    Sureness.CADENCE: Cell("Expected by the usual cadence", Tone.MUTED, "◇", "o"),
    Sureness.UNKNOWN: Cell("Expected", Tone.MUTED, "◇", "o"),
}


def line_title(line: Line) -> str:
    """A line in words: "Current", "Snowflake", "Streaming", "Streaming, Stable"."""
    track = TRACK[line.track].text if line.track in TRACK else shown(line.track, 24)
    if line.family is Family.MAIA:
        return track
    usual = Track.STABLE if line.family is Family.SNOWFLAKE else Track.CURRENT
    family = line.family.title()
    return family if line.track == usual else f"{family}, {track}"


def usual_days(line: Line) -> str:
    if line.family is Family.SNOWFLAKE:
        return "Usually on the second Tuesday of the month."
    return _USUAL_DAYS.get(line, "No usual days of release are published for it.")


def expected_date(at: datetime, zone: tzinfo) -> str:
    """ "Thu 26 Nov 2026, about 10:00 CET", or the day alone where no hour is known."""
    if not has_hour(at):
        return day_words(release_date(at, zone))
    return f"{local_day(at, zone)}, about {local_clock(at, zone)}"


def carried(release: Expected, memory: Memory, now: datetime, zone: tzinfo) -> str:
    """Which version is expected, and for Stable which Current release that is; or when that is to
    be decided, as Stable is cut from Current a month ahead; "" where nothing is known."""
    if not release.version:
        cut_day = _cut_day(release.at.date()) if release.line == STABLE else None
        if cut_day is None or cut_day < now.date():
            return ""
        return f"Expected to carry what is the newest Current release on {day_words(cut_day)}."
    version = shown(release.version, 24)
    if release.line == STABLE:
        for each in memory.releases.get(CURRENT, ()):
            if each.version == release.version:
                day = day_words(release_date(each.out_since, zone))
                return f"Expected to carry {version}, the Current release of {day}."
    return f"Expected to be {version}."


def leaving_words(leaving: Sequence[Runner]) -> str:
    """Whom a release pushes out of support, the first few by name; "" when nobody."""
    if not leaving:
        return ""
    return f"{_are(leaving)} expected to leave support with it: {_named(leaving)}."


def unsupported_words(runners: Sequence[Runner]) -> str:
    """Who is out of support already, the first few by name; "" when nobody."""
    return f"{_are(runners)} out of support: {_named(runners)}." if runners else ""


def _are(runners: Sequence[Runner]) -> str:
    verb = "is" if len(runners) == 1 else "are"
    return f"{runner_count(len(runners), len(runners))} {verb}"


def _named(runners: Sequence[Runner]) -> str:
    names = ", ".join(runner_label(runner) for runner in runners[:NAMED])
    return f"{names} and {len(runners) - NAMED} more" if len(runners) > NAMED else names


def newest_words(version: str, out_since: str, runs: int, runners: int) -> str:
    """The newest release in one line; `runners` follow its line."""
    if not runners:
        return f"{version}, {out_since}. No runner of the fleet follows it."
    count = runner_count(runs, runners) if runs else f"none of {runner_count(runners, runners)}"
    return f"{version}, {out_since}. On {count}."


def older_words(number: int) -> str:
    if not number:
        return ""
    return "1 older release, on no runner" if number == 1 else f"{number} older ones, on no runner"


def elsewhere_words(runs: Mapping[str | None, int], known: Set[str]) -> str:
    """Who runs something that the line is not known to have had, so that the numbers add up."""
    silent = sum(number for version, number in runs.items() if not version)
    others = sorted(
        (version for version in runs if version and version not in known), key=version_order
    )
    said = []
    if others:
        number = sum(runs[version] for version in others)
        named = ", ".join(shown(version, 24) for version in others[-NAMED:])
        more = f" and {len(others) - NAMED} others" if len(others) > NAMED else ""
        verb = "runs" if number == 1 else "run"
        count = runner_count(number, number)
        said.append(f"{count} {verb} what it is not known to have had: {named}{more}.")
    if silent:
        verb = "does not tell its version" if silent == 1 else "do not tell their versions"
        said.append(f"{runner_count(silent, silent)} {verb}.")
    return " ".join(said)


_USUAL_DAYS: Mapping[Line, str] = {
    CURRENT: "Usually on Tuesday and Thursday.",
    STABLE: "Usually on the 1st of the month.",
}


def _cut_day(day: date) -> date:
    """The first of the month before the one that a Stable release is for."""
    of = (day + timedelta(days=14)).replace(day=1)
    return (of - timedelta(days=1)).replace(day=1)
