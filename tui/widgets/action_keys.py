"""The line of keys: what can be done to the runners in question, then the other keys."""

from collections.abc import Iterable, Sequence

from console.actions.catalogue import action_by_id
from console.view.detail import ActionLine
from console.view.tone import Tone
from tui.widgets.line import Line, Part, parts_width


class ActionKeys(Line):
    """Shows actions by key and label, refused ones muted. Where the labels do not fit, the names
    of the commands stand for them, each key once; then what is refused goes too."""

    DEFAULT_CSS = "ActionKeys { background: $surface; padding: 0 1; }"

    def __init__(self, *others: tuple[str, str], id: str | None = None) -> None:
        super().__init__(id=id)
        self._others = [part for key, label in others for part in _pair(key, label)]
        self._actions: tuple[ActionLine, ...] = ()

    def show_actions(self, actions: Iterable[ActionLine]) -> None:
        self._actions = tuple(actions)
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        labels, commands = self._labels(), self._commands(self._actions)
        possible = self._commands(tuple(each for each in self._actions if not each.refusal))
        wordings = (
            [*labels, *self._others],
            [*commands, *self._others],
            [*possible, *self._others[-2:]],
            [*self._others[-2:], *possible],
        )
        fitting = (each for each in wordings if parts_width(tuple(each)) <= self.size.width)
        self.show(*next(fitting, wordings[-1]))

    def _labels(self) -> list[Part]:
        return [part for each in self._actions for part in _action(each, each.label)]

    def _commands(self, actions: tuple[ActionLine, ...]) -> list[Part]:
        by_key = {each.key: each for each in reversed(actions)}
        by_key |= {each.key: each for each in reversed(actions) if not each.refusal}
        chosen = sorted(by_key.values(), key=actions.index)
        return [part for each in chosen for part in _action(each, _command(each, actions))]


def _command(action: ActionLine, among: Sequence[ActionLine]) -> str:
    """Its command; those of all choices under its key when there are several."""
    same = [action_by_id(each.action_id).command for each in among if each.key == action.key]
    return "/".join(dict.fromkeys(same))


def _action(action: ActionLine, wording: str) -> tuple[Part, Part]:
    return _pair(action.key, wording, is_refused=bool(action.refusal))


def _pair(key: str, wording: str, *, is_refused: bool = False) -> tuple[Part, Part]:
    if is_refused:
        return Part(key, Tone.MUTED, gap=2), Part(wording, Tone.MUTED)
    return Part(key, Tone.INFO, bold=True, gap=2), Part(wording)
