"""Keys, once: a stable id, the keys it has unless the user says otherwise, what it does.

Bindings, help and the keymap file are made from these. Those of actions and columns are in
`derived_keys`, because they come from the core, which the first picture does not wait for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Key:
    """`id` is what the keymap file names; "" for a key that stays as it is. `keys` are Textual's
    names, separated by commas; `action` is Textual's too, "" where the toolkit has it bound.
    `priority` is for a key after which text is typed: it is done before the next key is looked at,
    so that nothing of the text is taken for a key, however fast it comes."""

    id: str
    keys: str
    action: str
    does: str
    priority: bool = False


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys under one heading of the help."""

    title: str
    keys: tuple[Key, ...]


RUNNERS = KeyGroup(
    "Runners",
    (
        Key("runners.filter", "slash", "filter", "filter", priority=True),
        Key("runners.problems", "exclamation_mark", "problems", "only problems; again: all"),
        *(
            Key("", str(n), f"headline({n - 1})", "only what this number counts")
            for n in range(1, 9)
        ),
        Key("runners.sort", "s", "sort", "sort by the next column"),
        Key("runners.wide", "ctrl+w", "wide", "all columns; again: those that fit"),
        Key("runners.history", "h", "history", "the history of the runner"),
        Key("runners.json", "y", "json", "the runner as JSON"),
        Key("runners.copy", "c", "copy", "copy the name; again: the id, the version"),
        Key("runners.save", "ctrl+s", "save", "save the table to a file", priority=True),
        Key("runners.refresh", "ctrl+r", "refresh", "read again now"),
        Key("runners.back", "escape", "back", "one step back: filter, details, columns, marks"),
    ),
)

TABLE = KeyGroup(
    "Move and mark",
    (
        Key("table.up", "up,k", "move(-1)", "one up"),
        Key("table.down", "down,j", "move(1)", "one down"),
        Key("table.page-up", "pageup", "page(-1)", "a page up"),
        Key("table.page-down", "pagedown", "page(1)", "a page down"),
        Key("table.first", "home,g", "edge(-1)", "the first"),
        Key("table.last", "end,G", "edge(1)", "the last"),
        Key("table.left", "left", "columns(-1)", "earlier columns, with all columns shown"),
        Key("table.right", "right", "columns(1)", "further columns, with all columns shown"),
        Key("table.open", "enter,d", "open", "details"),
        Key("table.mark", "space", "mark", "mark, or unmark"),
        Key("table.mark-range", "ctrl+@,ctrl+space", "mark_range", "mark all from the last mark"),
        Key("table.mark-all", "ctrl+a", "mark_all", "mark all that match"),
    ),
)

EVERYWHERE = KeyGroup(
    "Everywhere",
    (
        Key("console.command", "colon", "app.command_line", "type a command", priority=True),
        Key("console.palette", "ctrl+p", "app.command_palette", "find a command", priority=True),
        Key("console.help", "question_mark,f1", "app.help", "help for where you are"),
        Key("console.releases", "v", "app.page('releases')", "the calendar of releases"),
        Key("console.activity", "l", "app.page('activity')", "the log of what was done"),
        Key("console.suspend", "ctrl+z", "app.suspend", "suspend; fg in the shell comes back"),
        Key("console.redraw", "ctrl+l", "app.redraw", "draw the screen anew"),
        Key("console.quit", "q", "app.leave", "quit; on another screen: back"),
    ),
)

DETAIL = KeyGroup(
    "This runner",
    (
        Key("detail.back", "escape,enter,d", "app.back", "back"),
        Key("detail.history", "h", "history", "all of its history"),
        Key("detail.json", "y", "json", "as JSON"),
        Key("detail.copy", "c", "copy", "copy the name; again: the id, the version"),
    ),
)

ACTIVITY = KeyGroup(
    "What was done",
    (
        Key("activity.filter", "slash", "filter", "filter", priority=True),
        Key("activity.back", "escape", "back", "no filter, and then back"),
    ),
)

PAGE = KeyGroup("This screen", (Key("page.back", "escape", "app.back", "back"),))

HISTORY = KeyGroup(
    "The history of this runner",
    (
        Key("history.back", "escape,h", "app.back", "back"),
        Key("history.copy", "c", "copy", "copy all of it"),
    ),
)

JSON = KeyGroup(
    "This runner as JSON",
    (
        Key("json.back", "escape,y", "app.back", "back"),
        Key("json.copy", "c", "copy", "copy all of it"),
    ),
)

PROFILES = KeyGroup(
    "Profiles",
    (
        Key("", "up", "", "one up"),
        Key("", "down", "", "one down"),
        Key("", "enter", "", "open it"),
    ),
)

FIRST_RUN = KeyGroup(
    "No account yet",
    (
        Key("", "c", "connect", "connect an account here"),
        Key("", "d", "demo", "look around in a made-up fleet"),
        Key("", "q", "app.quit", "quit"),
    ),
)
"""Told on their screen; they stay as they are, since nobody has a keymap before."""

CONNECTING = KeyGroup(
    "The form of an account",
    (
        Key("", "enter", "next", "the next field; from the last one to the API", priority=True),
        Key("", "down,tab", "field(1)", "the next field", priority=True),
        Key("", "up,shift+tab", "field(-1)", "the field before", priority=True),
        Key("", "escape", "back", "back", priority=True),
    ),
)
"""As well."""

SCROLLING = KeyGroup(
    "Read on",
    (
        Key("", "up", "", "a line up"),
        Key("", "down", "", "a line down"),
        Key("", "pageup", "", "a page up"),
        Key("", "pagedown", "", "a page down"),
        Key("", "home", "", "the beginning"),
        Key("", "end", "", "the end"),
    ),
)

FILTERING = KeyGroup(
    "The filter, while it is typed",
    (
        Key("filter.older", "up", "older", "an earlier filter"),
        Key("filter.newer", "down", "newer", "a later one"),
        Key("", "right", "", "take what is suggested"),
        Key("", "enter", "", "to the table"),
        Key("", "escape", "", "to the table; again: no filter"),
    ),
)

COMMANDING = KeyGroup(
    "The command line",
    (
        Key("command.complete", "tab", "complete(1)", "the next way to go on"),
        Key("command.complete-back", "shift+tab", "complete(-1)", "the one before"),
        Key("command.older", "up", "older", "an earlier command"),
        Key("command.newer", "down", "newer", "a later one"),
        Key("command.close", "escape", "close", "back, without doing it"),
        Key("", "right", "", "take what is suggested"),
        Key("", "enter", "", "do it"),
    ),
)


def bindings(*groups: KeyGroup) -> tuple[Binding, ...]:
    """For a screen or widget; the ids let the keymap change the keys."""
    return tuple(_bound(groups))


def _bound(groups: Iterable[KeyGroup]) -> Iterable[Binding]:
    for group in groups:
        for key in group.keys:
            if key.action:
                known_as = key.id or None
                yield Binding(
                    key.keys, key.action, key.does, show=False, priority=key.priority, id=known_as
                )
