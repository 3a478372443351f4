"""The keys of the main screen, and what each does to what is seen."""

from datetime import timedelta

import pytest

from console.view.overview import SLOWEST_LOOK
from tests.tui.conftest import Console, Open
from tui.app import CALM_TICK
from tui.screens.detail import DetailScreen
from tui.screens.help import HelpScreen


async def test_the_table_shows_every_runner_with_the_worst_first(console: Console) -> None:
    assert len(console.names) == 24
    assert console.names[0] == "logistics-aci"
    assert "24 runners" in console.text
    assert "7 of 24 runners need attention, 4 of them urgently." in console.text


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["down", "j"], 2),
        (["down", "down", "k"], 1),
        (["end"], 23),
        (["end", "home"], 0),
        (["up"], 0),
        (["pagedown", "pagedown", "pageup", "pageup"], 0),
        (["end", "up"], 22),
    ],
)
async def test_arrows_letters_and_pages_move_the_cursor(
    console: Console, keys: list[str], place: int
) -> None:
    await console.press(*keys)
    assert console.current == console.names[place]


async def test_slash_filters_while_it_is_typed_and_escape_takes_it_back(console: Console) -> None:
    await console.press("slash")
    await console.type("status:paused")
    assert console.names == ["old-aci", "prod-us-fargate"]
    assert "2 of 24 runners" in console.text
    await console.press("escape", "escape")
    assert len(console.names) == 24


async def test_a_wrong_filter_points_at_the_fault_and_the_good_part_stays_in_force(
    console: Console,
) -> None:
    await console.press("slash")
    await console.type("track:stable status:runing")
    lines = console.text.splitlines()
    typed = next(number for number, line in enumerate(lines) if "status:runing" in line)
    assert lines[typed + 1].index("^") == lines[typed].index("runing")
    assert "Did you mean running?" in console.text
    assert 0 < len(console.names) < 24


async def test_a_filter_without_a_match_says_so_and_how_to_get_out(console: Console) -> None:
    await console.press("slash")
    await console.type("nothing-like-it")
    assert "No runner matches" in console.text
    assert "Esc clears the filter." in console.text


async def test_an_exclamation_mark_shows_only_problems_and_again_all(console: Console) -> None:
    await console.press("exclamation_mark")
    assert len(console.names) == 7
    await console.press("exclamation_mark")
    assert len(console.names) == 24


@pytest.mark.parametrize(("key", "count"), [("2", 16), ("3", 2), ("4", 4), ("7", 3), ("8", 7)])
async def test_a_number_filters_by_the_count_beside_it(
    console: Console, key: str, count: int
) -> None:
    await console.press(key)
    assert len(console.names) == count
    await console.press(key)
    assert len(console.names) == 24


async def test_s_sorts_by_the_next_column_and_its_letter_reverses(console: Console) -> None:
    await console.press("s")
    assert console.names == sorted(console.names)
    assert "Runner ▲" in console.text
    await console.press("N")
    assert console.names == sorted(console.names, reverse=True)
    assert "Runner ▼" in console.text


async def test_space_marks_and_escape_unmarks(console: Console) -> None:
    await console.press("space", "down", "space")
    assert len(console.table.marks) == 2
    assert "2 marked of 24" in console.text
    await console.press("escape")
    assert not console.table.marks
    assert "marked" not in console.text


async def test_control_a_marks_only_what_matches(console: Console) -> None:
    await console.press("8", "ctrl+a")
    assert len(console.table.marks) == 7
    await console.press("ctrl+a")
    assert not console.table.marks


async def test_marks_survive_filtering_and_the_hidden_ones_are_told(console: Console) -> None:
    await console.press("3", "ctrl+a", "3", "7")
    assert "2 marked of 24 (1 not shown)" in console.text


async def test_a_mark_goes_with_its_runner(console: Console) -> None:
    await console.press("slash")
    await console.type("sandbox")
    await console.press("enter", "space")
    assert len(console.table.marks) == 1
    console.world.delete(console.id_of("sandbox"))
    await console.read()
    assert not console.table.marks


async def test_enter_opens_a_pane_when_wide_that_follows_the_cursor(console: Console) -> None:
    await console.press("enter")
    assert "Carriers and tracking" in console.text
    await console.press("down")
    assert "Pinned image, do not restart in office hours" in console.text
    await console.press("escape")
    assert "Pinned image" not in console.text


async def test_enter_opens_a_screen_when_narrow_and_escape_comes_back(open_console: Open) -> None:
    async with open_console((80, 24)) as console:
        await console.press("enter")
        assert isinstance(console.app.screen, DetailScreen)
        assert "Carriers and tracking" in console.text
        await console.press("escape")
        assert len(console.app.screen_stack) == 2


