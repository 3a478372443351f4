"""The line of keys: what can be done to the runners in question, then the other keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from textual import events

from console.actions.catalogue import action_by_id
from console.view.detail import ActionLine
from console.view.tone import Tone
from tui.derived_keys import action_key_id
from tui.keymap import ALL, Keymap
from tui.widgets.hits import part_at
from tui.widgets.line import Line, Part, parts_width


@dataclass(frozen=True, slots=True)
class KeyItem:
    """A key with what it does; `key_id` is that of `bindings`."""

    key_id: str
    wording: str
    is_refused: bool = False


class ActionKeys(Line):
    """Shows actions by key and label, refused ones muted. Where the labels do not fit, the names
    of the commands stand for them, each key once; then some of the other keys go, and what is
    refused only after them, so that the actions keep their places from runner to runner; at last
    the names. A click on a key or its label does what the key does."""

    DEFAULT_CSS = "ActionKeys { background: $surface; padding: 0 1; }"

    def __init__(self, keymap: Keymap, *others: tuple[str, str], id: str | None = None) -> None:
        super().__init__(id=id)
        self._keymap = keymap
        self._others = [KeyItem(key_id, label) for key_id, label in others]
        self._actions: tuple[ActionLine, ...] = ()
        self._items: list[KeyItem] = []

    def show_actions(self, actions: Iterable[ActionLine]) -> None:
        self._actions = tuple(actions)
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    def on_click(self, event: events.Click) -> None:
        number = part_at(self.parts, event.get_content_offset_capture(self).x)
        if number is not None and not self._items[number // 2].is_refused:
            self.app.simulate_key(self._keymap.keys(ALL[self._items[number // 2].key_id])[0])

    def _fill(self) -> None:
        labels, commands = self._labels(), self._commands(self._actions)
        possible = self._commands(tuple(each for each in self._actions if not each.refusal))
        wordings = (
            [*labels, *self._others],
            [*commands, *self._others],
            [*commands, *self._others[-2:]],
            [*possible, *self._others[-2:]],
            [*possible, *self._others[-1:]],
            [*self._others[-2:], *(replace(each, wording="") for each in possible)],
        )
        fitting = (each for each in wordings if parts_width(self._parts(each)) <= self.size.width)
        self._items = next(fitting, wordings[-1])
        self.show(*self._parts(self._items))

    def _labels(self) -> list[KeyItem]:
        return [_item(each, each.label) for each in self._actions]

    def _commands(self, actions: tuple[ActionLine, ...]) -> list[KeyItem]:
        by_key = {each.key: each for each in reversed(actions)}
        by_key |= {each.key: each for each in reversed(actions) if not each.refusal}
        chosen = sorted(by_key.values(), key=actions.index)
        return [_item(each, _command(each, actions)) for each in chosen]

    def _parts(self, items: Sequence[KeyItem]) -> tuple[Part, ...]:
        return tuple(part for item in items for part in self._pair(item))

    def _pair(self, item: KeyItem) -> tuple[Part, Part]:
        key = self._keymap.first(item.key_id)
        if item.is_refused:
            return Part(key, Tone.MUTED, gap=2), Part(item.wording, Tone.MUTED)
        return Part(key, Tone.INFO, bold=True, gap=2), Part(item.wording)


def _command(action: ActionLine, among: Sequence[ActionLine]) -> str:
    """Its command; those of all choices under its key when there are several."""
    same = [action_by_id(each.action_id).command for each in among if each.key == action.key]
    return "/".join(dict.fromkeys(same))


def _item(action: ActionLine, wording: str) -> KeyItem:
    return KeyItem(action_key_id(action.key), wording, is_refused=bool(action.refusal))
