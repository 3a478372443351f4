"""What a wall says: worst first, the healthy as a count, and what is about to become a problem."""

from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.fleet.snapshot import AccountState, Problem, ProblemKind
from console.rules.assessment import assessments
from console.rules.findings import Severity
from console.view.filter import parse_filter
from console.view.matching import matching
from console.view.overview import stale_after
from console.view.query import Query
from console.view.tone import Tone
from console.view.wall import MOST_IN_BANDS, MOST_TILES, Shape, Wall, critical_findings, wall
from console.view.wall_panels import Panel
from console.view.wall_words import TROUBLES, Dates, kinds_left, known_language
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, operation_on, snapshot_of

OFFLINE = replace(HEALTHY, id="2", name="lost", connected=False)
OUT = replace(HEALTHY, id="3", name="old", api_support="unsupported")
PAUSED = replace(HEALTHY, id="4", name="waiting", status="paused")


def panel(seen: Wall, key: str) -> Panel:
    return next(each for each in seen.panels if each.key == key)


def test_with_nothing_wrong_it_says_so_in_words_and_in_green() -> None:
    seen = wall(snapshot_of(HEALTHY), NOW)
    assert seen.verdict == "All is well: 1 runner, none needs attention."
    assert (seen.tone, seen.symbol) == (Tone.GOOD, "✓")
    assert (seen.tiles, seen.bands) == ((), ())


def test_a_problem_is_a_tile_with_what_is_wrong_what_to_do_and_its_own_filter() -> None:
    (tile,) = wall(snapshot_of(HEALTHY, OFFLINE), NOW).tiles
    assert (tile.name.text, tile.cells[0].text, tile.tone) == ("lost", "Offline", Tone.CRITICAL)
    assert tile.do == TROUBLES["offline"].do
    snapshot = snapshot_of(HEALTHY, OFFLINE)
    assert [a.runner.name for a in _matching(snapshot, tile.filter)] == ["lost"]


@pytest.mark.parametrize("group", ["", "track:stable", "name:*prod*"])
@pytest.mark.parametrize("runners", [400, 2000])
def test_a_band_counts_exactly_what_its_filter_lists(group: str, runners: int) -> None:
    snapshot = demo_snapshot(runners)
    seen = wall(snapshot, NOW, among=parse_filter(group))
    assert seen.bands
    for band in seen.bands:
        listed = _matching(snapshot, band.filter)
        assert band.count == len(listed)
        assert set(band.names) <= {each.runner.name for each in listed}
    assert [each.tone != Tone.CRITICAL for each in seen.bands] == sorted(
        each.tone != Tone.CRITICAL for each in seen.bands
    )


def test_every_kind_of_problem_has_words_for_a_wall() -> None:
    found = {
        finding.code
        for each in assessments(demo_snapshot(2000), NOW)
        for finding in each.findings
        if finding.severity >= Severity.WARNING
    }
    assert found <= set(TROUBLES)
    assert all(len(each.title) <= 21 and len(each.do) <= 40 for each in TROUBLES.values())


def test_who_leaves_support_is_told_until_which_day_a_restart_helps() -> None:
    snapshot = demo_snapshot()
    later = NOW + timedelta(days=1)
    for now, do in ((NOW, "Restart before Thu 8 Oct"), (later, "Restart now")):
        seen = wall(snapshot, now)
        (band,) = (each for each in seen.bands if each.key == "support_ending")
        tiles = [each for each in seen.tiles if each.cells[0].text.startswith("Leaves support")]
        assert tiles
        assert {band.do, *(each.do for each in tiles)} == {do}


def test_kinds_of_problem_without_room_are_counted_as_kinds() -> None:
    assert (kinds_left(1), kinds_left(3)) == ("and 1 more kind", "and 3 more kinds")


def test_tiles_become_bands_and_bands_become_counts_when_they_are_too_many() -> None:
    def shape(problems: int) -> Shape:
        runners = (replace(OFFLINE, id=f"{number}") for number in range(problems))
        return wall(snapshot_of(*runners), NOW).shape

    assert shape(MOST_TILES) is Shape.TILES
    assert shape(MOST_TILES + 1) is Shape.BANDS
    assert shape(MOST_IN_BANDS + 1) is Shape.COUNTS


def test_an_action_of_this_console_counts_as_planned_work() -> None:
    seen = wall(snapshot_of(HEALTHY, OFFLINE, operations=(operation_on(OFFLINE),)), NOW)
    (tile,) = seen.tiles
    assert (tile.is_planned, tile.tone) == (True, Tone.INFO)
    assert seen.bands[0].planned == 1
    assert seen.planned == "Planned work on 1 runner"
    assert wall(snapshot_of(HEALTHY), NOW).planned == ""


