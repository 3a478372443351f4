"""The table of words that a dialogue knows. Those that act come from the catalogue of actions."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial

from console.actions.catalogue import ACTIONS
from console.actions.plan import READ_ONLY
from console.cli.plain import acting, looking
from console.cli.plain.talk import Talk
from console.errors import UsageError
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
    lines = [f"{each.name} {each.takes}".strip() + f": {each.explains}." for each in words]
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


def _acting() -> Iterable[Word]:
    """A word for each command of the catalogue; one with choices takes the choice first."""
    for name in dict.fromkeys(action.command for action in ACTIONS):
        mine = [action for action in ACTIONS if action.command == name]
        choices = "|".join(action.choice for action in mine if action.choice)
        explains = "; ".join(dict.fromkeys(action.explains for action in mine))
        answer = partial(_act, name)
        yield Word(name, f"{choices} NAME …".strip(), explains, answer, acts=True, looks=True)


async def _act(command: str, talk: Talk, rest: str) -> Iterable[str]:
    return await acting.act(talk, command, rest)


_TABLE = (
    Word("runners", "[FILTER]", "List the runners that match", looking.runners, looks=True),
    Word("problems", "", "List those that need attention", looking.problems, looks=True),
    Word("counts", "", "How many are how", looking.counts, looks=True),
    Word("show", "NAME", "One runner in full", looking.show, looks=True),
    Word("history", "NAME", "What was seen of it and done to it", looking.history, looks=True),
    Word("releases", "", "What is out and expected", looking.releases, looks=True),
    Word("activity", "", "What was done, under way first", looking.activity, looks=True),
    Word("changes", "", "What was announced, again, newest first", looking.changes),
    Word("more", "", "Go on with a long answer", more),
    Word("sort", "COLUMN [reversed]", "List them in another order", looking.sort, looks=True),
    Word("wide", "[on|off]", "List them with all columns, or not", looking.wide, looks=True),
    Word("mark", "[NAME …|all]", "Mark for actions; all that are listed", acting.mark, acts=True),
    Word("unmark", "[NAME …]", "Take marks away", acting.unmark, acts=True),
    *_acting(),
    Word("refresh", "", "Read the fleet again now", looking.refresh, looks=True),
    Word("quiet", "[on|off]", "Tell changes only after Enter, or not", looking.quiet),
    Word("help", "", "These lines", helping),
    Word("quit", "", "Leave the console", looking.leave),
)

WORDS = {word.name: word for word in _TABLE}

ALIASES = {"next": "more", "q": "quit", "exit": "quit", "?": "help", "!": "problems"}

HINTS = (
    "A number lists what the count of that number counts.",
    "An action without a name is for the marked runners; a name with spaces stands in quotes.",
    "Enter alone tells what has changed.",
)
