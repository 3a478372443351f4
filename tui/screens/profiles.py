"""The profiles that there are, and which are open; enter opens the one under the cursor."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from console.view.profiles import ProfileLine, Profiles
from console.view.tone import Tone
from tui.bindings import PAGE, PROFILES, bindings
from tui.screens.frame import draw_age, draw_frame, framed
from tui.theme import palette_named
from tui.widgets.choices import Choices
from tui.widgets.pen import Pen

if TYPE_CHECKING:
    from tui.desk import Desk


class ProfilesScreen(Screen[None]):
    DEFAULT_CSS = """
    ProfilesScreen #profiles { height: 1fr; background: $surface; padding: 1 1 0 1; }
    ProfilesScreen OptionList, ProfilesScreen OptionList:focus { height: auto; max-height: 1fr;
        border: none; padding: 0; background: $surface; background-tint: $surface 0%; }
    ProfilesScreen #note { height: auto; margin-top: 1; padding: 0 1; }
    """
    TITLE = "Profiles"
    key_groups = (PROFILES, PAGE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAGE)]

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._desk = desk
        self._profiles: Profiles | None = None

    @property
    def home(self) -> Choices:
        return self.query_one(Choices)

    def compose(self) -> ComposeResult:
        body = Vertical(
            Choices(ascii_only=self._desk.ascii_only),
            Static("", markup=False, id="note"),
            id="profiles",
        )
        yield from framed(self._desk, body, ("page.back", "back"), ("console.command", "command"))

    def on_mount(self) -> None:
        changing = self._desk.changing
        if changing is not None:
            self._profiles = told = changing.sessions.profiles
            pen = Pen(palette_named(self.app.theme), self._desk.ascii_only)
            self.home.fill(_said(each, pen) for each in told.lines)
            opened = (place for place, each in enumerate(told.lines) if each.is_open)
            self.home.highlighted = next(opened, 0) if told.lines else None
            self.query_one("#note", Static).update(pen.cell(told.note))
        self.home.focus()
        self.show()

    def show(self) -> None:
        draw_frame(self, self._desk)

    def tick(self) -> None:
        draw_age(self, self._desk)

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        if self._profiles is not None:
            self._desk.change_profile(self._profiles.lines[event.option_index].key)


def _said(line: ProfileLine, pen: Pen) -> Text:
    mark = pen.text("*" if line.is_open else " ", Tone.INFO, bold=True)
    return pen.joined(mark, pen.joined(pen.text(line.name, bold=True), pen.cell(line.cell)), gap=1)
