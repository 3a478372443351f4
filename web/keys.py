"""The keys of the pages, once: what is pressed, what it does, and the command that the
page's scripts are told. Those of the terminal, where a browser leaves them free."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.actions.catalogue import ACTIONS
from console.view.columns import SORT_LETTERS
from console.view.palette import Entry, Kind
from console.view.table import Column


@dataclass(frozen=True, slots=True)
class PageKey:
    """`keys` are the browser's names, "ctrl+" before those that take it. One without a `command` is
    the table's own, or that of a field."""

    keys: tuple[str, ...]
    does: str
    command: str = ""
    shown: str = ""

    @property
    def label(self) -> str:
        return self.shown or " ".join(self.keys)


@dataclass(frozen=True, slots=True)
class KeyGroup:
    title: str
    keys: tuple[PageKey, ...]


def _acting() -> tuple[PageKey, ...]:
    labels: dict[str, str] = {}
    for action in ACTIONS:
        so_far = labels.get(action.key)
        label = action.label[:1].lower() + action.label[1:]
        labels[action.key] = f"{so_far}, or {label}" if so_far else label
    return tuple(PageKey((key,), label, f"act:{key}") for key, label in labels.items())


MOVING = KeyGroup(
    "Move and select",
    (
        PageKey(("ArrowUp", "ArrowDown", "k", "j"), "one up, one down", shown="↑ ↓ k j"),
        PageKey(("PageUp", "PageDown"), "a page up, a page down", shown="PgUp PgDn"),
        PageKey(("Home", "End", "g", "G"), "the first, the last", shown="Home End g G"),
        PageKey(("Enter", "d"), "details", shown="Enter d"),
        PageKey((" ",), "select, or not", shown="space"),
        PageKey((" ",), "select up to here", shown="shift space, shift click"),
        PageKey(("ctrl+a",), "select all that match", shown="ctrl a"),
    ),
)

ACTING = KeyGroup("Act on the selected, else on the one under the cursor", _acting())

FILTER = PageKey(("/",), "filter", "filter")

SHOWING = KeyGroup(
    "What is shown",
    (
        FILTER,
        PageKey(("!",), "only problems; again: all", "preset:problems"),
        PageKey(tuple("1234567"), "only what this number counts", "preset", "1 … 7"),
        PageKey(("s",), "sort by the next column", "sort-next"),
        PageKey(("w",), "choose the columns", "columns"),
        PageKey(("h",), "the history of the runner", "history"),
        PageKey(("y",), "the runner as JSON", "json"),
        PageKey(("c",), "copy the name; again: the id, the version", "copy"),
        PageKey(("Escape",), "one step back", shown="Esc"),
    ),
)


def _sorting(columns: Iterable[Column]) -> KeyGroup:
    keys = (
        PageKey((letter,), f"by {column.title.lower()}", f"sort:{column.key}")
        for column in columns
        if (letter := SORT_LETTERS.get(column.key))
    )
    return KeyGroup("Sort, and again to reverse", tuple(keys))


EVERYWHERE = KeyGroup(
    "Everywhere",
    (
        PageKey(("ctrl+k", ":"), "find a runner, a page, anything to do", "palette", "ctrl k  :"),
        PageKey(("v",), "the calendar of releases", "go:releases"),
        PageKey(("l",), "the log of what was done", "go:activity"),
        PageKey(("?",), "this help", "help"),
    ),
)


def key_groups(*, can_act: bool, columns: Iterable[Column]) -> tuple[KeyGroup, ...]:
    """In the order of the help; those that act only for whom there is something to do."""
    groups = (MOVING, ACTING, SHOWING, _sorting(columns), EVERYWHERE)
    return groups if can_act else tuple(each for each in groups if each is not ACTING)


def keys_anywhere(*, has_filter: bool) -> tuple[KeyGroup, ...]:
    """Those of the pages beside the runners; with the filter's where a page has one."""
    return (KeyGroup("What is shown", (FILTER,)), EVERYWHERE) if has_filter else (EVERYWHERE,)


THEME = Entry(Kind.COMMAND, "theme", "Change the theme", "Dark on light, or light on dark")

COMMANDS_ANYWHERE: tuple[Entry, ...] = (
    THEME,
    Entry(Kind.COMMAND, "print", "Print", "What is shown"),
    Entry(Kind.COMMAND, "help", "Help", "Keys and symbols", "?"),
)
"""What every page offers."""

COMMANDS: tuple[Entry, ...] = (
    Entry(Kind.COMMAND, "filter", "Filter", "Type what to show", "/"),
    Entry(Kind.COMMAND, "all", "Show all", "Without a filter"),
    Entry(Kind.COMMAND, "columns", "Columns", "Choose which are shown", "w"),
    Entry(Kind.COMMAND, "save-view", "Save this view", "Filter, order and columns under a name"),
    Entry(Kind.COMMAND, "link", "Copy a link to this view", "With what is selected and open"),
    Entry(Kind.COMMAND, "density", "Change the density", "More rows, or more room"),
    THEME,
    Entry(Kind.COMMAND, "print", "Print", "All rows that match"),
    Entry(Kind.COMMAND, "help", "Help", "Keys, filter fields and symbols", "?"),
)
"""What the runners page itself offers, beside its keys."""
