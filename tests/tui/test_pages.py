"""The screens beside the table: activity, profiles, connection, JSON, history; and read-only."""

import json

import pytest

from console.actions.catalogue import ACTIONS
from console.session import Session
from tests.tui.conftest import Console, Open
from tui.derived_keys import ACTING
from tui.keymap import Keymap
from tui.palette import Commands
from tui.screens.detail import DetailScreen
from tui.screens.help import key_rows
from tui.screens.record import RecordScreen

PAGES = {
    "releases": "Releases",
    "activity": "Activity",
    "profiles": "Profiles",
    "connection": "Connection",
    "show sales-aca": "sales-aca",
    "json sales-aca": "sales-aca: JSON",
    "history sales-aca": "sales-aca: History",
}


async def go(console: Console, text: str) -> None:
    await console.press("colon")
    await console.type(text)
    await console.press("enter")
    await console.pilot.pause()


@pytest.mark.parametrize("text", PAGES)
async def test_each_screen_says_where_it_is_whose_fleet_and_read_only(
    open_console: Open, text: str
) -> None:
    async with open_console((80, 24), read_only=True) as console:
        await go(console, text)
        top = console.text.splitlines()[0]
        assert " ".join(top.split()) == f"Maia runners demo READ-ONLY Runners › {PAGES[text]}"
        assert "Restart" not in console.text


async def test_each_screen_tells_trouble_at_once_and_keeps_its_data(console: Console) -> None:
    for text in PAGES:
        console.cable.is_cut = False
        await console.read()
        await go(console, text)
        before = console.text.splitlines()[2:8]
        console.cable.is_cut = True
        await console.read()
        assert "The Maia API cannot be reached" in console.text
        if text != "connection":
            assert before[0] in console.text
        await console.press("escape")


async def test_what_is_under_way_is_on_top_of_the_activity_and_then_ends(console: Console) -> None:
    await go(console, "runners name:iot-gke")
    await console.press("p", "enter")
    for _ in range(5):
        await console.pilot.pause(0.01)
    await console.press("l")
    assert "Under way" in console.text
    assert "iot-gke  ↻ Pause: under way" in console.text
    console.clock.move(seconds=20)
    await console.read()
    await console.pilot.pause()
    assert "Today, Wed 7 Oct 2026" in console.text
    assert "iot-gke  ✓ Pause: done after" in console.text
    assert "Under way" not in console.text


async def test_without_any_action_the_activity_says_so(console: Console) -> None:
    await console.press("l")
    assert "Nothing has been done from a console yet." in console.text
    await console.press("l")
    assert "Nothing has been done" not in console.text


async def test_the_connection_counts_on_and_ends_with_the_trouble(console: Console) -> None:
    console.cable.is_cut = True
    await console.read()
    await go(console, "connection")
    assert "What to do" in console.text
    assert "Run maia-console doctor" in console.text
    console.clock.move(seconds=40)
    console.app.screen.tick()
    await console.pilot.pause()
    assert "40 s, since" in console.text
    console.cable.is_cut = False
    await console.read()
    assert "The Maia API answers." in console.text
    assert "What to do" not in console.text