def test_work_under_way_says_how_far_it_is_and_names_nobody() -> None:
    operation = replace(operation_on(HEALTHY), who="somebody", expected="Stays on 10.1303.0.")
    (line,) = panel(wall(snapshot_of(HEALTHY, operations=(operation,)), NOW), "work").lines
    assert (line.name, line.text, line.detail) == ("Restart: prod-eu", "1 min", operation.expected)
    assert "somebody" not in repr(line)
    ended = replace(operation, id=2, phase="done", runner_id="9")
    two = snapshot_of(HEALTHY, operations=(operation, ended))
    (line,) = panel(wall(two, NOW), "work").lines
    assert (line.text, line.share) == ("1 of 2 ended", 0.5)


def test_what_leaves_support_next_is_told_with_the_days_left_and_what_keeps_it() -> None:
    lines = panel(wall(demo_snapshot(), NOW), "support").lines
    assert lines[0].name == "Tomorrow, Thu 8 Oct"
    assert (lines[0].text, lines[0].detail) == ("3 runners", "Restart 3 now")
    assert (lines[-1].name, lines[-1].text) == ("Out of support", "2 runners")


def test_the_longest_paused_comes_first_by_the_minute() -> None:
    other = replace(PAUSED, id="5", name="longer")
    snapshot = replace(
        snapshot_of(PAUSED, other),
        status_since={"4": NOW - timedelta(minutes=5), "5": NOW - timedelta(hours=3)},
    )
    lines = panel(wall(snapshot, NOW), "paused").lines
    assert [(line.name, line.text) for line in lines] == [
        ("longer", "for 3 h"),
        ("waiting", "for 5 min"),
    ]


def test_the_parts_of_a_bar_add_up_and_tell_more_than_their_colour() -> None:
    bars = wall(demo_snapshot(2000), NOW).versions
    assert [bar.title for bar in bars[:2]] == ["Current", "Stable"]
    for bar in bars:
        assert sum(part.count for part in bar.parts) == bar.total
        assert all(part.symbol and part.means and part.pattern for part in bar.parts)
    looks = {(part.tone, part.symbol, part.pattern) for bar in bars for part in bar.parts}
    assert len(looks) == len({tone for tone, _, _ in looks})


def test_the_picture_stays_the_same_within_a_minute() -> None:
    snapshot = demo_snapshot()
    assert wall(snapshot, NOW) == wall(snapshot, NOW + timedelta(seconds=50))


def test_of_several_accounts_only_the_one_that_cannot_be_read_is_marked_after_two_polls() -> None:
    here, there = replace(OFFLINE, account="eu"), replace(OFFLINE, id="9", account="us")
    lost = Problem(ProblemKind.FAILED, "HTTP 503", NOW, NOW, "us")
    snapshot = replace(
        snapshot_of(here, there),
        problem=lost,
        accounts=(AccountState("eu", NOW), AccountState("us", NOW, lost)),
    )
    later = NOW + stale_after(snapshot) + timedelta(seconds=1)
    assert all(not tile.old for tile in wall(snapshot, NOW).tiles)
    marks = {tile.name.text: tile.old for tile in wall(snapshot, later).tiles}
    assert marks == {"eu/lost": "", "us/lost": "as read at 12:00"}
    assert wall(snapshot, later).old == "us as read at 12:00"


def test_the_whole_wall_is_old_later_than_its_tiles() -> None:
    seen = wall(snapshot_of(HEALTHY), NOW)
    assert (seen.stale_seconds, seen.grey_seconds) == (35, 70)


def test_dates_are_in_the_language_and_the_zone_that_were_asked_for() -> None:
    english, german = Dates(UTC), Dates(ZoneInfo("Europe/Berlin"), "de")
    assert (english.full(NOW), english.clock(NOW)) == ("Wednesday 7 October", "12:00")
    assert (german.full(NOW), german.clock(NOW)) == ("Mittwoch, 7. Oktober 2026", "14:00")
    assert known_language("pt-br") == "pt_BR"
    assert [known_language(name) for name in ("xx", "", "../de", "e" * 50)] == [None] * 4


def test_critical_findings_are_those_of_runners_without_planned_work() -> None:
    everything = parse_filter("")
    snapshot = snapshot_of(OFFLINE, OUT, PAUSED, operations=(operation_on(OUT),))
    assert critical_findings(snapshot, NOW, everything) == {"offline 2"}


def _matching(snapshot, text):  # type: ignore[no-untyped-def]
    return matching(snapshot, Query(parse_filter(text)), NOW)
