"""What keys do can be done with the mouse: counts, titles, rows, line of keys, breadcrumbs."""

from textual.widget import Widget

from tests.tui.conftest import Console, Open
from tui.screens.connection import ConnectionScreen
from tui.screens.detail import DetailScreen
from tui.screens.help import HelpScreen
from tui.screens.plan import PlanScreen
from tui.screens.runners import RunnersScreen
from tui.widgets.command_line import CommandLine


async def click(console: Console, text: str, times: int = 1) -> None:
    """On the first place of the screen where this text stands."""
    for y, line in enumerate(console.text.splitlines()):
        if text in line:
            await console.pilot.click(offset=(line.index(text), y), times=times)
            await console.pilot.pause()
            return
    raise AssertionError(f"{text} is not on the screen")


async def test_a_count_filters_by_what_it_counts_and_again_shows_all(console: Console) -> None:
    await click(console, "2 out of support")
    assert len(console.names) == 2
    await click(console, "2 out of support")
    assert len(console.names) == 24
    await click(console, "7 to update")
    assert len(console.names) == 7


async def test_a_title_sorts_and_again_reverses(console: Console) -> None:
    await click(console, "Runner ")
    assert console.table.sort == ("name", False)
    await click(console, "Runner ")
    assert console.table.sort == ("name", True)
    await click(console, "Version")
    assert console.table.sort == ("version", False)


async def test_the_line_of_keys_is_pressed_as_the_keys_are(console: Console) -> None:
    await click(console, "Restart")
    assert isinstance(console.app.screen, PlanScreen)
    await console.press("escape")
    await click(console, "command")
    assert console.app.screen.query(CommandLine)
    await console.press("escape")
    await click(console, "? help")
    assert isinstance(console.app.screen, HelpScreen)


async def test_a_refused_action_is_not_pressed(console: Console) -> None:
    assert "u Update" in console.text
    await click(console, "u Update")
    assert isinstance(console.app.screen, RunnersScreen)


async def test_breadcrumbs_lead_back_to_where_they_say(open_console: Open) -> None:
    async with open_console((80, 24)) as console:
        await console.press("enter", "y")
        assert "Runners › logistics-aci › JSON" in console.text
        await click(console, "logistics-aci ›")
        assert isinstance(console.app.screen, DetailScreen)
        await console.press("h")
        assert "Runners › logistics-aci › History" in console.text
        await click(console, "Runners ›")
        assert isinstance(console.app.screen, RunnersScreen)


async def test_the_banner_leads_to_the_connection(open_console: Open) -> None:
    async with open_console((80, 24), is_cut=True) as console:
        await click(console, "cannot be reached")
        assert isinstance(console.app.screen, ConnectionScreen)
        await click(console, "back")
        assert isinstance(console.app.screen, RunnersScreen)


async def test_the_gutter_marks_and_a_double_click_opens(console: Console) -> None:
    table: Widget = console.table
    await console.pilot.click(table, offset=(1, 3))
    assert len(console.table.marks) == 1
    await console.pilot.double_click(table, offset=(8, 2))
    await console.pilot.pause()
    assert "Pinned image" in console.text