async def test_that_nothing_is_recorded_stands_on_every_screen_and_why_on_one(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble = "History is unavailable: the disk is full."
    for text in ("runners", "releases", "connection"):
        await go(console, text)
        monkeypatch.setattr(Session, "history_problem", trouble)
        await console.read()
        assert "Not recorded; :connection tells why" in console.text
        assert (trouble in console.text) is (text == "connection")
        monkeypatch.setattr(Session, "history_problem", "")
        await console.read()
        assert "recorded" not in console.text


async def test_data_that_is_old_is_dimmed_until_it_is_read_again(console: Console) -> None:
    console.cable.is_cut = True
    console.clock.move(seconds=90)
    await console.read()
    assert console.table.has_class("-stale")
    assert len(console.names) == 24
    console.cable.is_cut = False
    await console.read()
    assert not console.table.has_class("-stale")


async def test_json_is_the_record_that_the_command_line_writes(console: Console) -> None:
    await console.press("y", "c")
    for _ in range(4):
        await console.pilot.pause(0.01)
    record = json.loads(console.app.clipboard)
    assert record["name"] == "logistics-aci"
    assert list(record)[:3] == ["id", "name", "description"]
    assert "lines of JSON" in console.text


async def test_a_hostile_name_is_json_in_ascii_and_copied_as_text(open_console: Open) -> None:
    async with open_console((160, 50), runners=0, hostile=True) as console:
        for _ in console.names:
            await console.press("y")
            assert isinstance(console.app.screen, RecordScreen)
            assert console.app.screen._text.isascii()
            await console.press("escape", "c")
            await console.pilot.pause(0.01)
            assert console.app.clipboard.replace("\n", "").isprintable()
            await console.press("down")


async def test_c_copies_name_then_id_then_version_and_says_which(console: Console) -> None:
    said = []
    for _ in range(4):
        await console.press("c")
        for _ in range(4):
            await console.pilot.pause(0.01)
        said.append(console.app.clipboard)
    assert said == ["logistics-aci", console.id_of("logistics-aci"), "10.1292.0", "logistics-aci"]
    assert "Copied the name: logistics-aci. If it does not paste" in console.text
    await console.press("space", "down", "space", "c")
    for _ in range(4):
        await console.pilot.pause(0.01)
    assert set(console.app.clipboard.splitlines()) == {"logistics-aci", "legacy-eks"}
    assert "Copied 2 names." in console.text


async def test_help_begins_with_what_has_the_focus(console: Console) -> None:
    for keys, first in (
        (("slash",), "The filter, while it is typed"),
        (("escape", "colon"), "The command line"),
        (("escape", "v"), "This screen"),
        (("escape",), "Act on the marked runners"),
    ):
        await console.press(*keys, "f1")
        drawn = [line.strip(" │╭╮╰╯─▌▐1234567890") for line in console.text.splitlines()[2:]]
        titles = [line for line in drawn if first in line]
        assert titles
        assert drawn.index(titles[0]) < 8
        await console.press("escape")


async def test_without_actions_there_is_none_in_footer_help_palette_and_details(
    open_console: Open,
) -> None:
    labels = [f"{key} {label}" for key, label in key_rows(ACTING, Keymap())]
    async with open_console((120, 160), read_only=True) as console:
        for keys in ((), ("question_mark",), ("escape", "enter"), ("escape", "ctrl+p")):
            await console.press(*keys)
            await console.pilot.pause(0.05)
            drawn = " ".join(console.text.split())
            assert not [label for label in labels if label in drawn]
            assert "READ-ONLY" in console.text
        await console.press("escape")
        entries = [label for label, _, _ in Commands(console.app.screen)._entries()]
        assert "Releases: the calendar of releases" in entries
        assert not {action.label for action in ACTIONS} & set(entries)


async def test_the_palette_says_how_a_command_is_typed(open_console: Open) -> None:
    async with open_console((100, 60)) as console:
        await console.press("ctrl+p")
        await console.type("runners")
        await console.pilot.pause(0.1)
        assert ":runners [FILTER]" in console.text


async def test_the_palette_has_every_command_and_asks_for_what_it_needs(console: Console) -> None:
    await console.press("ctrl+p")
    await console.type("one runner in full")
    await console.pilot.pause(0.1)
    await console.press("enter")
    await console.pilot.pause()
    await console.type("sales-aca")
    await console.press("enter")
    await console.pilot.pause()
    assert isinstance(console.app.screen, DetailScreen)


async def test_from_details_an_action_returns_to_them(open_console: Open) -> None:
    async with open_console((80, 24)) as console:
        await console.press("enter", "r", "escape")
        assert isinstance(console.app.screen, DetailScreen)


async def test_the_filter_has_a_history_and_a_live_count(console: Console) -> None:
    await console.press("slash")
    await console.type("status:paused")
    assert "2 of 24 runners" in console.text.splitlines()[4]
    await console.press("enter", "escape", "slash", "up")
    assert console.names == ["old-aci", "prod-us-fargate"]
    await console.press("down")
    assert len(console.names) == 24
