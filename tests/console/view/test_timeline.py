"""The timeline of a runner: its stays, the window, what lies ahead, and its drawing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.fleet.changes import Change, What
from console.fleet.learning import with_releases
from console.fleet.lines import Family, Line
from console.fleet.memory import Memory, Release
from console.fleet.snapshot import Runner
from console.journal.history import History
from console.view.timeline import Timeline, timeline
from console.view.timeline_drawing import NARROWEST, timeline_lines
from tests.console.fleets import HEALTHY, NOW, STREAMING

CURRENT = Line(Family.MAIA, "current")
DAY = timedelta(days=1)


def release(version: str, days_ago: float, line: Line = CURRENT) -> Release:
    at = NOW - days_ago * DAY
    return Release(line, version, at, at)


def memory(*releases: Release) -> Memory:
    return Memory(with_releases({}, releases))


LEDGER = memory(
    release("10.1300.0", 13),
    release("10.1301.0", 8),
    release("10.1302.0", 6),
    release("10.1303.0", 1),
)
BEHIND = replace(HEALTHY, version="10.1302.0")


def change(what: What, before: str, after: str, days_ago: float) -> Change:
    return Change("1", "prod-eu", what, before, after, NOW - days_ago * DAY)


MOVED = History((change(What.VERSION, "10.1300.0", "10.1302.0", 4),), recorded_since=NOW - 20 * DAY)


def drawn(told: Timeline, width: int = 80, *, ascii_only: bool = False) -> list[str]:
    return [
        "".join(text for text, _ in line)
        for line in timeline_lines(told, width, ascii_only=ascii_only)
    ]


def row(lines: list[str], version: str) -> str:
    return next(line for line in lines if f"{version} │" in line)


def test_a_stay_is_cut_where_its_version_left_the_window() -> None:
    told = timeline(replace(BEHIND, api_support=None), MOVED, LEDGER, NOW)
    assert [
        (stay.version, (NOW - stay.start) / DAY, (NOW - stay.end) / DAY, stay.supported)
        for stay in told.stays
    ] == [
        ("10.1300.0", 20, 6, True),
        ("10.1300.0", 6, 4, False),
        ("10.1302.0", 4, 0, True),
    ]


def test_the_apis_word_on_support_goes_before_the_window() -> None:
    history = replace(
        MOVED, changes=(change(What.SUPPORT, "supported", "out_of_support", 2), *MOVED.changes)
    )
    told = timeline(replace(BEHIND, api_support="out_of_support"), history, LEDGER, NOW)
    assert [(stay.version, stay.supported) for stay in told.stays] == [
        ("10.1300.0", True),
        ("10.1302.0", True),
        ("10.1302.0", False),
    ]


def test_before_it_came_to_its_track_the_window_of_that_track_says_nothing() -> None:
    history = replace(MOVED, changes=(change(What.TRACK, "stable", "current", 5), *MOVED.changes))
    told = timeline(replace(BEHIND, api_support=None), history, LEDGER, NOW)
    assert [((NOW - stay.start) / DAY, stay.supported) for stay in told.stays] == [
        (20, None),
        (5, False),
        (4, True),
    ]


def test_the_window_of_the_newest_two_ends_with_releases_that_are_expected() -> None:
    told = timeline(BEHIND, MOVED, LEDGER, NOW)
    newest, before = told.releases[-1], told.releases[-2]
    assert (newest.newest_until, before.newest_until) == (None, newest.out)
    assert (before.leaves, newest.leaves) == tuple(each.at for each in told.coming)


def test_a_line_without_a_published_window_has_none() -> None:
    line = Line(Family.STREAMING, "current")
    told = timeline(
        STREAMING, History(), memory(release("3.1", 9, line), release("3.2", 2, line)), NOW
    )
    assert {each.leaves for each in told.releases} == {None}
    assert told.coming == ()


def test_a_release_date_that_goes_backwards_was_never_the_newest() -> None:
    odd = memory(release("10.1", 2), release("10.2", 5))
    old = timeline(BEHIND, History(), odd, NOW).releases[0]
    assert old.newest_until is not None
    assert old.newest_until < old.out


def test_it_goes_back_to_where_the_runners_version_came_out() -> None:
    stuck = replace(HEALTHY, version="10.1300.0")
    assert timeline(stuck, History(), LEDGER, NOW).begins <= NOW - 13 * DAY
    assert timeline(stuck, History(), LEDGER, NOW, span=2 * DAY).begins == NOW - 2 * DAY


def test_an_unknown_past_is_left_blank() -> None:
    young = History(recorded_since=NOW - timedelta(hours=2))
    told = timeline(BEHIND, young, LEDGER, NOW)
    assert [(stay.start, stay.is_begun) for stay in told.stays] == [
        (NOW - timedelta(hours=2), False)
    ]
    assert row(drawn(told), "10.1302.0").count("█") <= 2
    assert told.note == "History is recorded since Wed 7 Oct 2026, 10:00 UTC (2 h)."


@pytest.mark.parametrize(
    ("runner", "history", "said"),
    [
        (
            BEHIND,
            MOVED,
            "On 10.1302.0 since Sat 3 Oct 2026; 1 newer release is out."
            " Before that 10.1300.0, for at least 16 days.",
        ),
        (BEHIND, History(), "On 10.1302.0; 1 newer release is out."),
        (
            BEHIND,
            History(recorded_since=NOW - 3 * DAY),
            "On 10.1302.0 at least since Sun 4 Oct 2026; 1 newer release is out.",
        ),
        (replace(BEHIND, version=None), MOVED, "It does not tell its version."),
        (replace(BEHIND, version="custom"), History(), "On custom."),
    ],
)
def test_the_words_say_what_it_runs_and_since_when(
    runner: Runner, history: History, said: str
) -> None:
    assert timeline(runner, history, LEDGER, NOW).summary.startswith(said)


def test_the_words_say_when_the_next_releases_are_expected() -> None:
    assert timeline(BEHIND, MOVED, LEDGER, NOW).summary.endswith(
        "The next Current releases are expected on Thu 8 Oct and Tue 13 Oct."
    )


def test_the_drawing_shows_the_bar_the_stair_the_window_and_now() -> None:
    told = timeline(BEHIND, MOVED, LEDGER, NOW)
    lines = drawn(told)
    newest, mine = row(lines, "10.1303.0"), row(lines, "10.1302.0")
    assert mine.startswith("▸")
    assert "█" in mine
    assert "┌" in newest
    assert "░" in mine.split("█")[-1], "the window goes on after now"
    assert row(lines, "expected").count("◇") == 2
    assert [line.split()[0] for line in lines if "│" in line][:3] == [
        "expected",
        "10.1303.0",
        "▸10.1302.0",
    ]


def test_being_out_of_support_is_drawn_with_another_sign_than_being_in_it() -> None:
    lost = replace(HEALTHY, version="10.1300.0", api_support="out_of_support")
    history = History(recorded_since=NOW - 9 * DAY)
    text = "\n".join(drawn(timeline(lost, history, LEDGER, NOW)))
    assert "╳ out of support" in text
    assert "╳╳╳╳" in text


def test_the_legend_explains_each_sign_that_is_drawn_and_no_other() -> None:
    text = "\n".join(drawn(timeline(BEHIND, MOVED, LEDGER, NOW)))
    assert "░ in the support window" in text
    plain = "\n".join(drawn(timeline(STREAMING, History(), memory(), NOW)))
    assert "support window" not in plain


def test_many_versions_are_folded_and_the_runner_stays_in_sight() -> None:
    many = memory(*(release(f"10.{1300 - n}.0", 3 * n) for n in range(40)))
    mine = replace(HEALTHY, version="10.1270.0")
    history = History(recorded_since=NOW - 60 * DAY)
    lines = drawn(timeline(mine, history, many, NOW))
    rows = [line for line in lines if "│" in line]
    assert len(rows) <= 10
    assert any(line.startswith("▸10.1270.0") and "█" in line for line in rows)
    assert any("…" in line and "more" in line for line in rows)


def test_the_drawing_in_ascii_has_nothing_but_ascii() -> None:
    odd = replace(BEHIND, name="plain", version="10.1302.0-é漢")
    for width in (40, 60, 80, 120):
        for line in drawn(timeline(odd, MOVED, LEDGER, NOW), width, ascii_only=True):
            assert "|" not in line or line.isascii()


def test_without_room_or_anything_to_draw_the_words_stand_alone() -> None:
    told = timeline(BEHIND, MOVED, LEDGER, NOW)
    assert not [line for line in drawn(told, 30) if "│" in line]
    assert not [
        line for line in drawn(timeline(Runner("1", "x"), History(), Memory(), NOW)) if "│" in line
    ]


def test_it_is_equal_within_a_minute_so_that_nothing_is_drawn_again() -> None:
    first, later = (
        timeline(BEHIND, MOVED, LEDGER, NOW + timedelta(seconds=second)) for second in (1, 58)
    )
    assert first == later


def test_dates_are_those_of_the_users_zone() -> None:
    zone = ZoneInfo("Pacific/Auckland")
    told = timeline(BEHIND, MOVED, LEDGER, datetime(2026, 10, 7, 12, tzinfo=UTC), zone)
    assert "expected on Fri 9 Oct" in told.summary
    assert told.zone is zone


VERSIONS = st.sampled_from(
    ["10.1", "10.2", "10.3", "10.10", "1\x1b[0m", "\0", "漢字" * 9, "x", "", "9" * 40]
)


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Timeline, set[str]]:
    """Any timeline, and the versions that anything it was made from names."""
    days = st.floats(0.01, 500)
    found = draw(
        st.lists(st.builds(change, st.sampled_from(What), VERSIONS, VERSIONS, days), max_size=30)
    )
    released = draw(
        st.lists(
            st.builds(release, st.from_regex(r"10\.[1-9]\d?", fullmatch=True), days), max_size=40
        )
    )
    since = draw(st.none() | days.map(lambda day: NOW - day * DAY))
    runner = replace(HEALTHY, version=draw(VERSIONS) or None, name=draw(st.text(max_size=50)))
    history = History(tuple(found), recorded_since=since, is_cut=draw(st.booleans()))
    span = draw(st.none() | st.floats(0.1, 400).map(lambda day: day * DAY))
    named = {each.before for each in found} | {each.after for each in found}
    named |= {each.version for each in released} | {runner.version or ""}
    return timeline(runner, history, memory(*released), NOW, UTC, span), named


@given(timelines(), st.integers(5, 200), st.booleans())
def test_no_line_is_wider_than_the_terminal_and_no_version_is_made_up(
    made: tuple[Timeline, set[str]], width: int, ascii_only: bool
) -> None:
    told, named = made
    assert {stay.version for stay in told.stays} <= named
    assert {each.version for each in told.releases} <= named
    assert told.begins < told.now < told.ends
    for line in drawn(told, width, ascii_only=ascii_only):
        assert cell_len(line) <= width
        assert "\x1b" not in line
    if width >= NARROWEST:
        assert len([line for line in drawn(told, width) if "│" in line]) <= 10
