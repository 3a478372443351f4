"""Help: the keys in force where it was asked for, the commands, the filter and the symbols."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from console.view.commands import command_words
from console.view.fields import FIELDS
from console.view.tone import Tone
from console.view.version_words import SUPPORT
from console.view.words import OFFLINE, STATUS
from tui.bindings import KeyGroup
from tui.derived_keys import ACTING
from tui.keymap import Keymap
from tui.theme import palette_named
from tui.widgets.pen import Pen

if TYPE_CHECKING:
    from tui.desk import Desk

KEY_WIDTH = 12
COMMAND_WIDTH = 28
INDENT = (0, 0, 0, 2)
READ_ONLY = "This session is read-only: there are no actions."

Rows = list[tuple[str, str]]


class HelpScreen(ModalScreen[None]):
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen VerticalScroll { width: 78; max-width: 96%; height: auto; max-height: 94%;
        background: $surface; border: round $border; padding: 1 2; scrollbar-size-vertical: 1; }
    HelpScreen Static { height: auto; }
    """
    TITLE = "Help"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "dismiss", show=False)
    ]

    def __init__(self, desk: "Desk", groups: tuple[KeyGroup, ...]) -> None:
        super().__init__()
        self._desk = desk
        self._groups = groups

    def compose(self) -> ComposeResult:
        desk = self._desk
        pen = Pen(palette_named(self.app.theme), desk.ascii_only)
        read_only = desk.session.is_read_only
        with VerticalScroll():
            text = help_text(pen, self._groups, desk.keymap, read_only=read_only)
            yield Static(Group(*text), markup=False)


def help_text(
    pen: Pen, groups: tuple[KeyGroup, ...], keymap: Keymap, *, read_only: bool
) -> Iterator[RenderableType]:
    """The keys in force, group by group; then commands, filter and symbols."""
    if read_only:
        yield pen.text(READ_ONLY, Tone.MUTED)
        yield ""
    for trouble in keymap.troubles:
        yield pen.text(trouble, Tone.WARNING)
        yield ""
    for group in groups:
        if not (read_only and group is ACTING):
            yield from _rows(pen, group.title, key_rows(group, keymap))
    commands = [(word.usage, word.explains) for word in command_words(read_only=read_only)]
    yield from _rows(pen, "Commands", commands, width=COMMAND_WIDTH)
    fields = [(field.name, field.explains) for field in FIELDS.values()]
    yield from _rows(pen, FILTER_TITLE, fields)
    yield pen.heading("Symbols")
    cells = (*STATUS.values(), *OFFLINE.values(), *SUPPORT.values())
    symbols = [pen.symbol(cell) for cell in cells]
    rows = [(symbol, pen.text(cell.text)) for symbol, cell in zip(symbols, cells, strict=True)]
    yield Padding(pen.rows(rows, width=KEY_WIDTH), INDENT)


FILTER_TITLE = "Filter fields, such as  status:running,paused -auto:on version<10.1290 name:prod*"


def key_rows(group: KeyGroup, keymap: Keymap) -> Rows:
    """Keys that do the same stand in one row: "1 to 8"."""
    same: dict[str, list[str]] = {}
    for key in group.keys:
        same.setdefault(key.does, []).append(keymap.words(key))
    return [
        (words[0] if len(words) == 1 else f"{words[0]} to {words[-1]}", does)
        for does, words in same.items()
    ]


def _rows(pen: Pen, title: str, rows: Rows, width: int = KEY_WIDTH) -> Iterator[RenderableType]:
    yield pen.heading(title)
    told = [(pen.text(key, Tone.INFO, bold=True), pen.text(meaning)) for key, meaning in rows]
    yield Padding(pen.rows(told, width=width), INDENT)
    yield ""
