"""What is seen where there is no account to open yet: connect one, look around, or leave."""

from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from console.view.first_run import CHOICES, CONNECT, DEMO, QUIT
from console.view.tone import Tone
from tui.bindings import FIRST_RUN, bindings
from tui.newcomer import Choice, Newcomer
from tui.screens.connect import ConnectScreen
from tui.theme import palette_named
from tui.widgets.choices import Choices
from tui.widgets.line import Line, Part
from tui.widgets.pen import Pen
from tui.widgets.top import PRODUCT

if TYPE_CHECKING:
    from tui.app import ConsoleApp


class FirstRunScreen(Screen[None]):
    DEFAULT_CSS = """
    FirstRunScreen { background: $background; }
    FirstRunScreen > Line { background: $surface; padding: 0 1; }
    FirstRunScreen VerticalScroll { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    FirstRunScreen Static { height: auto; max-width: 84; }
    FirstRunScreen Choices, FirstRunScreen Choices:focus { height: auto; max-width: 84;
        border: none; padding: 0; margin: 1 0; background: $background;
        background-tint: $background 0%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FIRST_RUN)]

    app: "ConsoleApp"

    def __init__(self, newcomer: Newcomer, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._newcomer = newcomer
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        yield Line(id="product")
        with VerticalScroll(can_focus=False):
            yield Static("", markup=False, id="title")
            yield Choices(ascii_only=self._ascii)
            yield Static("", markup=False, id="steps")
        yield Line(id="keys")

    def on_mount(self) -> None:
        told, pen = self._newcomer.told, Pen(palette_named(self.app.theme), self._ascii)
        self.query_one("#product", Line).show(Part(PRODUCT, bold=True))
        self.query_one("#title", Static).update(pen.text(told.title, bold=True))
        steps = [part for step in told.steps for part in (pen.text(step, Tone.MUTED), "")]
        self.query_one("#steps", Static).update(Group(*steps))
        options = self.query_one(Choices)
        options.fill(
            pen.joined(pen.text(each.key, Tone.INFO, bold=True), pen.text(each.label))
            for each in CHOICES
        )
        options.highlighted = 0
        options.focus()
        keys = (("Enter", "do it"), ("Up, Down", "choose"))
        self.query_one("#keys", Line).show(*_parts(keys))

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        chosen = {
            CONNECT.word: self.action_connect,
            DEMO.word: self.action_demo,
            QUIT.word: self.app.exit,
        }
        chosen[CHOICES[event.option_index].word]()

    def action_connect(self) -> None:
        self.app.push_screen(ConnectScreen(self._newcomer, ascii_only=self._ascii), self._connected)

    def action_demo(self) -> None:
        self.app.choose(Choice(wants_demo=True))

    def _connected(self, said: str | None) -> None:
        if said is not None:
            self.app.choose(Choice(wants_demo=False, said=said))


def _parts(keys: tuple[tuple[str, str], ...]) -> list[Part]:
    pairs = ((Part(key, Tone.INFO, bold=True, gap=2), Part(word)) for key, word in keys)
    return [part for pair in pairs for part in pair]
