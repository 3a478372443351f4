"""The table of words that a dialogue knows. Those that the terminal's command line knows too have
their words from there, and those that act are the catalogue's."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial

from console.actions.plan import READ_ONLY
from console.cli.plain import acting, looking
from console.cli.plain.talk import Talk
from console.errors import UsageError
from console.view.commands import COMMANDS, CommandWord
from console.view.text import shown

Answer = Callable[[Talk, str], Awaitable[Iterable[str]]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, what it takes, and what its line in the help says. One that `acts` is not there in a
    read-only session; one that `looks` is told with what is wrong with the reading, if anything."""

    name: str
    takes: str
    explains: str
    answer: Answer
    acts: bool = False
    looks: bool = False


async def more(talk: Talk, rest: str) -> Iterable[str]:
    """The next page stands in for the rest of the old answer."""
    return talk.pages.next() or ("There is no more.",)


async def helping(talk: Talk, rest: str) -> Iterable[str]:
    words = [each for each in WORDS.values() if not (each.acts and talk.deeds is None)]
    lines = [f"{each.name} {each.takes}".strip() + f": {each.explains}" for each in words]
    return (*lines, *HINTS)


def word_for(text: str) -> tuple[Word, str]:
    """The word that a line begins with, and the rest of it. Raises UsageError for an unknown one,
    with the nearest."""
    if text.startswith("/"):
        return WORDS["runners"], text[1:].strip()
    first, _, rest = text.removeprefix(":").strip().partition(" ")
    first = first.lower()
    name = ALIASES.get(first, first)
    if name in WORDS:
        return WORDS[name], rest.strip()
    if name.isdecimal() and name.isascii() and len(name) < 3 and not rest:
        return Word(name, "", "", lambda talk, _: looking.counted(talk, int(name)), looks=True), ""
    nearest = get_close_matches(first, (*WORDS, *ALIASES), n=1)
    hint = f" Did you mean {nearest[0]}?" if nearest else ""
    raise UsageError(f"“{shown(first, 40)}” is not a command.{hint} Type help for all of them.")


def check(word: Word, talk: Talk) -> None:
    """Raises UsageError for a word that acts where nothing may."""
    if word.acts and talk.deeds is None:
        raise UsageError(READ_ONLY)


async def _act(command: str, talk: Talk, rest: str) -> Iterable[str]:
    return await acting.act(talk, command, rest)


def _shared(word: CommandWord) -> Word:
    """A word of the terminal's command line, told in lines."""
    if word.name in _LOOKING:
        return Word(word.name, word.takes, word.explains, _LOOKING[word.name], looks=True)
    takes = f"{word.takes} [NAME …]".strip()
    return Word(word.name, takes, word.explains, partial(_act, word.name), acts=True, looks=True)


_LOOKING: dict[str, Answer] = {
    "runners": looking.runners,
    "show": looking.show,
    "history": looking.history,
    "json": looking.json,
    "releases": looking.releases,
    "activity": looking.activity,
    "profiles": looking.profiles,
    "connection": looking.connection,
    "sort": looking.sort,
    "wide": looking.wide,
    "problems": looking.problems,
    "refresh": looking.refresh,
    "help": helping,
    "quit": looking.leave,
}

_SHARED = tuple(_shared(word) for word in COMMANDS if word.acts or word.name in _LOOKING)

_TABLE = (
    *(word for word in _SHARED if not word.acts and word.name not in ("help", "quit")),
    Word("counts", "", "how many are how", looking.counts, looks=True),
    Word("changes", "", "what was announced, again, the newest first", looking.changes),
    Word("more", "", "go on with a long answer", more),
    Word("mark", "[NAME …|all]", "mark for actions; all that are listed", acting.mark, acts=True),
    Word("unmark", "[NAME …]", "take marks away", acting.unmark, acts=True),
    *(word for word in _SHARED if word.acts),
    Word("quiet", "[on|off]", "tell changes only after Enter, or as they are seen", looking.quiet),
    *(word for word in _SHARED if word.name in ("help", "quit")),
)

WORDS = {word.name: word for word in _TABLE}

ALIASES = {
    **{other: word.name for word in COMMANDS for other in word.others if word.name in WORDS},
    "next": "more",
    "?": "help",
    "!": "problems",
}

HINTS = (
    "A number lists what the count of that number counts.",
    "An action without a name is for the marked runners; a name with spaces stands in quotes.",
    "Enter alone tells what has changed.",
)
