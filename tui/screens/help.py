"""Help: the keys in force where it was asked for, the commands, the filter and the symbols."""

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from console.view.commands import command_words
from console.view.fields import FIELDS
from console.view.tone import Palette, Tone
from console.view.version_words import SUPPORT
from console.view.words import OFFLINE, STATUS
from tui.bindings import KeyGroup
from tui.derived_keys import ACTING
from tui.keymap import Keymap
from tui.theme import palette_named

if TYPE_CHECKING:
    from tui.desk import Desk

KEY_WIDTH = 12
COMMAND_WIDTH = 29
READ_ONLY = "This session is read-only: there are no actions.\n\n"

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
        palette = palette_named(self.app.theme)
        read_only = desk.session.is_read_only
        with VerticalScroll():
            text = help_text(palette, self._groups, desk.keymap, read_only=read_only)
            yield Static(text, markup=False)


def help_text(
    palette: Palette, groups: tuple[KeyGroup, ...], keymap: Keymap, *, read_only: bool
) -> Text:
    """The keys in force, group by group; then commands, filter and symbols."""
    text = Text()
    muted = Style(color=palette.tones[Tone.MUTED].text)
    if read_only:
        text.append(READ_ONLY, muted)
    for trouble in keymap.troubles:
        text.append(f"{trouble}\n\n", Style(color=palette.tones[Tone.WARNING].text))
    for group in groups:
        if not (read_only and group is ACTING):
            _append(text, palette, group.title, key_rows(group, keymap))
    commands = [(word.usage, word.explains) for word in command_words(read_only=read_only)]
    _append(text, palette, "Commands", commands, width=COMMAND_WIDTH)
    fields = [(field.name, field.explains) for field in FIELDS.values()]
    _append(text, palette, FILTER_TITLE, fields)
    cells = (*STATUS.values(), *OFFLINE.values(), *SUPPORT.values())
    _append(text, palette, "Symbols", [(cell.symbol, cell.text) for cell in cells])
    text.rstrip()
    return text


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


def _append(text: Text, palette: Palette, title: str, rows: Rows, width: int = KEY_WIDTH) -> None:
    text.append(f"{title}\n", Style(color=palette.tones[Tone.INFO].text, bold=True))
    for key, meaning in rows:
        text.append(f"  {key:<{width}}", Style(color=palette.accent, bold=True))
        text.append(f" {meaning}\n", Style(color=palette.tones[Tone.NEUTRAL].text))
    text.append("\n")
