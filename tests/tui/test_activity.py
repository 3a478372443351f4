"""What was done: filtered while it is typed, and told by account where several are open."""

from console.fleet.snapshot import Phase
from console.fleet.store import FleetStore
from console.journal.history import History
from tests.console.fleets import HEALTHY, operation_on
from tests.console.view.test_activity_filter import DEED, FAILED
from tests.tui.conftest import Console, Open
from tests.tui.test_pages import go
from tui.screens.activity import ActivityScreen
from tui.screens.runners import RunnersScreen


async def at(console: Console) -> ActivityScreen:
    """On the screen, with two actions recorded and one under way."""
    store = console.session.store
    assert isinstance(store, FleetStore)
    store.record(operation_on(HEALTHY, Phase.UNDER_WAY))
    await console.press("l")
    screen = console.app.screen
    assert isinstance(screen, ActivityScreen)
    screen._recorded = History(actions=(DEED, FAILED))
    screen.show()
    await console.pilot.pause()
    return screen


async def test_what_is_typed_after_a_slash_filters_at_once_with_a_count(console: Console) -> None:
    await at(console)
    await console.press("slash")
    assert "3 actions" in console.text
    await console.type("outcome:failed")
    assert "1 of 3 actions" in console.text
    assert "Under way" not in console.text
    assert "Sales" not in console.text
    await console.press("escape", "escape")
    assert "Sales" in console.text
    await console.press("escape")
    assert isinstance(console.app.screen, RunnersScreen)


async def test_a_slip_is_pointed_at_and_the_good_part_stays_in_force(console: Console) -> None:
    await at(console)
    await console.press("slash")
    await console.type("who:ada what:paus")
    lines = console.text.splitlines()
    place = next(number for number, line in enumerate(lines) if "what:paus" in line)
    assert lines[place + 1].index("^") == lines[place].index("paus")
    assert "Did you mean pause?" in " ".join(console.text.split())
    await console.press("right")
    assert "1 of 3 actions" in console.text


async def test_an_earlier_filter_is_found_again_and_a_command_can_bring_one(
    console: Console,
) -> None:
    await at(console)
    await console.press("slash")
    await console.type("who:bo")
    await console.press("enter", "escape", "slash", "up")
    assert "who:bo" in console.text
    await console.press("enter", "escape", "escape")
    await go(console, "activity outcome:running")
    assert "1 action" in console.text
    assert "Under way" in console.text


async def test_the_help_tells_how_it_is_filtered(open_console: Open) -> None:
    async with open_console((100, 44)) as console:
        await at(console)
        await console.press("question_mark")
        assert "What was done" in console.text
        assert "no filter, and then back" in console.text
