"""How the reading of the fleet goes, and what to do when it does not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from console.view.connection import Connection, connection_view
from console.view.tone import Tone
from tui.bindings import PAGE, SCROLLING, bindings
from tui.screens.frame import draw_age, draw_frame, framed
from tui.theme import palette_named
from tui.widgets.pen import Pen
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.desk import Desk

LABEL_WIDTH = 12


class ConnectionScreen(Screen[None]):
    TITLE = "Connection"
    key_groups = (PAGE, SCROLLING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAGE)]

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._desk = desk
        self._connection: Connection | None = None

    @property
    def home(self) -> Reader:
        return self.query_one(Reader)

    def compose(self) -> ComposeResult:
        yield from framed(
            self._desk, Reader(), ("page.back", "back"), ("console.command", "command")
        )

    def on_mount(self) -> None:
        self.home.focus()
        self.show()

    def show(self) -> None:
        draw_frame(self, self._desk, tells_trouble=False)
        self._draw()

    def tick(self) -> None:
        draw_age(self, self._desk, tells_trouble=False)
        self._draw()

    def _draw(self) -> None:
        session, store = self._desk.session, self._desk.session.store
        trouble = session.history_problem
        connection = connection_view(store.snapshot, store.now, session.zone, trouble)
        if connection != self._connection:
            self._connection = connection
            pen = Pen(palette_named(self.app.theme), self._desk.ascii_only)
            self.home.show(connection_text(connection, pen))


def connection_text(connection: Connection, pen: Pen) -> Iterator[RenderableType]:
    yield pen.cell(connection.title)
    yield ""
    facts = [(pen.text(fact.label, Tone.MUTED), pen.cell(fact.cell)) for fact in connection.facts]
    yield pen.rows(facts, width=LABEL_WIDTH)
    if connection.steps:
        yield ""
        yield pen.heading("What to do")
        steps = enumerate(connection.steps, start=1)
        yield pen.rows([(pen.text(f"{n}."), pen.text(step)) for n, step in steps], width=2)
