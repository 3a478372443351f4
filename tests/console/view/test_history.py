"""The history of a runner in words: each kind of change, actions, days, and having none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.changes import Change, What
from console.journal.history import History, RecordedAction
from console.view.history import action_cell, change_cell, history_view
from console.view.tone import Tone
from tests.console.fleets import NOW

HOUR = timedelta(hours=1)
RESTART = RecordedAction(
    plan_id="p",
    action_id="restart",
    label="Restart",
    runner_id="1",
    runner_name="prod",
    who="ada",
    face="terminal",
    expected="It is expected to come back on 10.2.",
    phase="done",
    note="",
    started=NOW - HOUR,
    changed=NOW - HOUR + timedelta(minutes=2),
)


def change(what: What, before: str, after: str, at: datetime = NOW - HOUR) -> Change:
    return Change("1", "prod", what, before, after, at)


@pytest.mark.parametrize(
    ("what", "before", "after", "said"),
    [
        (What.STATUS, "running", "stopping", "Status: running → stopping"),
        (What.STATUS, "", "running", "Status: running"),
        (What.STATUS, "running", "hibernating", "Status: running → hibernating"),
        (What.STATUS, "running", "", "Status: running → no longer told"),
        (What.VERSION, "10.1316.0", "10.1317.0", "Version: 10.1316.0 → 10.1317.0"),
        (What.VERSION, "10.1317.0", "10.1301.0", "Version: 10.1317.0 → 10.1301.0, a step back"),
        (What.VERSION, "", "10.1", "Version: 10.1"),
        (What.SUPPORT, "supported", "out_of_support", "Left support"),
        (What.SUPPORT, "out_of_support", "supported", "Supported again"),
        (What.SUPPORT, "", "supported", "Supported"),
        (What.SUPPORT, "expired", "out_of_support", "Still out of support"),
        (What.SUPPORT, "supported", "", "The API no longer says whether it is supported"),
        (What.TRACK, "current", "stable", "Track: Current → Stable"),
        (What.TRACK, "current", "beta", "Track: Current → beta"),
        (What.AUTO_UPDATES, "yes", "no", "Auto-update switched off"),
        (What.AUTO_UPDATES, "no", "yes", "Auto-update switched on"),
        (What.AUTO_UPDATES, "", "no", "Auto-update: off"),
        (What.AUTO_UPDATES, "no", "", "Auto-update: off → no longer told"),
        (What.CONNECTED, "yes", "no", "Connection lost"),
        (What.CONNECTED, "no", "yes", "Connected again"),
        (What.CONNECTED, "", "yes", "Connected"),
        (What.RESTRICTED, "no", "yes", "Restricted to listed projects"),
        (What.RESTRICTED, "yes", "no", "Open to all projects"),
        (What.NAME, "old", "new", "Name: old → new"),
        (What.JOINED, "", "prod", "Joined the fleet"),
        (What.LEFT, "prod", "", "Left the fleet"),
    ],
)
def test_each_change_has_a_sentence(what: What, before: str, after: str, said: str) -> None:
    cell = change_cell(change(what, before, after))
    assert cell.text == said
    assert cell.symbol
    assert cell.ascii_symbol.isascii()


def test_leaving_support_alarms_and_tells_the_apis_own_word() -> None:
    cell = change_cell(change(What.SUPPORT, "supported", "out_of_support"))
    assert (cell.tone, cell.hint) == (Tone.CRITICAL, "The API says: out_of_support")


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("done", "Restart by ada from the terminal: done after 2 min"),
        ("failed", "Restart by ada from the terminal: failed after 2 min"),
        ("not_seen", "Restart by ada from the terminal: not seen to finish within 2 min"),
        ("under_way", "Restart by ada from the terminal: under way when last seen, 58 min ago"),
        ("what?", "Restart by ada from the terminal: under way when last seen, 58 min ago"),
    ],
)
def test_an_action_tells_who_from_where_and_what_came_of_it(phase: str, said: str) -> None:
    assert action_cell(replace(RESTART, phase=phase), NOW).text == said


def test_an_action_tells_its_note_and_what_was_expected() -> None:
    cell = action_cell(replace(RESTART, phase="failed", note="HTTP 500", who="", face=""), NOW)
    assert cell.text == "Restart: failed after 2 min. HTTP 500"
    assert cell.hint == "Expected: It is expected to come back on 10.2."


def test_the_newest_comes_first_and_an_action_below_what_came_of_it() -> None:
    history = History(
        changes=(change(What.VERSION, "10.1", "10.2"), change(What.STATUS, "running", "stopping")),
        actions=(RESTART,),
        recorded_since=NOW - timedelta(days=1),
    )
    (day,) = history_view(history, NOW, UTC).days
    assert day.title == "Today, Wed 7 Oct 2026"
    assert [line.cell.text.split(":")[0] for line in day.lines] == [
        "Version",
        "Status",
        "Restart by ada from the terminal",
    ]
    assert {(line.clock, line.age) for line in day.lines} == {("11:00 UTC", "1 h ago")}


def test_days_are_those_of_the_users_zone() -> None:
    late = change(What.STATUS, "running", "paused", datetime(2026, 10, 6, 23, 30, tzinfo=UTC))
    history = History(changes=(late,), recorded_since=NOW)
    assert history_view(history, NOW, UTC).days[0].title == "Yesterday, Tue 6 Oct 2026"
    in_tokyo = history_view(history, NOW, ZoneInfo("Asia/Tokyo")).days[0]
    assert in_tokyo.title == "Today, Wed 7 Oct 2026"
    assert in_tokyo.lines[0].clock == "08:30 JST"


def test_it_says_since_when_there_is_a_history_and_that_nothing_has_changed() -> None:
    view = history_view(History(recorded_since=NOW - 2 * HOUR), NOW, UTC)
    assert view.days == ()
    assert view.note.text == (
        "History is recorded since Wed 7 Oct 2026, 10:00 UTC (2 h). Nothing has changed since."
    )


def test_without_a_record_it_says_so() -> None:
    assert history_view(History(), NOW, UTC).note.text == "Nothing has been recorded of it yet."


def test_a_problem_is_told_instead_of_an_empty_history() -> None:
    note = history_view(History(problem="History is unavailable: the disk is full."), NOW, UTC).note
    assert note.text == "History is unavailable: the disk is full."
    assert note.tone is Tone.WARNING


def test_a_history_that_is_cut_says_that_there_is_more() -> None:
    assert history_view(History(is_cut=True), NOW, UTC).more == "Older entries are not listed."


@given(st.sampled_from(What), st.text(max_size=30), st.text(max_size=30))
def test_no_text_of_the_api_can_do_more_than_be_read(what: What, before: str, after: str) -> None:
    cell = change_cell(change(what, before, after))
    assert not [letter for letter in cell.text + cell.hint if ord(letter) < 0x20]
    assert "\u202e" not in cell.text + cell.hint
