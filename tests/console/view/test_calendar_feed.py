"""The iCalendar file: what is in it, what stays the same, and that names cannot break it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from console.fleet.learning import with_releases
from console.fleet.lines import Family, Line
from console.fleet.memory import Memory, Release
from console.fleet.snapshot import Runner, Snapshot
from console.view.calendar_feed import LISTED, calendar_feed
from tests.console.fleets import HEALTHY, NOW, snapshot_of

CURRENT = Line(Family.MAIA, "current")
OUT = (
    Release(CURRENT, "10.1302.0", datetime(2026, 10, 1, 9, tzinfo=UTC), NOW),
    Release(CURRENT, "10.1303.0", datetime(2026, 10, 6, 9, tzinfo=UTC), NOW),
)
BEHIND = replace(HEALTHY, id="2", name="behind", version="10.1302.0", auto_updates=False)
BERLIN = ZoneInfo("Europe/Berlin")


def fleet(*runners: Runner) -> Snapshot:
    return replace(snapshot_of(*runners), memory=Memory(with_releases({}, OUT)))


def events(content: bytes) -> list[Event]:
    parsed = Calendar.from_ical(content)
    return [each for each in parsed.walk("VEVENT") if isinstance(each, Event)]


def event(content: bytes, summary: str) -> Event:
    return next(each for each in events(content) if str(each["summary"]) == summary)


def test_each_expected_release_is_an_event_that_says_it_is_expected() -> None:
    told = events(calendar_feed(fleet(HEALTHY), NOW, UTC))
    assert len(told) == 12
    assert all("expected" in str(each["summary"]) for each in told)
    assert all("not a promise" in str(each["description"]) for each in told)


def test_a_release_whose_hour_is_known_takes_an_hour_and_else_the_day() -> None:
    content = calendar_feed(fleet(HEALTHY), NOW, BERLIN)
    timed, whole = (event(content, f"{title} release expected") for title in ("Current", "Stable"))
    assert timed.decoded("dtstart") == datetime(2026, 10, 8, 9, tzinfo=UTC)
    assert timed.decoded("dtend") - timed.decoded("dtstart") == timedelta(hours=1)
    assert whole.decoded("dtstart") == date(2026, 11, 1)
    assert whole.decoded("dtend") == date(2026, 11, 2)


def test_the_day_on_which_runners_leave_is_one_event_that_names_them() -> None:
    other = replace(BEHIND, id="3", name="also")
    content = calendar_feed(fleet(HEALTHY, BEHIND, other), NOW, UTC)
    leaving = event(content, "2 runners expected to leave support")
    assert leaving.decoded("dtstart") == date(2026, 10, 8)
    lines = str(leaving["description"]).split("\n")
    assert [line.split(":")[0] for line in lines] == ["also", "behind"]


def test_an_event_keeps_its_uid_and_takes_its_stamp_from_the_time_it_was_made() -> None:
    first = events(calendar_feed(fleet(HEALTHY, BEHIND), NOW, UTC))
    later = events(calendar_feed(fleet(HEALTHY, BEHIND), NOW + timedelta(hours=1), UTC))
    assert [each["uid"] for each in first] == [each["uid"] for each in later]
    assert len({each["uid"] for each in first}) == len(first)
    assert {each.decoded("dtstamp") for each in first} == {NOW}


def test_two_accounts_have_events_of_their_own_for_their_runners() -> None:
    summary = "1 runner expected to leave support"
    one, two = (
        event(calendar_feed(fleet(BEHIND), NOW, UTC, account), summary) for account in ("a", "b")
    )
    assert one["uid"] != two["uid"]


def test_hostile_names_add_no_line_and_no_event() -> None:
    names = (
        "x\r\nEND:VEVENT\r\nBEGIN:VALARM",
        "semi;colon,comma\\n",
        "\x00\x1b[31m\u202eüß漢" * 30,
    )
    runners = [replace(BEHIND, id=str(n), name=name) for n, name in enumerate(names)]
    content = calendar_feed(fleet(*runners), NOW, UTC)
    assert len(events(content)) == 13
    assert b"BEGIN:VALARM" not in content.replace(b"\r\n ", b"").splitlines()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    told = str(event(content, "3 runners expected to leave support")["description"])
    assert "semi;colon,comma\\n" in told


def test_a_crowd_is_counted_and_not_listed_without_end() -> None:
    crowd = [replace(BEHIND, id=str(n), name=f"r{n:04}") for n in range(LISTED + 7)]
    told = event(
        calendar_feed(fleet(*crowd), NOW, UTC), f"{LISTED + 7} runners expected to leave support"
    )
    assert str(told["description"]).endswith("and 7 more")


def test_a_fleet_that_was_never_read_still_has_the_usual_days() -> None:
    assert len(events(calendar_feed(Snapshot(), NOW, UTC))) == 12
