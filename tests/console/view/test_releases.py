"""The calendar of releases: order, dates in two zones, who runs what, whom a release pushes out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from console.fleet import lines
from console.fleet.learning import with_releases
from console.fleet.lines import Family, Line
from console.fleet.memory import Announced, Memory, Release
from console.fleet.snapshot import Runner, Snapshot
from console.rules.releases import Sureness
from console.view.dates import local_clock, utc_beside
from console.view.filter import parse_filter
from console.view.matching import matching
from console.view.query import Query
from console.view.release_filters import filter_in, running
from console.view.release_words import CURRENT, STABLE, line_title
from console.view.releases import Calendar, LineCalendar, next_releases_line, releases_view
from console.view.tone import Tone
from tests.console.fleets import HEALTHY, NOW, SNOWFLAKE, STREAMING, demo_snapshot, snapshot_of

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
TOKYO = ZoneInfo("Asia/Tokyo")


def out(version: str, day: int, month: int = 10, line: Line = CURRENT, hour: int = 9) -> Release:
    at = datetime(2026, month, day, hour, tzinfo=UTC)
    return Release(line, version, at, at)


LEDGER = (
    out("10.1300.0", 24, 9),
    out("10.1301.0", 29, 9),
    out("10.1302.0", 1),
    out("10.1303.0", 6),
    out("10.1290.0", 1, 10, STABLE, 6),
)
BEHIND = replace(HEALTHY, id="2", name="behind", version="10.1302.0", auto_updates=False)


def fleet(
    *runners: Runner,
    releases: tuple[Release, ...] = LEDGER,
    announced: tuple[Announced, ...] = (),
) -> Snapshot:
    memory = Memory(with_releases({}, releases), announced=announced)
    return replace(snapshot_of(*runners), memory=memory)


def line_of(calendar: Calendar, title: str) -> LineCalendar:
    return next(each for each in calendar.lines if each.title == title)


def current(snapshot: Snapshot, most: int | None = 10) -> LineCalendar:
    return line_of(releases_view(snapshot, NOW, BERLIN, most), "Current")


def test_current_and_stable_come_first_then_snowflake_then_the_others() -> None:
    odd = replace(HEALTHY, id="o", track="beta")
    titles = [
        each.title for each in releases_view(fleet(odd, STREAMING, SNOWFLAKE), NOW, UTC).lines
    ]
    assert titles == ["Current", "Stable", "Snowflake, Current", "beta", "Streaming"]


def test_current_and_stable_are_told_even_of_an_empty_fleet() -> None:
    calendar = releases_view(Snapshot(), NOW, UTC)
    assert [each.title for each in calendar.lines] == ["Current", "Stable"]
    assert {each.newest for each in calendar.lines} == {"No release of it has been seen."}
    assert all(each.coming for each in calendar.lines)


def test_the_newest_release_tells_its_day_and_how_many_run_it() -> None:
    assert current(fleet(HEALTHY, BEHIND)).newest == (
        "10.1303.0, out since Tue 6 Oct 2026. On 1 of 2 runners."
    )
    assert current(fleet()).newest.endswith("No runner of the fleet follows it.")


def test_the_ledger_is_newest_first_with_who_runs_what_and_what_is_in_the_window() -> None:
    told = current(fleet(HEALTHY, BEHIND))
    assert [(each.version, each.runs, each.in_window) for each in told.out] == [
        ("10.1303.0", "on 1 runner", True),
        ("10.1302.0", "on 1 runner", True),
        ("10.1301.0", "", False),
        ("10.1300.0", "", False),
    ]


def test_an_old_release_that_a_runner_has_is_listed_however_few_are_asked_for() -> None:
    old = replace(HEALTHY, version="10.1300.0")
    told = current(fleet(old), most=1)
    assert [each.version for each in told.out] == ["10.1303.0", "10.1300.0"]
    assert told.older == "2 older ones, on no runner"


def test_a_release_without_a_date_says_when_it_was_first_seen() -> None:
    undated = Release(CURRENT, "10.1304.0", None, NOW)
    assert current(fleet(releases=(*LEDGER, undated))).newest.startswith(
        "10.1304.0, seen first on Wed 7 Oct 2026."
    )


def test_runners_outside_the_ledger_are_told_so_that_the_numbers_add_up() -> None:
    custom = replace(HEALTHY, id="3", version="10.9999.0")
    silent = replace(HEALTHY, id="4", version=None)
    assert current(fleet(HEALTHY, custom, silent)).elsewhere == (
        "1 runner runs what it is not known to have had: 10.9999.0."
        " 1 runner does not tell its version."
    )


def test_an_expected_date_is_told_in_the_users_zone_with_utc_beside_it() -> None:
    first = current(fleet(HEALTHY)).coming[0]
    assert (first.date, first.utc) == ("Thu 8 Oct 2026, about 11:00 CEST", "09:00 UTC")
    far = line_of(releases_view(fleet(HEALTHY), NOW, TOKYO), "Current").coming[0]
    assert (far.date, far.utc) == ("Thu 8 Oct 2026, about 18:00 JST", "09:00 UTC")


def test_utc_tells_its_day_where_that_is_another() -> None:
    late = datetime(2026, 10, 9, 2, tzinfo=UTC)
    assert local_clock(late, NEW_YORK) == "22:00 EDT"
    assert utc_beside(late, NEW_YORK) == "Fri 9 Oct 02:00 UTC"


def test_utc_beside_utc_would_say_nothing() -> None:
    assert line_of(releases_view(fleet(), NOW, UTC), "Current").coming[0].utc == ""


def test_a_zone_without_a_name_is_told_by_its_distance() -> None:
    nameless = timezone(timedelta(hours=5, minutes=45))
    assert local_clock(NOW, nameless) == "17:45 UTC+05:45"
    assert local_clock(NOW, ZoneInfo("America/Sao_Paulo")) == "09:00 UTC-03:00"


@pytest.mark.parametrize("zone", [UTC, BERLIN, NEW_YORK, TOKYO])
def test_where_no_hour_is_known_only_the_day_is_told_and_it_is_the_same_everywhere(
    zone: ZoneInfo,
) -> None:
    told = line_of(releases_view(fleet(releases=()), NOW, zone), "Stable").coming[0]
    assert (told.date, told.utc) == ("Sun 1 Nov 2026", "")


def test_an_expected_release_is_worded_as_expected_and_says_what_it_rests_on() -> None:
    announced = (Announced("current", date(2026, 10, 9), "10.1304.0"),)
    first, second, *_ = current(fleet(HEALTHY, announced=announced)).coming
    assert (first.sureness, second.sureness) == (Sureness.SCHEDULED, Sureness.CADENCE)
    assert all(each.sure.text.startswith("Expected") for each in (first, second))
    assert first.carries == "Expected to be 10.1304.0."


def test_stable_says_which_current_release_it_is_expected_to_carry() -> None:
    cut = (out("10.1298.0", 1, 10), out("10.1296.0", 29, 9))
    snapshot = fleet(releases=cut)
    first, second, _ = line_of(releases_view(snapshot, NOW, UTC), "Stable").coming
    assert first.carries == "Expected to carry 10.1296.0, the Current release of Tue 29 Sep 2026."
    assert second.carries == (
        "Expected to carry what is the newest Current release on Sun 1 Nov 2026."
    )


def test_a_release_tells_whom_it_pushes_out_of_support() -> None:
    others = tuple(replace(BEHIND, id=f"b{number}", name=f"x{number}") for number in range(4))
    first = current(fleet(HEALTHY, BEHIND)).coming[0]
    assert first.effect == "1 runner is expected to leave support with it: behind."
    many = current(fleet(HEALTHY, BEHIND, *others)).coming[0]
    assert many.effect == (
        "5 runners are expected to leave support with it: behind, x0, x1 and 2 more."
    )
    assert (first.leaving, many.leaving) == (1, 5)


def found(snapshot: Snapshot, text: str) -> int:
    return len(matching(snapshot, Query(parse_filter(text)), NOW))


@pytest.mark.parametrize("hostile", [False, True])
def test_each_filter_finds_whom_the_calendar_counts(*, hostile: bool) -> None:
    runners = demo_snapshot(60, hostile=hostile).runners
    ledger = {
        Release(line, each.version, NOW, NOW)
        for each in runners
        if (line := lines.line_of(each)) and each.version
    }
    snapshot = fleet(*runners, releases=tuple(ledger))
    told_lines = releases_view(snapshot, NOW, UTC, most=None).lines
    told = [each for line in told_lines for each in line.out if each.filter]
    assert told
    for each in told:
        assert found(snapshot, each.filter) == each.runners, each.filter
    lost = {line.filter: line.unsupported.text for line in told_lines if line.filter}
    assert sum(found(snapshot, text) for text in lost) == found(snapshot, "support:unsupported")
    for text, said in lost.items():
        assert said.startswith(f"{found(snapshot, text)} runner")
    for line in told_lines:
        leaving = [each for each in line.coming if each.filter]
        assert len({each.filter for each in leaving}) <= 1
        for each in leaving:
            assert found(snapshot, each.filter) >= sum(other.leaving for other in leaving)


def test_who_is_out_of_support_is_named_with_the_line_and_the_release_is_red() -> None:
    lost = replace(HEALTHY, id="9", name="lost", version="10.1300.0", api_support="unsupported")
    told = current(fleet(HEALTHY, lost))
    assert told.unsupported.text == "1 runner is out of support: lost."
    assert told.filter == "support:unsupported track:current -type:streaming -platform:snowflake"
    tones = {each.version: each.support.tone for each in told.out}
    assert (tones["10.1300.0"], tones["10.1301.0"]) == (Tone.CRITICAL, Tone.MUTED)
    assert current(fleet(HEALTHY)).unsupported.text == ""


@pytest.mark.parametrize(
    ("track", "version", "text"),
    [
        ("current", "10.1 x", 'version:"10.1 x" track:current type:streaming'),
        ("a,b", "1", 'version:1 track:"a,b" type:streaming'),
        ("current", 'a"b', ""),
        ("current", "1\n2", ""),
        ("cur*", "1", ""),
        ("current", "", ""),
    ],
)
def test_what_the_grammar_cannot_name_is_not_asked_for(track: str, version: str, text: str) -> None:
    assert filter_in(Line(Family.STREAMING, track), running(version)) == text
    if text:
        parse_filter(text)


def test_no_support_window_is_invented_for_lines_without_one() -> None:
    line = Line(Family.STREAMING, "current")
    snapshot = fleet(STREAMING, releases=(out("3.1.0", 1, line=line),))
    (told,) = line_of(releases_view(snapshot, NOW, UTC), "Streaming").out
    assert told.in_window is None


def test_the_wall_has_the_next_two_in_one_line() -> None:
    assert next_releases_line(fleet(HEALTHY), NOW, BERLIN) == (
        "Next: Current Thu 8 Oct (expected), Stable Sun 1 Nov (expected)"
    )


def test_hostile_tracks_versions_and_names_are_made_safe() -> None:
    hostile = replace(
        BEHIND,
        name="\x1b[31mred\u202e",
        track="\x1b]0;x\x07",
        version="1\n2",
        latest_version="1\n3",
    )
    line = Line(Family.MAIA, "\x1b]0;x\x07")
    snapshot = fleet(hostile, releases=(Release(line, "1\n3", NOW, NOW),))
    told = line_of(releases_view(snapshot, NOW, UTC), line_title(line))
    said = f"{told.title}{told.newest}{told.elsewhere}{told.out}"
    assert said.isprintable()
