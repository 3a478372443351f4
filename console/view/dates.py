"""Days and times of day in the user's time zone, with UTC beside them."""

from datetime import UTC, date, datetime, timedelta, tzinfo


def day_words(day: date, *, year: bool = True) -> str:
    """A date with its weekday: "Thu 26 Nov 2026", or without its year."""
    words = f"{day:%a} {day.day} {day:%b}"
    return f"{words} {day.year}" if year else words


def local_day(when: datetime, zone: tzinfo) -> str:
    return day_words(when.astimezone(zone))


def local_clock(when: datetime, zone: tzinfo) -> str:
    """A time of day with its zone: "10:00 CET", "13:00 UTC+03:00" for a zone without a name."""
    local = when.astimezone(zone)
    return f"{local:%H:%M} {_zone_name(local)}"


def local_moment(when: datetime, zone: tzinfo) -> str:
    """A day and a time of day: "Thu 26 Nov 2026, 10:00 CET"."""
    return f"{local_day(when, zone)}, {local_clock(when, zone)}"


def utc_beside(when: datetime, zone: tzinfo) -> str:
    """The same moment in UTC, with its date where that is another: "09:00 UTC",
    "Fri 27 Nov 02:00 UTC"; "" where the zone has UTC's time anyway."""
    local, utc = when.astimezone(zone), when.astimezone(UTC)
    if local.utcoffset() == timedelta():
        return ""
    clock = f"{utc:%H:%M} UTC"
    return clock if local.date() == utc.date() else f"{day_words(utc, year=False)} {clock}"


def has_hour(when: datetime) -> bool:
    """Whether more than the day is known of a release: a day alone is kept as midnight UTC."""
    utc = when.astimezone(UTC)
    return (utc.hour, utc.minute, utc.second) != (0, 0, 0)


def release_date(when: datetime, zone: tzinfo) -> date:
    """The day of a release in the user's zone; in UTC where no hour of it is known."""
    return when.astimezone(zone if has_hour(when) else UTC).date()


def _zone_name(local: datetime) -> str:
    name = local.tzname() or ""
    return name if name[:1].isalpha() else f"UTC{local.isoformat()[-6:]}"
