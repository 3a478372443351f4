"""What each command of the command line and of the palette does. Its words and its grammar are in
`console.view.commands`."""

import os
from collections.abc import Callable, Mapping
from io import StringIO
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from console.actions.catalogue import ACTIONS
from console.user_files import save_text
from console.view.clipboard import MOST, clipboard_doubt, copied_sentence, copied_text
from console.view.commands import Command, saved_kind
from console.view.records import fields_of, runner_records
from console.view.runners import runner_count
from console.view.tone import Tone
from tui.screens.activity import ActivityScreen
from tui.screens.detail import DetailScreen
from tui.screens.history import HistoryScreen
from tui.screens.record import RecordScreen
from tui.screens.runners import RunnersScreen
from tui.tmux import tmux_clipboard

if TYPE_CHECKING:
    from tui.desk import Desk

NOWHERE = "No runner is chosen on this screen. :runners leads to the table."


def carry_out(desk: "Desk", command: Command) -> None:
    """Does it, or says why not."""
    if any(action.command == command.name for action in ACTIONS):
        _act(desk, command)
    else:
        DONE[command.name](desk, command)


def copy(desk: "Desk", runner_ids: tuple[str, ...], what: str) -> None:
    """Name, id or version to the clipboard, as far as the terminal takes it."""
    text = copied_text(desk.session.store.snapshot, runner_ids, what)
    copy_text(desk, what, text)


def copy_text(desk: "Desk", what: str, text: str) -> None:
    if 0 < len(text) <= MOST:
        desk.app.copy_to_clipboard(text)
    desk.app.run_worker(_tell_copied(desk, desk.screen, what, text))


async def _tell_copied(desk: "Desk", where: Screen[Any], what: str, text: str) -> None:
    doubt = clipboard_doubt(os.environ, await tmux_clipboard(os.environ))
    desk.say(copied_sentence(what, text, doubt), where=where)


def _act(desk: "Desk", command: Command) -> None:
    targets = desk.targets
    if not targets:
        desk.say(NOWHERE, Tone.WARNING)
        return
    action = next(
        each for each in ACTIONS if (each.command, each.choice) == (command.name, command.argument)
    )
    desk.act(action, targets)


def _runners(desk: "Desk", command: Command) -> None:
    desk.back_to(0)
    _table(desk).filter_by(command.argument)


def _show(desk: "Desk", command: Command) -> None:
    desk.back_to(0)
    desk.open_screen(DetailScreen(desk, command.argument))


def _json(desk: "Desk", command: Command) -> None:
    desk.back_to(0)
    desk.open_screen(RecordScreen(desk, command.argument))


def _history(desk: "Desk", command: Command) -> None:
    desk.back_to(0)
    desk.open_screen(HistoryScreen(desk, command.argument))


def _sort(desk: "Desk", command: Command) -> None:
    desk.back_to(0)
    _table(desk).sort(command.argument, descending=command.descending)


def _copy(desk: "Desk", command: Command) -> None:
    if desk.targets:
        copy(desk, desk.targets, command.argument or "name")
    else:
        desk.say(NOWHERE, Tone.WARNING)


def _save(desk: "Desk", command: Command) -> None:
    desk.app.run_worker(_saved(desk, desk.screen, command))


async def _saved(desk: "Desk", where: Screen[Any], command: Command) -> None:
    from asyncio import to_thread

    from console.cli.formats import write_records

    store, name = desk.session.store, command.argument
    records = runner_records(store.snapshot, _table(desk).query_now, store.now)
    text = StringIO()
    write_records(records, saved_kind(name), text, fields_of(store.snapshot))
    trouble = await to_thread(save_text, name, text.getvalue(), may_replace=command.is_forced)
    if trouble:
        replaces = f" :save! {name} replaces it." if "exists already" in trouble else ""
        desk.say(f"Not saved: {trouble}{replaces}", Tone.WARNING, where=where)
    else:
        desk.say(
            f"Saved {runner_count(len(records), len(records))} to {name}.", Tone.GOOD, where=where
        )


def _page(name: str) -> "Doing":
    return lambda desk, command: desk.open_page(name)


def _profiles(desk: "Desk", command: Command) -> None:
    from tui.screens.profiles import ProfilesScreen

    if command.argument:
        desk.change_profile(command.argument)
    else:
        desk.back_to(0)
        desk.open_screen(ProfilesScreen(desk))


def _activity(desk: "Desk", command: Command) -> None:
    """Filtered, when a filter follows; without one it is opened, and closed again."""
    if not command.argument:
        desk.open_page("activity")
    else:
        desk.back_to(0)
        desk.open_screen(ActivityScreen(desk, command.argument))


def _table(desk: "Desk") -> RunnersScreen:
    """The screen of the table, which always lies at the bottom."""
    return next(each for each in desk.app.screen_stack if isinstance(each, RunnersScreen))


def _of_table(method: Callable[[RunnersScreen], None]) -> "Doing":
    def do(desk: "Desk", command: Command) -> None:
        desk.back_to(0)
        method(_table(desk))

    return do


def _of_app(action: str) -> "Doing":
    return lambda desk, command: desk.run_action(f"app.{action}")


Doing = Callable[["Desk", Command], None]

DONE: Mapping[str, Doing] = {
    "runners": _runners,
    "show": _show,
    "history": _history,
    "json": _json,
    "releases": _page("releases"),
    "activity": _activity,
    "profiles": _profiles,
    "connection": _page("connection"),
    "sort": _sort,
    "wide": _of_table(RunnersScreen.action_wide),
    "problems": _of_table(RunnersScreen.action_problems),
    "copy": _copy,
    "save": _save,
    "refresh": _of_table(RunnersScreen.action_refresh),
    "colours": _of_app("switch_colours"),
    "help": _of_app("help"),
    "quit": _of_app("quit"),
}
"""What is done for each command that is no action; tested to be all of them."""
