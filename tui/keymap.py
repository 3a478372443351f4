"""The keys in force: those of `bindings`, changed by the user's keymap file where that makes sense.

What does not is a sentence each, and leaves the key as it was. Reading the file is not done here.
"""

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from textual.binding import Binding

from console.view.text import shown
from tui.bindings import Key
from tui.derived_keys import TOGETHER, action_key_id

ALL: Mapping[str, Key] = {
    key.id: key for groups in TOGETHER for group in groups for key in group.keys if key.id
}
"""Every key that can be changed, by id."""

NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "insert": "Ins",
    "delete": "Del",
    "backspace": "Backspace",
    "space": "space",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}
"""Keys with a name, and how they are shown."""

MODIFIERS = ("ctrl", "shift", "alt", "super")
CTRL_SPACE = "ctrl+@,ctrl+space"
"""Most terminals tell the first of the two, some the second."""

RESERVED = {"ctrl+c": "the terminal", "ctrl+q": "quitting"}


def _normal(key: str) -> str:
    """As Textual names it: "question_mark" for "?"."""
    return next(iter(Binding.make_bindings([Binding(key, "")]))).key


SIGNS = {_normal(sign): sign for sign in string.punctuation if sign != ","} | {"comma": ","}


@dataclass(frozen=True, slots=True)
class Keymap:
    """`changed` are the user's keys by id, as Textual writes them; `troubles` say what of the file
    could not be used."""

    changed: Mapping[str, str] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()

    def keys(self, key: Key) -> tuple[str, ...]:
        """The keys in force, as Textual names them."""
        return tuple(self.changed.get(key.id, key.keys).split(","))

    def words(self, key: Key) -> str:
        """All of them for a reader: "Up, k"."""
        return ", ".join(dict.fromkeys(key_words(each) for each in self.keys(key)))

    def first(self, key_id: str) -> str:
        """The first key of an id, for a reader."""
        return key_words(self.keys(ALL[key_id])[0])

    def of_action(self, key: str) -> str:
        """What stands for an action's key of the catalogue."""
        return self.first(action_key_id(key))


def key_words(key: str) -> str:
    """A key for a reader: "?", "Esc", "ctrl+space"."""
    *modifiers, name = key.split("+")
    name = {"@": "space"}.get(name, name) if modifiers == ["ctrl"] else name
    return "+".join([*modifiers, SIGNS.get(name) or NAMES.get(name, name)])


def keymap_from(table: Mapping[str, object], trouble: str = "") -> Keymap:
    """The keymap of a file's table; `trouble` is why it could not be read at all."""
    troubles = [trouble] * bool(trouble)
    changed: dict[str, str] = {}
    for key_id, value in _flat(table):
        keys, fault = _keys(key_id, value)
        if fault:
            troubles.append(fault)
        else:
            changed[key_id] = keys
    troubles += _without_clashes(changed)
    return Keymap(changed, tuple(troubles))


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Dotted ids, quoted or not: TOML makes tables of those that are not."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _keys(key_id: str, value: object) -> tuple[str, str]:
    """The keys as Textual writes them, or what is wrong."""
    said = shown(key_id, 60)
    if key_id not in ALL:
        return "", f"“{said}” is not an action{_near(key_id, ALL)}"
    wanted = value if isinstance(value, list) else [value]
    if not wanted or not all(isinstance(each, str) and each.strip() for each in wanted):
        return "", f"{said} needs a key in quotes, such as “{ALL[key_id].keys}”."
    names = [name.strip() for each in wanted for name in _apart(str(each))]
    normal = []
    for name in names:
        known = _known(name)
        if not known:
            return "", f"{said}: “{shown(name, 20)}” is not a key{_near(name, _vocabulary())}"
        if known in RESERVED:
            return "", f"{said}: {name} is kept for {RESERVED[known]}."
        normal.append(known)
    return ",".join(normal), ""


def _apart(text: str) -> list[str]:
    return [text] if text == "," else text.split(",")


def _known(name: str) -> str:
    """The key as Textual names it, "" for what is none."""
    if not name.strip():
        return ""
    *modifiers, key = name.split("+") if name != "+" else [name]
    if any(modifier not in MODIFIERS for modifier in modifiers):
        return ""
    is_letter = len(key) == 1 and key.isprintable()
    if not is_letter and key not in NAMES and key not in SIGNS:
        return ""
    if modifiers == ["shift"] and len(key) == 1 and key.isalpha():
        return key.upper()
    return CTRL_SPACE if name == "ctrl+space" else _normal(name if modifiers else key)


def _without_clashes(changed: dict[str, str]) -> Iterator[str]:
    """Takes out each change that would give a key two meanings, and says so."""
    while clash := next(_clashes(changed), None):
        ours, other, key = clash
        del changed[ours]
        kept = ", ".join(key_words(each) for each in ALL[ours].keys.split(","))
        yield (f"{ours}: {key_words(key)} already is {other}, so {ours} keeps {kept}.")


def _clashes(changed: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    keymap = Keymap(changed)
    for groups in TOGETHER:
        taken: dict[str, str] = {}
        for key in (key for group in groups for key in group.keys):
            for name in keymap.keys(key):
                other = taken.setdefault(name, key.id)
                if other != key.id and key.id in changed:
                    yield key.id, other or "fixed", name
                elif other != key.id and other in changed:
                    yield other, key.id or "fixed", name


def _near(word: str, among: Iterable[str]) -> str:
    nearest = get_close_matches(word.lower(), list(among), n=1)
    return f"; did you mean {nearest[0]}?" if nearest else "."


def _vocabulary() -> tuple[str, ...]:
    letters = string.ascii_lowercase
    return (*NAMES, *(f"ctrl+{letter}" for letter in letters), "ctrl+space")
