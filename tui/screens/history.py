"""All that was recorded of one runner: what changed, and what was done to it, day by day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from console.view.history import HistoryView
from console.view.tone import Tone
from tui.bindings import HISTORY, SCROLLING, bindings
from tui.screens.frame import draw_age, draw_frame, framed
from tui.theme import palette_named
from tui.widgets.detail import history_text
from tui.widgets.pen import Pen
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.desk import Desk

NOTHING = "Nothing has been read of its history yet."


class HistoryScreen(Screen[None]):
    key_groups = (HISTORY, SCROLLING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HISTORY)]

    def __init__(self, desk: "Desk", runner_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._runner_id = runner_id
        self._history: HistoryView | None = None
        self.title = desk.crumb_of(runner_id, "History")

    @property
    def home(self) -> Reader:
        return self.query_one(Reader)

    @property
    def _pen(self) -> Pen:
        return Pen(palette_named(self.app.theme), self._desk.ascii_only)

    def compose(self) -> ComposeResult:
        yield from framed(self._desk, Reader(), ("history.back", "back"), ("history.copy", "copy"))

    def on_mount(self) -> None:
        self.home.focus()
        self.home.show([self._pen.text(NOTHING, Tone.MUTED)])
        self.show()

    def show(self) -> None:
        """Draws the newest of it."""
        session = self._desk.session
        session.look_up(self._runner_id)
        detail = session.detail(self._runner_id)
        history = detail.history if detail else None
        if history is not None and history != self._history:
            self._history = history
            self.home.show(_text(history, self._pen))
        draw_frame(self, self._desk)

    def tick(self) -> None:
        draw_age(self, self._desk)

    def action_copy(self) -> None:
        from tui.commands import copy_text

        days = self._history.days if self._history else ()
        lines = [f"{day.title} {line.clock} {line.cell.text}" for day in days for line in day.lines]
        copy_text(self._desk, "entry", "\n".join(lines))


def _text(history: HistoryView, pen: Pen) -> Iterator[RenderableType]:
    yield from history_text(history, pen, len(history.days))
    if history.days and history.note.tone is Tone.MUTED:
        yield ""
        yield pen.cell(history.note)
