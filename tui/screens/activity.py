"""What was done to the fleet: what is under way on top, then day by day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from console.fleet.snapshot import Operation
from console.journal.history import History
from console.view.activity import Activity, ActivityLine, activity_view
from console.view.tone import Tone
from tui.bindings import PAGE, SCROLLING, bindings
from tui.screens.frame import draw_age, draw_frame, framed
from tui.theme import palette_named
from tui.widgets.pen import Pen
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.desk import Desk

CLOCK_WIDTH = 10


class ActivityScreen(Screen[None]):
    TITLE = "Activity"
    key_groups = (PAGE, SCROLLING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAGE)]

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._desk = desk
        self._recorded: History | None = None
        self._read_for: tuple[Operation, ...] | None = None
        self._activity: Activity | None = None

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
        """Draws the newest of it, and has the record read again once something else was done."""
        session, store = self._desk.session, self._desk.session.store
        operations = store.snapshot.operations
        if operations != self._read_for:
            self._read_for = operations
            self._read()
        activity = activity_view(store.snapshot, self._recorded, store.now, session.zone)
        if activity != self._activity:
            self._activity = activity
            pen = Pen(palette_named(self.app.theme), self._desk.ascii_only)
            self.home.show(activity_text(activity, pen))
        draw_frame(self, self._desk)

    def tick(self) -> None:
        draw_age(self, self._desk)

    @work(exclusive=True)
    async def _read(self) -> None:
        journal = self._desk.session.journal
        if journal is not None:
            await journal.settled()
            self._recorded = await journal.activity()
            self.show()


def activity_text(activity: Activity, pen: Pen) -> Iterator[RenderableType]:
    if activity.running:
        yield pen.heading("Under way")
        yield _lines(activity.running, pen)
        yield ""
    for day in activity.days:
        yield pen.heading(day.title)
        yield _lines(day.lines, pen)
        yield ""
    if activity.note.text:
        yield pen.cell(activity.note)


def _lines(lines: tuple[ActivityLine, ...], pen: Pen) -> RenderableType:
    rows = []
    for line in lines:
        told = pen.text(line.name, bold=True).append("  ").append_text(pen.cell(line.cell))
        rows.append((pen.text(line.clock, Tone.MUTED), told))
    return pen.rows(rows, width=CLOCK_WIDTH)
