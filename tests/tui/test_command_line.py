"""The command line: typing, completing, going back, and what each command does."""

import json
from pathlib import Path

import pytest
from textual.events import Key
from textual.keys import key_to_character
from textual.widgets import Input

from console.user_files import UserFiles
from console.view.commands import COMMANDS
from tests.tui.conftest import Console, Open
from tui.commands import DONE
from tui.screens.activity import ActivityScreen
from tui.screens.connection import ConnectionScreen
from tui.screens.detail import DetailScreen
from tui.screens.help import HelpScreen
from tui.screens.history import HistoryScreen
from tui.screens.plan import PlanScreen
from tui.screens.profiles import ProfilesScreen
from tui.screens.record import RecordScreen
from tui.screens.releases import ReleasesScreen
from tui.screens.runners import RunnersScreen
from tui.widgets.command_line import CommandLine


async def say(console: Console, text: str) -> None:
    """Types a command and gives it."""
    await console.press("colon")
    await console.type(text)
    await console.press("enter")
    await console.pilot.pause()


def typed(console: Console) -> str:
    return console.app.screen.query_one(CommandLine).query_one(Input).value


def test_each_command_is_done_by_something() -> None:
    assert set(DONE) == {word.name for word in COMMANDS if not word.acts}


@pytest.mark.parametrize(
    ("text", "screen"),
    [
        ("releases", ReleasesScreen),
        ("activity", ActivityScreen),
        ("profiles", ProfilesScreen),
        ("connection", ConnectionScreen),
        ("show sales-aca", DetailScreen),
        ("json sales-aca", RecordScreen),
        ("history sales-aca", HistoryScreen),
        ("help", HelpScreen),
        ("runners", RunnersScreen),
        ("restart", PlanScreen),
        ("set-track stable", PlanScreen),
    ],
)
async def test_a_command_leads_to_its_screen_and_escape_back(
    console: Console, text: str, screen: type
) -> None:
    await console.press("down")
    await say(console, text)
    assert isinstance(console.app.screen, screen)
    await console.press("escape")
    assert isinstance(console.app.screen, RunnersScreen)
    assert console.app.focused is console.table


async def test_commands_lead_from_any_screen_to_any_other(console: Console) -> None:
    await say(console, "releases")
    await say(console, "activity")
    assert isinstance(console.app.screen, ActivityScreen)
    assert len(console.app.screen_stack) == 3
    await say(console, "runners status:paused")
    assert isinstance(console.app.screen, RunnersScreen)
    assert console.names == ["old-aci", "prod-us-fargate"]
    await say(console, "runners")
    assert len(console.names) == 24


async def test_sort_wide_and_problems_change_the_table(console: Console) -> None:
    await say(console, "sort -name")
    assert console.names == sorted(console.names, reverse=True)
    await say(console, "wide")
    assert console.table.is_wide
    await say(console, "problems")
    assert len(console.names) == 7


async def test_refresh_colours_and_quit(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(console.session.store, "refresh_soon", lambda: asked.append(True))
    await say(console, "refresh")
    assert asked == [True]
    before = console.app.theme
    await say(console, "colours")
    assert console.app.theme != before
    await say(console, "q")
    assert not console.app.is_running


async def test_an_action_goes_to_the_marked_runners(console: Console) -> None:
    await console.press("space", "down", "space")
    await say(console, "restart")
    assert "Restart: 2 runners" in console.text
    assert console.cable.commands == []


async def test_an_action_on_a_screen_without_runners_says_where_they_are(
    console: Console,
) -> None:
    await say(console, "releases")
    await say(console, "restart")
    assert "No runner is chosen on this screen. :runners leads to the table." in console.text


async def test_a_slip_keeps_what_was_typed_and_the_screen(console: Console) -> None:
    await console.press("space")
    await say(console, "resart")
    assert "“resart” is not a command. Did you mean :restart?" in console.text
    assert typed(console) == "resart"
    assert len(console.table.marks) == 1
    await console.press("escape")
    assert console.app.focused is console.table


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("colon", *"restart"), "restart"),
        (("ctrl+s", *"prats"), "save runners.csvprats"),
        (("slash", *"prat"), "prat"),
        (("colon", *"sorx", "backspace", "t", "left", "u", "ctrl+u", "p"), "pt"),
        (("slash", *"ab", "backspace", "c"), "ac"),
        (("slash", *"track", "colon", *"stable"), "track:stable"),
    ],
)
async def test_what_is_typed_ahead_is_text_however_fast_it_comes(
    console: Console, keys: tuple[str, ...], text: str
) -> None:
    """Over a slow line many keys come at once; none of them may act on a runner."""
    for key in keys:
        console.app.post_message(Key(key, key_to_character(key)))
    for _ in range(5):
        await console.pilot.pause(0.01)
    field = console.app.focused
    assert isinstance(field, Input)
    assert field.value == text
    assert isinstance(console.app.screen, RunnersScreen)
    assert console.cable.commands == []


