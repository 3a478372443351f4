"""One runner as JSON, as `maia-console show --output json` writes it."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from console.view.record_text import record_text
from tui.bindings import JSON, SCROLLING, bindings
from tui.screens.frame import draw_age, draw_frame, framed
from tui.theme import palette_named
from tui.widgets.pen import Pen
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.desk import Desk


class RecordScreen(Screen[None]):
    TITLE = "JSON"
    key_groups = (JSON, SCROLLING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(JSON)]

    def __init__(self, desk: "Desk", runner_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._runner_id = runner_id
        self._text = ""
        self.title = desk.crumb_of(runner_id, "JSON")

    @property
    def home(self) -> Reader:
        return self.query_one(Reader)

    def compose(self) -> ComposeResult:
        yield from framed(self._desk, Reader(), ("json.back", "back"), ("json.copy", "copy"))

    def on_mount(self) -> None:
        self.home.focus()
        self.show()

    def show(self) -> None:
        """Draws the newest of it."""
        store = self._desk.session.store
        text = record_text(store.snapshot, self._runner_id, store.now)
        if text != self._text:
            self._text = text
            pen = Pen(palette_named(self.app.theme), self._desk.ascii_only)
            self.home.show([pen.text(text)])
        draw_frame(self, self._desk)

    def tick(self) -> None:
        draw_age(self, self._desk)

    def action_copy(self) -> None:
        from tui.commands import copy_text

        copy_text(self._desk, "JSON", self._text)
