"""Help: the keys in force, the filter's grammar and the symbols, from where they are defined."""

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from console.view.fields import FIELDS
from console.view.tone import Palette, Tone
from console.view.version_words import SUPPORT
from console.view.words import OFFLINE, STATUS
from tui.bindings import ACTION_KEYS, HELP
from tui.theme import palette_named

KEY_WIDTH = 12


class HelpScreen(ModalScreen[None]):
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen VerticalScroll { width: 78; max-width: 96%; height: auto; max-height: 94%;
        background: $surface; border: round $border; padding: 1 2; scrollbar-size-vertical: 1; }
    HelpScreen Static { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter", "dismiss")]

    def __init__(self, *, read_only: bool) -> None:
        super().__init__()
        self._read_only = read_only

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            text = help_text(palette_named(self.app.theme), read_only=self._read_only)
            yield Static(text, markup=False)


def help_text(palette: Palette, *, read_only: bool) -> Text:
    text = Text()
    title = Style(color=palette.tones[Tone.INFO].text, bold=True)
    key_style = Style(color=palette.accent, bold=True)
    plain = Style(color=palette.tones[Tone.NEUTRAL].text)
    muted = Style(color=palette.tones[Tone.MUTED].text)

    def rows(name: str, pairs: list[tuple[str, str]]) -> None:
        text.append(f"{name}\n", title)
        for key, meaning in pairs:
            text.append(f"  {key:<{KEY_WIDTH}}", key_style)
            text.append(f" {meaning}\n", plain)
        text.append("\n")

    if read_only:
        text.append("This session is read-only: there are no actions.\n\n", muted)
    else:
        rows(
            "Act on the marked runners, else on the one under the cursor", list(ACTION_KEYS.items())
        )
    rows("Keys", list(HELP))
    rows(
        "Filter fields, such as  status:running,paused -auto:on version<10.1290 name:prod*",
        [(field.name, field.explains) for field in FIELDS.values()],
    )
    cells = (*STATUS.values(), *OFFLINE.values(), *SUPPORT.values())
    rows("Symbols", [(cell.symbol, cell.text) for cell in cells])
    text.rstrip()
    return text