async def test_an_empty_line_and_escape_leave_all_as_it_was(console: Console) -> None:
    for key in ("enter", "escape"):
        await console.press("colon", key)
        assert not console.app.screen.query(CommandLine)
        assert console.app.focused is console.table


async def test_tab_goes_round_the_ways_on_and_back(console: Console) -> None:
    await console.press("colon", "r", "e")
    assert "releases  refresh  restart  resume" in console.text
    await console.press("tab")
    assert typed(console) == "releases"
    await console.press("tab")
    assert typed(console) == "refresh"
    await console.press("shift+tab")
    assert typed(console) == "releases"
    await console.press("shift+tab")
    assert typed(console) == "resume"


async def test_tab_with_one_way_takes_it_and_goes_on_with_its_argument(console: Console) -> None:
    await console.press("colon", "s", "o", "tab")
    assert typed(console) == "sort "
    await console.press("v", "tab")
    assert typed(console) == "sort version"


async def test_right_takes_what_is_suggested(console: Console) -> None:
    await console.press("colon", "a", "c", "t")
    await console.pilot.pause(0.02)
    await console.press("right")
    assert typed(console) == "activity"


async def test_up_and_down_go_through_what_was_typed_and_keep_the_draft(
    console: Console,
) -> None:
    for text in ("sort name", "wide", "sort name"):
        await say(console, text)
    await console.press("colon", "x", "up")
    assert typed(console) == "sort name"
    await console.press("up", "up", "up")
    assert typed(console) == "wide"
    await console.press("down", "down")
    assert typed(console) == "x"


async def test_what_was_typed_is_there_the_next_time_and_slips_are_not(
    open_console: Open, tmp_path: Path
) -> None:
    files = UserFiles(tmp_path / "config.toml", tmp_path / "state")
    async with open_console(files=files) as console:
        await say(console, "sort name")
        await say(console, "nonsense")
        await console.app.workers.wait_for_complete()
    async with open_console(files=files) as console:
        await console.press("colon", "up", "up")
        assert typed(console) == "sort name"


async def test_save_writes_what_matches_in_its_order_and_does_not_overwrite(
    console: Console, tmp_path: Path
) -> None:
    path = tmp_path / "fleet.json"
    await say(console, "runners status:paused")
    await console.press("N", "N", "ctrl+s")
    assert typed(console) == "save runners.csv"
    console.app.screen.query_one(CommandLine).query_one(Input).value = f"save {path}"
    await console.press("enter")
    await finished(console)
    assert "Saved 2 runners to" in console.text
    names = [record["name"] for record in json.loads(path.read_text())]
    assert names == ["prod-us-fargate", "old-aci"] == console.names
    await give(console, f"save {path}")
    assert "exists already" in " ".join(console.text.split())
    assert ":save!" in console.text
    await give(console, "runners")
    await give(console, f"save! {path}")
    assert len(json.loads(path.read_text())) == 24


async def test_save_writes_csv_and_refuses_other_kinds(console: Console, tmp_path: Path) -> None:
    await give(console, f"save {tmp_path}/fleet.csv")
    assert (tmp_path / "fleet.csv").read_text().startswith("id,name,")
    await give(console, f"save {tmp_path}/fleet.xls")
    assert "ends in none of .csv, .json, .yaml." in " ".join(console.text.split())
    assert typed(console).endswith("fleet.xls")


async def test_in_a_read_only_session_actions_are_no_commands(open_console: Open) -> None:
    async with open_console(read_only=True) as console:
        await console.press("colon", "r", "e")
        assert "releases  refresh" in console.text
        assert "refresh  restart" not in console.text
        await console.type("start")
        await console.press("enter")
        assert "This session is read-only: there are no actions." in console.text


async def give(console: Console, text: str) -> None:
    """A command without typing it letter by letter."""
    await console.press("colon")
    console.app.screen.query_one(CommandLine).query_one(Input).value = text
    await console.press("enter")
    await finished(console)


async def finished(console: Console) -> None:
    await console.app.workers.wait_for_complete()
    await console.pilot.pause()
