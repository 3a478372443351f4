"""Names that try to be markup, control codes or another order of letters are drawn as text."""

import pytest
from textual.strip import Strip

from tests.tui.conftest import Console, Open
from tui.screens.plan import PlanScreen

RED = "␛[31mred␛[0m␛]0;owned␇"
MARKUP = "[bold red]x[/]"
DIRECTIONS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\ufeff")


def is_control(letter: str) -> bool:
    return ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 or letter in DIRECTIONS


def strips(console: Console) -> list[Strip]:
    return list(console.app.screen._compositor.render_strips())


def check(console: Console, width: int) -> None:
    for strip in strips(console):
        assert not [letter for letter in strip.text if is_control(letter)]
        assert strip.cell_length <= width


async def look_at(console: Console, text: str, *keys: str) -> None:
    """Filters by a piece of the name, and presses keys on what is found."""
    await console.press("slash", *text, "enter", *keys)


@pytest.mark.parametrize("size", [(200, 50), (80, 24)])
async def test_no_control_character_reaches_any_line(
    open_console: Open, size: tuple[int, int]
) -> None:
    """On the table, with the details of each, and in the dialog for all."""
    async with open_console(size, runners=0, hostile=True) as console:
        assert len(console.names) == 8
        for _ in console.names:
            await console.pilot.press("enter")
            check(console, size[0])
            await console.pilot.press("escape", "down")
        await console.press("ctrl+a", "r")
        assert isinstance(console.app.screen, PlanScreen)
        check(console, size[0])


async def test_markup_in_a_name_is_shown_and_not_obeyed(open_console: Open) -> None:
    async with open_console((160, 50), runners=0, hostile=True) as console:
        assert MARKUP in console.text
        await look_at(console, "bold", "enter")
        assert console.names == [MARKUP]
        assert "[@click=app.quit]q[/]" in console.text
        for strip in strips(console):
            for segment in strip:
                assert segment.style is None or not segment.style.link
                assert segment.style is None or "@click" not in segment.style.meta
        await console.press("r")
        assert f"Restart: {MARKUP}" in console.text


async def test_escape_sequences_in_a_name_are_visible_marks(open_console: Open) -> None:
    async with open_console((160, 50), runners=0, hostile=True) as console:
        assert RED in console.text
        await look_at(console, "owned", "p")
        assert f"Pause: {RED}" in console.text


async def test_the_end_of_an_action_on_a_hostile_name_is_told_as_text(open_console: Open) -> None:
    async with open_console((160, 50), runners=0, hostile=True) as console:
        await look_at(console, "owned", "p", "enter")
        for _ in range(5):
            await console.pilot.pause()
        assert "Pause: " in console.text
        assert not [letter for letter in console.text if is_control(letter) and letter != "\n"]