async def test_an_action_key_on_the_detail_screen_plans_for_that_runner(open_console: Open) -> None:
    async with open_console((80, 24)) as console:
        await console.press("enter", "r")
        assert "Restart: logistics-aci" in console.text


async def test_the_pane_closes_when_the_terminal_becomes_narrow(console: Console) -> None:
    await console.press("enter")
    await console.pilot.resize_terminal(90, 30)
    await console.pilot.pause()
    assert "Carriers and tracking" not in console.text


async def test_a_question_mark_explains_keys_grammar_and_symbols(open_console: Open) -> None:
    async with open_console((120, 160)) as console:
        await console.press("question_mark")
        assert isinstance(console.app.screen, HelpScreen)
        for word in ("Restart", "mark all that match", "support", "● ", "Out of support"):
            assert word in console.text
        await console.press("escape")
        assert len(console.app.screen_stack) == 2


async def test_control_r_asks_for_a_reading_now(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(console.session.store, "refresh_soon", lambda: asked.append(True))
    await console.press("ctrl+r")
    assert asked == [True]


async def test_q_quits(console: Console) -> None:
    await console.press("q")
    await console.pilot.pause()
    assert not console.app.is_running


async def test_the_palette_finds_every_action(console: Console) -> None:
    await console.press("ctrl+p")
    await console.type("restart")
    await console.pilot.pause(0.1)
    await console.press("enter")
    await console.pilot.pause()
    assert "Restart: logistics-aci" in console.text


async def test_the_palette_changes_between_dark_and_light(console: Console) -> None:
    dark = console.app.theme
    await console.press("ctrl+p")
    await console.type("light")
    await console.pilot.pause(0.1)
    await console.press("enter")
    await console.pilot.pause()
    assert console.app.theme != dark
    assert not console.app.current_theme.dark


async def test_a_click_selects_and_a_double_click_opens(console: Console) -> None:
    await console.pilot.click(console.table, offset=(10, 3))
    assert console.current == console.names[2]
    await console.pilot.double_click(console.table, offset=(10, 2))
    await console.pilot.pause()
    assert "Pinned image" in console.text


async def test_at_60_by_20_name_status_and_support_are_there(open_console: Open) -> None:
    async with open_console((60, 20)) as console:
        assert console.table.columns_shown == ("name", "status", "support")
        assert "customer-snowflake" in console.text
        assert "✕ Running, offline" in console.text
        assert "✕ Out of support" in console.text
        assert "? help" in console.text


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (8, 3), (200, 60)])
async def test_no_size_breaks_it(open_console: Open, size: tuple[int, int]) -> None:
    async with open_console(size) as console:
        await console.press("down", "space", "enter", "escape", "r", "escape", "question_mark")
        assert console.app.is_running


async def test_an_empty_account_says_what_comes_next(open_console: Open) -> None:
    async with open_console(scenario="empty") as console:
        assert "This account has no runners yet." in console.text


async def test_before_the_first_reading_nothing_is_counted(open_console: Open) -> None:
    async with open_console(is_read=False) as console:
        assert "Reading the fleet" in console.text
        assert "0 runners" not in console.text
        assert "nothing read yet" in console.text


async def test_an_api_that_never_answered_is_told_over_the_full_width(open_console: Open) -> None:
    async with open_console((80, 24), is_cut=True) as console:
        assert "The Maia API cannot be reached" in console.text
        assert "next try in" in console.text


async def test_a_far_terminal_is_told_a_bound_of_the_age_until_it_no_longer_holds(
    open_console: Open,
) -> None:
    async with open_console((80, 24), spares=True) as console:
        assert "under 15 s old" in console.text
        console.clock.move(seconds=10)
        await console.tick()
        assert "under 15 s old" in console.text
        console.clock.move(seconds=1)
        await console.tick()
        assert "under" not in console.text
        assert "11 s old" in console.text


def test_the_calm_mode_looks_at_the_age_as_often_as_its_bound_needs() -> None:
    assert timedelta(seconds=CALM_TICK) <= SLOWEST_LOOK


async def test_a_failed_poll_keeps_the_data_and_says_since_when(console: Console) -> None:
    console.cable.is_cut = True
    console.clock.move(seconds=30)
    await console.read()
    assert len(console.names) == 24
    assert "The Maia API cannot be reached" in console.text
    assert "30 s old" in console.text
    console.cable.is_cut = False
    await console.read()
    assert "cannot be reached" not in console.text


async def test_hostile_names_are_shown_as_text(open_console: Open) -> None:
    async with open_console((120, 60), hostile=True) as console:
        await console.press("s")
        hostile = set(console.names) - {runner.name for runner in console.world.runners()}
        assert hostile
        for strip in console.text.splitlines():
            assert "\x1b" not in strip
        for _ in range(len(console.names)):
            await console.press("down")
        await console.press("enter")
        assert console.app.is_running
