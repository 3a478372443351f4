"""The terminal's own cursor, which screen readers follow, stands on what has the focus."""

from tests.tui.conftest import Console, Open
from tests.tui.test_pages import go


def line(console: Console) -> str:
    """The line of the screen on which the cursor stands."""
    return console.text.splitlines()[console.app.cursor_position.y]


async def test_it_goes_with_the_row_when_moving_scrolling_sorting_and_reading(
    open_console: Open,
) -> None:
    async with open_console((80, 24)) as console:
        for keys in (("down",), ("end",), ("up",), ("home",), ("N",), ("slash", *"aca", "enter")):
            await console.press(*keys)
            assert console.current in line(console)
        await console.press("escape", "end")
        await console.read()
        assert console.current in line(console)
        await console.pilot.resize_terminal(100, 30)
        await console.pilot.pause()
        assert line(console).startswith("▌")


async def test_on_other_screens_it_stands_where_reading_begins(open_console: Open) -> None:
    async with open_console((80, 24)) as console:
        await console.press("r")
        await console.pilot.pause()
        assert (
            "Restart: logistics-aci" in console.text.splitlines()[console.app.cursor_position.y - 2]
        )
        await console.press("escape", "enter")
        assert "logistics-aci" in line(console)
        await console.press("escape", "v")
        assert console.app.cursor_position.y == 2
        await go(console, "profiles")
        assert "eu" in line(console)
        await console.press("down")
        assert "us" in line(console)
        await console.press("escape")
        assert console.current in line(console)


async def test_where_text_is_typed_it_stands_after_it(console: Console) -> None:
    await console.press("slash", "p", "r")
    assert "/ pr" in line(console)
