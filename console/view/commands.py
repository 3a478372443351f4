"""The words of the terminal's command line: what can be typed after the colon, and what is wrong
with it. How it goes on is in `command_completions`, what it does is the front end's business;
actions are the catalogue's.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from console.actions.catalogue import ACTIONS
from console.errors import UsageError
from console.fleet.snapshot import Snapshot
from console.view.activity_grammar import ACTIONS_DONE
from console.view.columns import COLUMNS, COLUMNS_WITH_ACCOUNT
from console.view.filter import parse_filter
from console.view.names import runners_named
from console.view.query import not_columns
from console.view.table import Column
from console.view.text import folded, shown

COPIED = ("name", "id", "version")
"""What can be copied of a runner, in the order in which one key offers it."""

SAVED = ("csv", "json", "yaml")
"""In what formats a table can be saved."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command as it was asked for. `argument` is a filter, a runner's id, a column's key, an
    action's choice, a path, or "" for none; `is_forced` says that it ended with "!"."""

    name: str
    argument: str = ""
    descending: bool = False
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class CommandWord:
    """A command that there is. `takes` says how it goes on: "[FILTER]" for what may be left out,
    "" for nothing. `acts` says that it changes runners."""

    name: str
    takes: str
    explains: str
    others: tuple[str, ...] = ()
    acts: bool = False

    @property
    def usage(self) -> str:
        return f":{self.name} {self.takes}".rstrip()


def command_words(*, read_only: bool) -> tuple[CommandWord, ...]:
    """Every command, in the order of the help; those that act only where something can be done."""
    return tuple(word for word in COMMANDS if not (word.acts and read_only))


def word_named(typed: str) -> CommandWord | None:
    """The command of this name or of another name for it."""
    return _BY_NAME.get(_ALIASES.get(folded(typed), folded(typed)))


def choices_of(word: CommandWord) -> tuple[str, ...]:
    """The words of which it takes one; none where it takes something else."""
    return tuple(word.takes.split("|")) if "|" in word.takes else ()


def read_command(text: str, snapshot: Snapshot, *, read_only: bool = False) -> Command | None:
    """The command, None for an empty line. Raises UsageError with one sentence for all else."""
    typed, _, argument = text.strip().removeprefix(":").strip().partition(" ")
    if not typed:
        return None
    name = _ALIASES.get(folded(typed), folded(typed))
    is_forced = name.endswith("!")
    word = _BY_NAME.get(name.removesuffix("!"))
    if word is None or (is_forced and word.name not in FORCED):
        raise UsageError(_unknown(typed, read_only=read_only))
    if word.acts and read_only:
        raise UsageError("This session is read-only: there are no actions.")
    command = Command(word.name, argument.strip(), is_forced=is_forced)
    return _READ.get(word.takes, _nothing_more)(command, snapshot)


def command_reading(
    text: str, snapshot: Snapshot, *, read_only: bool = False
) -> tuple[Command | None, str]:
    """The command, and what is wrong with the text in one sentence; both empty for no command."""
    try:
        return read_command(text, snapshot, read_only=read_only), ""
    except UsageError as error:
        return None, shown(str(error), 400)


def _unknown(typed: str, *, read_only: bool) -> str:
    names = [word.name for word in command_words(read_only=read_only)]
    nearest = get_close_matches(folded(typed), [*names, *_ALIASES], n=1)
    if nearest:
        return f"“{shown(typed, 40)}” is not a command. Did you mean :{nearest[0]}?"
    return f"“{shown(typed, 40)}” is not a command. :help lists them."


def _filtered(command: Command, snapshot: Snapshot) -> Command:
    parse_filter(command.argument)
    return command


def _filtered_actions(command: Command, snapshot: Snapshot) -> Command:
    parse_filter(command.argument, ACTIONS_DONE)
    return command


def _of_runner(command: Command, snapshot: Snapshot) -> Command:
    if not command.argument:
        raise UsageError(f":{command.name} needs the name or the id of a runner.")
    return replace(command, argument=_runner_id(command, snapshot))


def _runner_id(command: Command, snapshot: Snapshot) -> str:
    try:
        return runners_named(snapshot, (command.argument.strip('"'),))[0].id
    except UsageError as error:
        raise UsageError(str(error).split(" Allowed:")[0].split(" See them")[0]) from None


def columns_of(snapshot: Snapshot) -> tuple[Column, ...]:
    """Those that the table has: the accounts' only where there are several."""
    return COLUMNS_WITH_ACCOUNT if snapshot.accounts else COLUMNS


