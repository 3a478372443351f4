"""Every key of the help is pressed here, and does what the help says. A key without a row fails."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from console.view.columns import SORT_LETTERS
from tests.tui.conftest import Console, Open
from tui.bindings import (
    ACTIVITY,
    COMMANDING,
    DETAIL,
    EVERYWHERE,
    FILTERING,
    HISTORY,
    JSON,
    PAGE,
    PROFILES,
    RUNNERS,
    SCROLLING,
    TABLE,
    KeyGroup,
)
from tui.derived_keys import ACTING, SORTING, SORTING_ACCOUNTS, TOGETHER
from tui.screens.activity import ActivityScreen
from tui.screens.help import HelpScreen
from tui.screens.history import HistoryScreen
from tui.screens.plan import PlanScreen
from tui.screens.record import RecordScreen
from tui.screens.releases import ReleasesScreen
from tui.screens.runners import RunnersScreen
from tui.signals import NO_SHELL
from tui.widgets.command_line import CommandLine
from tui.widgets.reader import Reader

Look = Callable[[Console], object]


@dataclass(frozen=True)
class Drive:
    """Keys that lead to the place, and what must be so after the key, but not before."""

    is_so: Look
    before: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 34)


def on(screen: type) -> Look:
    return lambda console: isinstance(console.app.screen, screen)


def at(place: int) -> Look:
    return lambda console: console.table._cursor == place


def says(text: str) -> Look:
    return lambda console: text in " ".join(console.text.split())


def marked(count: int) -> Look:
    return lambda console: len(console.table.marks) == count


def listed(count: int) -> Look:
    return lambda console: len(console.names) == count


def copied(text: Callable[[Console], str]) -> Look:
    return lambda console: console.app.clipboard == text(console)


def typed(text: str) -> Look:
    def is_typed(console: Console) -> bool:
        fields = console.app.screen.query(Input)
        return any(field.has_focus and field.value == text for field in fields)

    return is_typed


def read_to(is_so: Callable[[float, float], bool]) -> Look:
    def is_there(console: Console) -> bool:
        reader = console.app.screen.query_one(Reader)
        return is_so(reader.scroll_target_y, reader.max_scroll_y)

    return is_there


def chosen(number: int) -> Look:
    return lambda console: console.app.screen.query_one(OptionList).highlighted == number


COUNTS = {"1": 24, "2": 16, "3": 2, "4": 4, "5": 2, "6": 1, "7": 3, "8": 7}
AT_JSON = ("y",)
AT_DETAIL = ("colon", *"show", "space", *"sales-aca", "enter")
AT_HISTORY = ("h",)
AT_ACTIVITY = ("l",)
AT_PROFILES = ("colon", *"profiles", "enter")
FILTERED = ("slash", "a", "enter", "escape", "slash", "b", "enter", "escape", "slash")
ORDERED = ("colon", *"wide", "enter", "colon", *"sort", "space", *"name", "enter", "colon")

CALLED = {
    "ctrl+r": "console.fleet.store.FleetStore.refresh_soon",
    "ctrl+l": "tui.app.ConsoleApp.action_redraw",
}
"""Keys that show nothing by themselves, and what they call."""

DRIVES: dict[tuple[str, str], Drive] = {
    **{(ACTING.title, key): Drive(on(PlanScreen), ("8", "ctrl+a")) for key in "urpta"},
    (RUNNERS.title, "slash"): Drive(typed("")),
    (RUNNERS.title, "exclamation_mark"): Drive(listed(7)),
    **{(RUNNERS.title, key): Drive(listed(count)) for key, count in COUNTS.items() if count != 24},
    (RUNNERS.title, "1"): Drive(listed(24), ("3",)),
    (RUNNERS.title, "s"): Drive(says("Runner ▲")),
    (RUNNERS.title, "ctrl+w"): Drive(says("columns 2-")),
    (RUNNERS.title, "h"): Drive(on(HistoryScreen)),
    (RUNNERS.title, "y"): Drive(on(RecordScreen)),
    (RUNNERS.title, "c"): Drive(copied(lambda console: "logistics-aci")),
    (RUNNERS.title, "ctrl+s"): Drive(typed("save runners.csv")),
    (RUNNERS.title, "ctrl+r"): Drive(
        lambda console: CALLED["ctrl+r"] in vars(console.session.store)
    ),
    (RUNNERS.title, "escape"): Drive(marked(0), ("space",)),
    (TABLE.title, "up"): Drive(at(1), ("down", "down")),
    (TABLE.title, "k"): Drive(at(1), ("down", "down")),
    (TABLE.title, "down"): Drive(at(1)),
    (TABLE.title, "j"): Drive(at(1)),
    (TABLE.title, "pageup"): Drive(at(0), ("pagedown",), (80, 24)),
    (TABLE.title, "pagedown"): Drive(at(17), (), (80, 24)),
    (TABLE.title, "home"): Drive(at(0), ("end",)),
    (TABLE.title, "g"): Drive(at(0), ("end",)),
    (TABLE.title, "end"): Drive(at(23)),
    (TABLE.title, "G"): Drive(at(23)),
    (TABLE.title, "left"): Drive(says("columns 2-"), ("ctrl+w", "right")),
    (TABLE.title, "right"): Drive(says("columns 3-"), ("ctrl+w",)),
    (TABLE.title, "enter"): Drive(says("Carriers and tracking")),
    (TABLE.title, "d"): Drive(says("Carriers and tracking")),
    (TABLE.title, "space"): Drive(marked(1)),
    (TABLE.title, "ctrl+@"): Drive(marked(4), ("space", "down", "down", "down")),
    (TABLE.title, "ctrl+space"): Drive(marked(4), ("space", "down", "down", "down")),
    (TABLE.title, "ctrl+a"): Drive(marked(24)),
    **{
        (SORTING.title, letter): Drive(
            lambda console, key=key: console.table.sort == (key, key == "attention")
        )
        for key, letter in SORT_LETTERS.items()
        if key != "account"
    },
    (EVERYWHERE.title, "colon"): Drive(lambda console: bool(console.app.screen.query(CommandLine))),
    (EVERYWHERE.title, "ctrl+p"): Drive(on(CommandPalette)),
    (EVERYWHERE.title, "question_mark"): Drive(on(HelpScreen)),
    (EVERYWHERE.title, "f1"): Drive(on(HelpScreen)),
    (EVERYWHERE.title, "v"): Drive(on(ReleasesScreen)),
    (EVERYWHERE.title, "l"): Drive(on(ActivityScreen)),
    (EVERYWHERE.title, "ctrl+l"): Drive(lambda console: CALLED["ctrl+l"] in vars(console.app)),
    (EVERYWHERE.title, "ctrl+z"): Drive(says(NO_SHELL)),
    (EVERYWHERE.title, "q"): Drive(lambda console: not console.app.is_running),
    (DETAIL.title, "escape"): Drive(on(RunnersScreen), AT_DETAIL),
    (DETAIL.title, "enter"): Drive(on(RunnersScreen), AT_DETAIL),
    (DETAIL.title, "d"): Drive(on(RunnersScreen), AT_DETAIL),
    (DETAIL.title, "h"): Drive(on(HistoryScreen), AT_DETAIL),
    (DETAIL.title, "y"): Drive(on(RecordScreen), AT_DETAIL),
    (DETAIL.title, "c"): Drive(copied(lambda console: "sales-aca"), AT_DETAIL),
    (PAGE.title, "escape"): Drive(on(RunnersScreen), ("v",)),
    (HISTORY.title, "escape"): Drive(on(RunnersScreen), AT_HISTORY),
    (HISTORY.title, "h"): Drive(on(RunnersScreen), AT_HISTORY),
    (HISTORY.title, "c"): Drive(says("There is no entry to copy."), AT_HISTORY),
    (JSON.title, "escape"): Drive(on(RunnersScreen), AT_JSON),
    (JSON.title, "y"): Drive(on(RunnersScreen), AT_JSON),
    (JSON.title, "c"): Drive(
        lambda console: '"name": "logistics-aci"' in console.app.clipboard, AT_JSON
    ),
    (PROFILES.title, "up"): Drive(chosen(0), (*AT_PROFILES, "down")),
    (PROFILES.title, "down"): Drive(chosen(1), AT_PROFILES),
    (PROFILES.title, "enter"): Drive(says("Now open: eu."), AT_PROFILES),
    (ACTIVITY.title, "slash"): Drive(typed(""), AT_ACTIVITY),
    (ACTIVITY.title, "escape"): Drive(on(RunnersScreen), AT_ACTIVITY),
    (SCROLLING.title, "up"): Drive(read_to(lambda y, end: y == 1), (*AT_JSON, "down", "down")),
    (SCROLLING.title, "down"): Drive(read_to(lambda y, end: y == 1), AT_JSON),
    (SCROLLING.title, "pageup"): Drive(read_to(lambda y, end: y < end), (*AT_JSON, "end")),
    (SCROLLING.title, "pagedown"): Drive(read_to(lambda y, end: y > 0), AT_JSON),
    (SCROLLING.title, "home"): Drive(read_to(lambda y, end: y == 0), (*AT_JSON, "down")),
    (SCROLLING.title, "end"): Drive(read_to(lambda y, end: y == end), AT_JSON),
    (FILTERING.title, "up"): Drive(typed("b"), FILTERED),
    (FILTERING.title, "down"): Drive(typed("b"), (*FILTERED, "up", "up")),
    (FILTERING.title, "right"): Drive(typed("status:"), ("slash", "s", "t", "a")),
    (FILTERING.title, "enter"): Drive(lambda console: console.table.has_focus, ("slash", "a")),
    (FILTERING.title, "escape"): Drive(lambda console: console.table.has_focus, ("slash", "a")),
    (COMMANDING.title, "tab"): Drive(typed("releases"), ("colon", "r", "e")),
    (COMMANDING.title, "shift+tab"): Drive(typed("resume"), ("colon", "r", "e")),
    (COMMANDING.title, "up"): Drive(typed("sort name"), ORDERED),
    (COMMANDING.title, "down"): Drive(typed("sort name"), (*ORDERED, "up", "up")),
    (COMMANDING.title, "escape"): Drive(lambda console: console.table.has_focus, ("colon", "a")),
    (COMMANDING.title, "right"): Drive(typed("activity"), ("colon", "a", "c", "t")),
    (COMMANDING.title, "enter"): Drive(on(ReleasesScreen), ("colon", *"releases")),
}
"""By the heading in the help and the key."""

IN_HELP = [
    (group.title, key)
    for group in dict.fromkeys(group for groups in TOGETHER for group in groups)
    for each in group.keys
    for key in each.keys.split(",")
    if group is not SORTING_ACCOUNTS
]


def test_every_key_of_the_help_is_pressed_in_a_test() -> None:
    assert set(IN_HELP) <= set(DRIVES)


@pytest.mark.parametrize(("title", "key"), IN_HELP, ids=lambda part: part.replace(" ", "-"))
async def test_a_key_does_what_the_help_says(
    open_console: Open, title: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.has_shell_behind", lambda: False)
    for name in CALLED.values():
        monkeypatch.setattr(name, lambda called, name=name: called.__dict__.update({name: True}))
    drive = DRIVES[title, key]
    height = 12 if title == SCROLLING.title else drive.size[1]
    async with open_console((drive.size[0], height)) as console:
        await console.press(*drive.before)
        await settled(console)
        assert not drive.is_so(console)
        await console.press(key)
        await settled(console)
        assert drive.is_so(console)


async def test_with_one_account_there_is_no_sorting_by_account(console: Console) -> None:
    before = console.table.sort
    await console.press(SORTING_ACCOUNTS.keys[0].keys)
    assert console.table.sort == before
    await console.press("question_mark")
    assert SORTING_ACCOUNTS.title not in console.text


def test_each_group_of_the_help_has_a_title_of_its_own() -> None:
    groups: set[KeyGroup] = {group for groups in TOGETHER for group in groups}
    assert len({group.title for group in groups}) == len(groups)


async def settled(console: Console) -> None:
    """Suggestions and copies are made beside the loop."""
    for _ in range(4):
        await console.pilot.pause(0.01)
