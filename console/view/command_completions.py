"""How a command of the command line can go on while it is typed."""

from collections.abc import Sequence

from console.fleet.snapshot import Snapshot
from console.settings import EVERY
from console.view.activity_grammar import ACTIONS_DONE
from console.view.commands import (
    ACTIONS_FILTER,
    COLUMN,
    FILTER,
    NAME,
    PROFILE,
    CommandWord,
    choices_of,
    columns_of,
    command_words,
    word_named,
)
from console.view.filter import completions
from console.view.text import folded, shown


def command_completions(
    text: str, snapshot: Snapshot, *, read_only: bool = False, profiles: Sequence[str] = ()
) -> tuple[str, ...]:
    """Whole lines to which this beginning can grow, the likeliest first. `profiles` are the names
    of those that there are to open."""
    begun = text.lstrip().removeprefix(":")
    typed, space, argument = begun.partition(" ")
    if not space:
        return tuple(
            f"{word.name} " if word.takes else word.name
            for word in command_words(read_only=read_only)
            if word.name.startswith(folded(typed))
        )
    word = word_named(typed)
    if word is None or (word.acts and read_only):
        return ()
    grown = _grown(word, argument, snapshot, profiles)
    return tuple(f"{typed} {each}" for each in grown)


def _grown(
    word: CommandWord, argument: str, snapshot: Snapshot, profiles: Sequence[str]
) -> tuple[str, ...]:
    if word.takes == FILTER:
        return completions(argument)
    if word.takes == ACTIONS_FILTER:
        return completions(argument, ACTIONS_DONE)
    if word.takes == PROFILE:
        return _grown_profiles(argument, profiles)
    if word.takes == NAME:
        names = sorted({shown(runner.name, 60) for runner in snapshot.runners}, key=folded)
    elif word.takes == COLUMN:
        minus = "-" * argument.startswith("-")
        names = [f"{minus}{column.key}" for column in columns_of(snapshot)]
    else:
        names = list(choices_of(word))
    return tuple(name for name in names if folded(name).startswith(folded(argument)))


def _grown_profiles(argument: str, profiles: Sequence[str]) -> tuple[str, ...]:
    """One of them, or one more after a comma; all of them, where there are several."""
    before, comma, begun = argument.rpartition(",")
    taken = {each.strip() for each in before.split(",")}
    names = [name for name in profiles if name not in taken]
    if not comma and len(profiles) > 1:
        names.append(EVERY)
    return tuple(
        f"{before}{comma}{shown(name, 60)}"
        for name in names
        if folded(name).startswith(folded(begun.strip()))
    )
