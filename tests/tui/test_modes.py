"""Themes, ASCII, sizes while it runs, and troubles of the API."""

import re

import pytest

from console.view.detail import action_lines
from console.view.version_words import SUPPORT
from console.view.words import OFFLINE, STATUS
from tests.tui.conftest import Console, Open
from tui.derived_keys import ACTION_KEYS
from tui.screens.plan import PlanScreen
from tui.theme import THEMES, palette_named

BEYOND_ASCII = {
    symbol
    for cell in (*STATUS.values(), *OFFLINE.values(), *SUPPORT.values())
    for symbol in cell.symbol
    if not symbol.isascii()
} | set("▌◆▲▼")


def colours(console: Console) -> set[str]:
    """Every colour in the lines of the table."""
    table = console.table
    strips = [table.render_line(y) for y in range(table.size.height)]
    styles = [segment.style for strip in strips for segment in strip]
    found = [colour for style in styles if style for colour in (style.color, style.bgcolor)]
    return {colour.name for colour in found if colour}


async def test_another_theme_paints_the_table_in_its_own_colours(console: Console) -> None:
    drawn = {}
    for theme in THEMES:
        console.app.theme = theme.name
        await console.pilot.pause()
        drawn[theme.name] = colours(console)
        palette = palette_named(theme.name)
        assert palette.background in drawn[theme.name]
        known = {palette.background, palette.selection}
        known |= {shade.text for shade in palette.tones.values()}
        known |= {shade.tint for shade in palette.tones.values()}
        assert drawn[theme.name] <= known
    assert len(set(map(frozenset, drawn.values()))) == len(THEMES)


async def test_a_foreign_theme_does_not_break_it(console: Console) -> None:
    console.app.theme = "textual-light"
    await console.press("down", "enter")
    assert "legacy-eks" in console.text


async def test_ascii_mode_draws_only_ascii_in_the_table(open_console: Open) -> None:
    async with open_console((160, 34), ascii_only=True) as console:
        await console.press("space", "s", "N")
        table = console.table
        drawn = "\n".join(table.render_line(y).text for y in range(table.size.height))
        assert "x Running, offline" in drawn
        assert drawn.isascii()


async def test_ascii_mode_has_no_symbol_beyond_ascii_on_any_screen(open_console: Open) -> None:
    async with open_console((160, 44), ascii_only=True) as console:
        for keys in (("down",), ("enter",), ("escape", "r"), ("escape", "3"), ("3",)):
            await console.press(*keys)
            assert not BEYOND_ASCII & set(console.text)


@pytest.mark.parametrize("keys", [(), ("enter",), ("r",), ("question_mark",), ("slash",)])
async def test_a_terminal_that_shrinks_and_grows_again_loses_nothing(
    console: Console, keys: tuple[str, ...]
) -> None:
    await console.press("end", *keys)
    for size in ((60, 20), (20, 5), (1, 1), (120, 34)):
        await console.pilot.resize_terminal(*size)
        await console.pilot.pause()
    await console.press("escape", "escape", "escape")
    assert console.app.is_running
    assert console.current == console.names[-1]
    assert console.current in console.text


async def test_an_address_that_is_not_allowed_is_told_with_what_to_do(open_console: Open) -> None:
    async with open_console((120, 34), scenario="denied") as console:
        assert "Maia does not allow this machine's address." in console.text
        assert "set ipv4_only" in " ".join(console.text.split())
        await console.press("down", "enter", *ACTION_KEYS)
        assert console.app.is_running


@pytest.mark.parametrize("key", ACTION_KEYS)
async def test_every_action_key_opens_the_plan_of_the_action_that_fits(
    console: Console, key: str
) -> None:
    """On a runner for which no action is safe enough to go without being asked."""
    await console.press("exclamation_mark", "ctrl+a")
    session = console.session
    wanted = session.fitting_action(key, console.table.marks)
    assert action_lines(tuple(console.table.marks), session.store.snapshot, session.store.now)
    await console.press(key)
    assert isinstance(console.app.screen, PlanScreen)
    assert re.search(rf"{wanted.label}: (\d of )?7 runners", console.text)
    assert console.cable.commands == []


async def test_a_pause_ends_as_done_once_the_runner_says_so(console: Console) -> None:
    await console.press("slash")
    await console.type("name:iot-gke")
    await console.press("enter", "p", "enter")
    for _ in range(5):
        await console.pilot.pause()
    await console.read()
    assert "Pausing" in console.text
    console.clock.move(seconds=20)
    await console.read()
    await console.pilot.pause()
    assert "Paused" in console.text
    assert "Pause: done after" in console.text
