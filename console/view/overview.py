"""How the fleet stands: the verdict, the numbers, what is wrong with reading it, its age."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.ages import duration, short_day
from console.fleet.snapshot import Snapshot
from console.rules.assessment import Assessment, assessments
from console.rules.leaving import leaving
from console.view.filter import EVERYTHING, Filter
from console.view.headlines import HEADLINES, OUTLOOK, PRESETS, Headline, counted
from console.view.runners import runner_count
from console.view.text import shown
from console.view.tone import Tone
from console.view.words import problem_banner, problem_words

SLOWEST_LOOK = timedelta(seconds=5)
"""How seldom a screen may look at the age of its data."""


@dataclass(frozen=True, slots=True)
class Age:
    """How old the data is, in words; `is_stale` once two polls in a row are missing."""

    text: str
    tone: Tone
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """`verdict` is the fleet in one sentence, `outlook` who leaves support soon, "" when nobody
    does. `headlines` leave out nothing that is wrong, and keep their places: a count of 0 is
    muted, not hidden."""

    verdict: str
    verdict_tone: Tone
    headlines: tuple[Headline, ...]
    banner: str
    outlook: str = ""


def overview(snapshot: Snapshot, now: datetime, among: Filter = EVERYTHING) -> Overview:
    """The numbers of the fleet, or of the part of it that a filter leaves.

    Everything of it is equal from one poll to the next unless a number or a word changes; the
    age is apart, because it always changes."""
    assessed = among.among(assessments(snapshot, now))
    headlines = counted(HEADLINES, assessed)
    verdict, tone = _verdict(snapshot, assessed)
    return Overview(verdict, tone, headlines, banner(snapshot, now), outlook_sentence(assessed))


def presets(snapshot: Snapshot, now: datetime) -> tuple[Headline, ...]:
    """The ready-made filters with their counts."""
    return counted(PRESETS, assessments(snapshot, now))


def banner(snapshot: Snapshot, now: datetime) -> str:
    """What is wrong with reading the fleet, since when, and when it is tried again; of several
    accounts for each that is in trouble, and what is shown of it meanwhile. "" while all is well.
    """
    told = [problem_banner(each, now) for each in snapshot.problems]
    return " ".join([*told, *_reservations(snapshot)] if told else told)


def outlook_sentence(assessed: Iterable[Assessment]) -> str:
    """Who leaves support within `OUTLOOK`, and what keeps them in it; "" when nobody does."""
    soon = leaving(assessed, OUTLOOK)
    if not soon.total:
        return ""
    ways = [f"restart {soon.by_restart_now} now"] if soon.by_restart_now else []
    ways += [
        f"{'' if ways else 'restart '}{count} after the {release.line.track.title()} release"
        f" expected on {short_day(release.at)}"
        for release, count in soon.after_release
    ]
    if soon.not_by_restart:
        images = "1 image" if soon.not_by_restart == 1 else f"{soon.not_by_restart} images"
        ways.append(f"check {images}")
    who = "1 runner leaves" if soon.total == 1 else f"{soon.total} runners leave"
    return f"{who} support in {OUTLOOK.days} days: {', '.join(ways)}."


def problem_text(snapshot: Snapshot) -> str:
    """The same without the times: it changes only when the problem does."""
    told = [problem_words(each) for each in snapshot.problems]
    return " ".join([*told, *_reservations(snapshot)] if told else told)


def data_age(snapshot: Snapshot, now: datetime) -> Age:
    """The age of the last good reading: "3 s old". Says so when there has been none."""
    if snapshot.taken is None:
        return Age("nothing read yet", Tone.MUTED, is_stale=False)
    age = now - snapshot.taken
    stale = age > stale_after(snapshot)
    return Age(f"{duration(age)} old", Tone.WARNING if stale else Tone.MUTED, stale)


def data_age_bound(snapshot: Snapshot, now: datetime) -> Age:
    """The age for a screen behind a slow line: while polls succeed it says what it stays under, and
    so stays the same. Holds for a screen that is looked at again within `SLOWEST_LOOK`."""
    fresh = timedelta(seconds=snapshot.poll_seconds + 5)
    if snapshot.taken is None or now - snapshot.taken > fresh:
        return data_age(snapshot, now)
    return Age(f"under {duration(fresh + SLOWEST_LOOK)} old", Tone.MUTED, is_stale=False)


def stale_after(snapshot: Snapshot) -> timedelta:
    """Two missed polls, and time for the third to answer."""
    return timedelta(seconds=2 * snapshot.poll_seconds + 5)


def _reservations(snapshot: Snapshot) -> tuple[str, ...]:
    """Of which of several accounts what is shown is not as it is now; nothing for one alone."""
    old = [each.name for each in snapshot.accounts if each.problem and each.taken]
    unread = [each.name for each in snapshot.accounts if each.taken is None]
    told = []
    if old:
        verb = "is" if len(old) == 1 else "are"
        told.append(f"{_named(old)} {verb} shown as last read.")
    if unread:
        verb = "has" if len(unread) == 1 else "have"
        told.append(f"{_named(unread)} {verb} not been read yet.")
    return tuple(told)


def _named(accounts: list[str]) -> str:
    *others, last = (shown(name, 24) for name in accounts)
    return f"{', '.join(others)} and {last}" if others else last


_NONE_MATCHES = "No runner matches the filter."


def _verdict(snapshot: Snapshot, assessed: list[Assessment]) -> tuple[str, Tone]:
    """With a word on each of several accounts that is not, or no longer, told as it is."""
    verdict, tone = _judged(snapshot, assessed)
    reservations = _reservations(snapshot) if snapshot.taken is not None else ()
    if reservations and tone is Tone.GOOD:
        tone = Tone.MUTED
    return " ".join((verdict, *reservations)), tone


def _judged(snapshot: Snapshot, assessed: list[Assessment]) -> tuple[str, Tone]:
    total = runner_count(len(assessed), len(assessed))
    if snapshot.taken is None:
        return ("The fleet has not been read yet.", Tone.MUTED)
    if not assessed:
        is_part = bool(snapshot.runners)
        where = "these accounts" if snapshot.accounts else "this account"
        return (_NONE_MATCHES if is_part else f"No runners in {where}.", Tone.MUTED)
    problems = [each for each in assessed if each.is_problem]
    if not problems and snapshot.problem:
        return (f"When last read, all was well: {total}, none needed attention.", Tone.MUTED)
    if not problems:
        return (f"All is well: {total}, none needs attention.", Tone.GOOD)
    critical = sum(1 for each in problems if each.severity > 2)
    verb = "needs" if len(problems) == 1 else "need"
    tone = Tone.CRITICAL if critical else Tone.WARNING
    urgent = f", {critical} of them urgently" if critical and critical < len(problems) else ""
    return (f"{len(problems)} of {total} {verb} attention{urgent}.", tone)
