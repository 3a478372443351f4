"""The words that only a wall has: what is wrong in one glance and what to do about it, and what its
page says while nobody answers. Dates are in the language that the wall is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from console.rules.findings import LEAVES_SOON, Finding
from console.view.dates import day_words
from console.view.words import finding_words


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of problem: its `title` for many runners, and what to `do`, short enough to be read
    from afar. `by` is what to do where there is a day until which it helps; `within` the filter of
    those to whom it has come so close."""

    title: str
    do: str
    by: str = ""
    within: str = ""

    def done_by(self, until: datetime | None, now: datetime, dates: "Dates") -> str:
        """What to do, where it helps until then."""
        if not self.by or until is None:
            return self.do
        day, today = (each.astimezone(dates.zone).date() for each in (until, now))
        return self.by.format(day=dates.day(day)) if day > today else self.do


TROUBLES: Mapping[str, Trouble] = {
    "out_of_support": Trouble("Out of support", "Restart, or change its image"),
    "state_unknown": Trouble("State unknown", "Check its container"),
    "offline": Trouble("Offline", "Check container, network"),
    "offline_paused": Trouble("Paused and offline", "Start it, then resume it"),
    "stuck_stopping": Trouble("Stopping for hours", "Stop it in its cloud"),
    "stuck_pausing": Trouble("Pausing for hours", "Resume it, or wait"),
    "support_ending": Trouble(
        "Last days of support",
        "Restart now",
        "Restart before {day}",
        f"leaves<{LEAVES_SOON.days}d",
    ),
    "track_unmatched": Trouble("Not on its track yet", "Change its tag, restart"),
    "other_track": Trouble("On the other track", "Match track and image tag"),
    "auto_update_behind": Trouble("Not updating itself", "Look for a pinned image"),
}
"""Every finding that can be a problem, by its code."""

WORDS: Mapping[str, str] = {
    "connecting": "Connecting …",
    "checked": "Last checked at {time}",
    "updated": "Updated {time}, next in {wait}",
    "due": "Updated {time}, next is due",
    "old": "{age} old",
    "marked": "as read at {time}",
    "lost": "No connection to this console. It keeps trying; this is the last picture.",
    "unread": "The fleet could not be read for this long.",
    "never": "The fleet has not been read yet.",
    "names_more": "{names} and {count} more",
    "kind_more": "and 1 more kind",
    "kinds_more": "and {count} more kinds",
    "silent_sound": "Sound needs a browser that may play it by itself.",
}
"""What the page's script fills in, because only it knows when it heard something last."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Days as a wall tells them. The language is one that `known_language` takes."""

    zone: tzinfo
    language: str = "en"

    def day(self, day: date) -> str:
        """With its weekday, without its year: "Thu 8 Oct", "Do., 8. Okt."."""
        if self.language == "en":
            return day_words(day, year=False)
        from babel.dates import format_skeleton

        return format_skeleton("MMMEd", day, locale=self.language)

    def full(self, now: datetime) -> str:
        """ "Thursday 8 October", or as it is usual in the language, which may be with the year."""
        day = now.astimezone(self.zone).date()
        if self.language == "en":
            return f"{day:%A} {day.day} {day:%B}"
        from babel.dates import format_date

        return format_date(day, "full", locale=self.language)

    def clock(self, when: datetime) -> str:
        return f"{when.astimezone(self.zone):%H:%M}"


def known_language(name: str) -> str | None:
    """The language as it is known here, "de" or "pt_BR"; None for one that is not."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(name.replace("-", "_"))) if len(name) <= 20 else None
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def days_left(day: date, today: date) -> str:
    left = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days") if left >= 0 else "overdue"


def wrong_words(finding: Finding, now: datetime, dates: Dates) -> str:
    """What is wrong with one runner, in a few words."""
    if finding.code == "support_ending" and finding.until is not None:
        return f"Leaves support {dates.day(finding.until.astimezone(dates.zone).date())}"
    return finding_words(finding, now).label


def kinds_left(count: int) -> str:
    """The kinds of problem that there was no room for."""
    return WORDS["kind_more" if count == 1 else "kinds_more"].format(count=count)


def planned_words(runners: int) -> str:
    """The mark for work that this console does on purpose; "" while there is none."""
    if not runners:
        return ""
    return f"Planned work on {runners} {'runner' if runners == 1 else 'runners'}"
