"""From one profile to others while the console runs."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from textual.widgets import Input

from tests.tui.conftest import Console, Open
from tests.tui.test_pages import go
from tui.screens.profiles import ProfilesScreen
from tui.screens.runners import RunnersScreen
from tui.widgets.command_line import CommandLine


async def settled(console: Console, text: str) -> None:
    async with asyncio.timeout(10):
        while text not in console.text:
            await console.pilot.pause(0.01)


async def test_another_profile_is_shown_with_the_filter_and_the_marks_go(console: Console) -> None:
    await console.press("slash")
    await console.type("status:running")
    await console.press("enter", "ctrl+a", "N")
    marked = len(console.table.marks)
    assert marked > 1
    await go(console, "profile us")
    await settled(console, "Now open: us.")
    assert f"{marked} marks are gone." in console.text
    assert not console.table.marks
    assert "Maia runners  us" in console.text
    assert console.table.sort == ("name", False)
    assert console.table.table.total == 3
    assert all("Running" in row.cells[1].text for row in console.table.table.rows)
    await console.press("escape", "escape")
    assert len(console.names) == 3


async def test_several_stand_side_by_side_and_one_alone_again(console: Console) -> None:
    await go(console, "profile eu,us")
    await settled(console, "Now open: eu, us.")
    assert console.table.table.total == 6
    assert "Account" in console.text
    await console.press("C")
    assert console.table.sort == ("account", False)
    await go(console, "profile eu")
    await settled(console, "Now open: eu.")
    assert console.table.sort == ("attention", False)
    assert "Account" not in console.text


async def test_one_that_cannot_be_reached_leaves_the_other_in_sight(open_console: Open) -> None:
    async with open_console(fails="us") as console:
        await go(console, "profile eu,us")
        await settled(console, "Now open: eu, us.")
        assert console.table.table.total == 3
        assert "us: The Maia API cannot be reached" in console.text
        await go(console, "profile us")
        await settled(console, "Now open: us.")
        assert "The Maia API cannot be reached" in console.text


async def test_what_cannot_be_opened_says_why_and_the_session_stays(console: Console) -> None:
    await console.press("space")
    await go(console, "profile mars")
    await settled(console, "“mars” is not an account of the demo.")
    assert len(console.names) == 24
    assert len(console.table.marks) == 1
    await go(console, "profile demo")
    await settled(console, "demo is open already.")


async def test_tab_completes_the_names(console: Console) -> None:
    await console.press("colon")
    await console.type("profile u")
    await console.press("tab")
    assert console.app.screen.query_one(CommandLine).query_one(Input).value == "profile us"


async def test_the_list_says_which_is_open_and_enter_opens_another(console: Console) -> None:
    await go(console, "profiles")
    assert isinstance(console.app.screen, ProfilesScreen)
    assert "made up; nothing is sent out" in console.text
    await console.press("down", "enter")
    await settled(console, "Now open: us.")
    assert isinstance(console.app.screen, RunnersScreen)
    await go(console, "profiles")
    assert "* us" in console.text


@dataclass
class Held:
    """The next session is held back until it is released."""

    console: Console
    release: Callable[[], None]


@pytest.fixture
async def slow(console: Console, monkeypatch: pytest.MonkeyPatch) -> Held:
    changing = console.app.desk.changing if console.app.desk else None
    assert changing is not None
    held, change = asyncio.Event(), changing.sessions.change

    async def late(names: str) -> object:
        await held.wait()
        return await change(names)

    monkeypatch.setattr(changing.sessions, "change", late)
    return Held(console, held.set)


async def test_meanwhile_nothing_is_begun_that_would_be_lost(slow: Held) -> None:
    console = slow.console
    await go(console, "profile us")
    assert "Opening us …" in console.text
    await console.press("r")
    assert isinstance(console.app.screen, RunnersScreen)
    assert "Another profile is being opened." in console.text
    await go(console, "profile eu")
    assert "Another profile is being opened." in console.text
    assert console.cable.commands == []


async def test_nobody_who_types_is_interrupted(slow: Held) -> None:
    console = slow.console
    await go(console, "profile us")
    await console.press("slash", "p")
    slow.release()
    for _ in range(10):
        await console.pilot.pause(0.01)
    await console.type("rod")
    assert isinstance(console.app.focused, Input)
    assert console.app.focused.value == "prod"
    await console.press("enter")
    await settled(console, "Now open: us.")
    assert console.app.screen.query_one(Input).value == "prod"
