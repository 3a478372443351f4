"""Durations and moments in words, coarse on purpose: a figure that changes each second is noise."""

from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    return datetime.now(UTC)


def duration(span: timedelta) -> str:
    """How long, in its largest fitting unit: "8 s", "12 min", "3 h", "5 days". Never negative."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 2 * 86400:
        return f"{seconds // 3600} h"
    return f"{seconds // 86400} days"


def moment(when: datetime, now: datetime) -> str:
    """A time of day in UTC, with the date unless it is today's: "18:00 UTC", "9 Oct 18:00 UTC"."""
    when, now = when.astimezone(UTC), now.astimezone(UTC)
    clock = f"{when:%H:%M} UTC"
    if when.date() == now.date():
        return clock
    year = f" {when.year}" if when.year != now.year else ""
    return f"{when.day} {when:%b}{year} {clock}"


def day(when: datetime) -> str:
    """A date in UTC: "9 Oct 2026"."""
    when = when.astimezone(UTC)
    return f"{when.day} {when:%b} {when.year}"


def short_day(when: datetime) -> str:
    """A date in UTC that is near enough to need no year: "9 Oct"."""
    when = when.astimezone(UTC)
    return f"{when.day} {when:%b}"