def _by_column(command: Command, snapshot: Snapshot) -> Command:
    columns = columns_of(snapshot)
    keys = [column.key for column in columns]
    titles = {folded(column.title): column.key for column in columns}
    wanted = folded(command.argument.removeprefix("-"))
    key = titles.get(wanted, wanted)
    if key not in keys:
        said = not_columns([wanted]) if wanted else ":sort needs a column."
        nearest = get_close_matches(wanted, keys, n=1)
        hint = f"Did you mean {nearest[0]}?" if nearest else f"There are {', '.join(keys)}."
        raise UsageError(f"{said} {hint}")
    return replace(command, argument=key, descending=command.argument.startswith("-"))


def _chosen(command: Command, snapshot: Snapshot) -> Command:
    choices = choices_of(_BY_NAME[command.name])
    argument = folded(command.argument)
    if argument not in choices and (argument or command.name != "copy"):
        asked = " or ".join(choices)
        said = f"not {shown(command.argument, 40)}" if argument else "so say which"
        raise UsageError(f":{command.name} takes {asked}, {said}.")
    return replace(command, argument=argument)


def _with_path(command: Command, snapshot: Snapshot) -> Command:
    if not command.argument:
        raise UsageError(f":{command.name} needs a file, such as runners.csv or runners.json.")
    if saved_kind(command.argument) not in SAVED:
        raise UsageError(f"{command.argument} ends in none of .{', .'.join(SAVED)}.")
    return command


def saved_kind(path: str) -> str:
    """In what format a file of that name is written."""
    kind = path.rpartition(".")[2].lower()
    return "yaml" if kind == "yml" else kind


def _as_typed(command: Command, snapshot: Snapshot) -> Command:
    return command


def _nothing_more(command: Command, snapshot: Snapshot) -> Command:
    if command.argument and _BY_NAME[command.name].acts:
        raise UsageError(
            f":{command.name} acts on the marked runners, else on the one under the cursor;"
            " it takes no name."
        )
    if command.argument:
        raise UsageError(f":{command.name} stands alone, without {shown(command.argument, 40)}.")
    return command


FILTER, NAME, COLUMN, PATH, PROFILE = "[FILTER]", "NAME", "[-]COLUMN", "FILE", "[PROFILE]"
ACTIONS_FILTER = "[WHICH]"
FORCED = ("save", "quit")


def _action_words() -> tuple[CommandWord, ...]:
    words: dict[str, CommandWord] = {}
    for action in ACTIONS:
        takes = "|".join(a.choice for a in ACTIONS if a.command == action.command and a.choice)
        explains = "change the track" if action.command == "set-track" else action.explains
        explains = "switch automatic updates" if action.command == "auto-update" else explains
        word = CommandWord(action.command, takes, _lowered(explains), acts=True)
        words.setdefault(action.command, word)
    return tuple(words.values())


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


COMMANDS: tuple[CommandWord, ...] = (
    CommandWord("runners", FILTER, "the table, of those that match", ("runner", "agents")),
    CommandWord("show", NAME, "one runner in full", ("details",)),
    CommandWord("history", NAME, "what changed on one runner, and what was done"),
    CommandWord("json", NAME, "one runner as JSON", ("raw",)),
    CommandWord("releases", "", "the calendar of releases", ("calendar",)),
    CommandWord(
        "activity", ACTIONS_FILTER, "what was done, what is under way first", ("log", "actions")
    ),
    CommandWord(
        "profiles", PROFILE, "the accounts; with a name: open it, or a,b or all", ("profile",)
    ),
    CommandWord("connection", "", "how the reading of the fleet goes", ("trouble", "status")),
    CommandWord("sort", COLUMN, "order the table by a column; with - the other way round"),
    CommandWord("wide", "", "all columns, or those that fit"),
    CommandWord("problems", "", "only what needs attention, or all"),
    CommandWord("copy", "|".join(COPIED), "copy it of the marked runners, or the current one"),
    CommandWord("save", PATH, "write the table to a .csv, .json or .yaml file", ("write", "w")),
    CommandWord("refresh", "", "read the fleet again now", ("read",)),
    *_action_words(),
    CommandWord("colours", "", "dark on light, or light on dark", ("colors", "theme")),
    CommandWord("help", "", "keys, commands, filter and symbols", ("h", "?")),
    CommandWord("quit", "", "leave the console", ("q", "exit", "q!")),
)
"""Every command of the command line, once."""

_BY_NAME = {word.name: word for word in COMMANDS}
_ALIASES = {other: word.name for word in COMMANDS for other in word.others}
_READ: dict[str, Callable[[Command, Snapshot], Command]] = {
    FILTER: _filtered,
    NAME: _of_runner,
    COLUMN: _by_column,
    PATH: _with_path,
    PROFILE: _as_typed,
    ACTIONS_FILTER: _filtered_actions,
    **{word.takes: _chosen for word in COMMANDS if "|" in word.takes},
}
