"""Acting from the terminal: what is asked first, what is sent, and what is shown of it."""

from dataclasses import replace

from textual.widgets import Input

from console.actions.action import Danger
from console.actions.restart import RESTART
from console.view.plan import plan_text
from tests.tui.conftest import Console, Open
from tui.derived_keys import ACTION_KEYS
from tui.screens.plan import PlanScreen


async def _on(console: Console, name: str) -> None:
    """Puts the cursor on a runner."""
    await console.press("home")
    await console.press(*["down"] * console.names.index(name))
    assert console.current == name


async def test_a_restart_shows_its_plan_and_sends_nothing_before_it_is_agreed_to(
    console: Console,
) -> None:
    await _on(console, "sales-aca")
    await console.press("r")
    assert "Restart: sales-aca" in console.text
    assert "It is expected to come back on" in console.text
    assert console.cable.commands == []
    await console.press("escape")
    assert console.cable.commands == []
    assert len(console.app.screen_stack) == 2


async def test_enter_agrees_and_the_runner_shows_what_is_being_done_to_it(
    console: Console,
) -> None:
    await _on(console, "sales-aca")
    await console.press("r", "enter")
    await _settle(console)
    assert len(console.cable.commands) == 1
    assert console.id_of("sales-aca") in console.cable.commands[0]
    assert "Restarting" in console.text
    assert "Restart: under way for 0 s" in console.text


async def test_y_agrees_too_and_n_does_not(console: Console) -> None:
    await _on(console, "sales-aca")
    await console.press("r", "n")
    assert console.cable.commands == []
    await console.press("r", "y")
    await _settle(console)
    assert len(console.cable.commands) == 1


async def test_an_action_goes_to_all_marked_runners_and_names_those_left_out(
    console: Console,
) -> None:
    for name in ("prod-eu-fargate", "saas-shared"):
        await _on(console, name)
        await console.press("space")
    await console.press("p")
    assert "Left out: 1" in console.text
    assert "It is hosted by Matillion" in console.text
    await console.press("enter")
    await _settle(console)
    assert len(console.cable.commands) == 1
    assert not console.table.marks


async def test_where_nothing_is_allowed_the_dialog_says_why_and_only_closes(
    console: Console,
) -> None:
    await _on(console, "saas-shared")
    await console.press("r")
    assert "It is hosted by Matillion" in console.text
    assert "Esc close" in console.text
    await console.press("enter")
    assert len(console.app.screen_stack) == 2
    assert console.cable.commands == []


async def test_what_cannot_be_done_is_muted_in_the_line_of_keys(console: Console) -> None:
    await _on(console, "prod-eu-fargate")
    assert "p Pause" in console.text
    await _on(console, "prod-us-fargate")
    assert "p Resume" in console.text


async def test_a_destructive_plan_wants_its_name_typed(console: Console) -> None:
    deadly = replace(RESTART, danger=Danger.DESTRUCTIVE)
    plan = console.session.plan(deadly, [console.id_of("sales-aca")])
    answers: list[bool | None] = []
    console.app.push_screen(PlanScreen(lambda: plan_text(plan)), answers.append)
    await console.pilot.pause()
    await console.press("enter")
    assert answers == []
    assert isinstance(console.app.focused, Input)
    await console.type("sales-aca")
    await console.press("enter")
    assert answers == [True]


async def test_the_keys_are_in_sight_however_long_the_plan(open_console: Open) -> None:
    async with open_console((80, 24)) as console:
        await console.press("ctrl+a", "r")
        assert "Esc cancel" in console.text
        assert "left out" in console.text
    async with open_console((60, 20)) as console:
        await console.press("ctrl+a", "t")
        assert "Esc cancel" in console.text


async def test_a_read_only_session_has_no_action_anywhere(open_console: Open) -> None:
    async with open_console(read_only=True) as console:
        assert "READ-ONLY" in console.text
        await console.press(*ACTION_KEYS)
        assert len(console.app.screen_stack) == 2
        assert "Restart" not in console.text
        await console.press("enter")
        assert "Restart" not in console.text
        await console.press("ctrl+p")
        await console.type("restart")
        await console.pilot.pause(0.1)
        assert "replace every instance" not in console.text


async def _settle(console: Console) -> None:
    """Lets the executor read, plan again and send."""
    for _ in range(10):
        await console.pilot.pause(0.01)
