"""What was done to the fleet: what is under way on top, then day by day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from console.fleet.snapshot import Operation
from console.journal.history import History
from console.view.activity import EVERYTHING, Activity, ActivityLine, activity_view
from console.view.activity_grammar import ACTIONS_DONE, EXAMPLE, TypedFilter
from console.view.query import Typing
from console.view.tone import Tone
from tui.bindings import ACTIVITY, SCROLLING, bindings
from tui.screens.frame import draw_age, draw_frame, framed
from tui.theme import palette_named
from tui.widgets.filter_bar import FilterBar
from tui.widgets.pen import Pen
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.desk import Desk

CLOCK_WIDTH = 10


class ActivityScreen(Screen[None]):
    DEFAULT_CSS = "ActivityScreen #filtered { height: 1fr; }"
    TITLE = "Activity"
    key_groups = (ACTIVITY, SCROLLING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIVITY)]

    def __init__(self, desk: "Desk", filter_text: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._wanted = Typing(subject=ACTIONS_DONE).typed(filter_text)
        self._recorded: History | None = None
        self._read_for: tuple[Operation, ...] | None = None
        self._activity: Activity | None = None

    @property
    def home(self) -> Reader:
        return self.query_one(Reader)

    def compose(self) -> ComposeResult:
        bar = FilterBar(subject=ACTIONS_DONE, example=EXAMPLE)
        body = Vertical(bar, Reader(), id="filtered")
        keys = (("activity.back", "back"), ("console.command", "command"))
        yield from framed(self._desk, body, *keys, ("activity.filter", "filter"))

    def on_mount(self) -> None:
        self.home.focus()
        if self._wanted.text:
            self.query_one(FilterBar).say(self._wanted.text)
        self.show()

    def show(self) -> None:
        """Draws the newest of it, and has the record read again once something else was done."""
        session, store = self._desk.session, self._desk.session.store
        operations = store.snapshot.operations
        if operations != self._read_for:
            self._read_for = operations
            self._read()
        typed = self._wanted.filter
        wanted = TypedFilter(typed) if typed.text else EVERYTHING
        activity = activity_view(store.snapshot, self._recorded, store.now, session.zone, wanted)
        if activity != self._activity:
            self._activity = activity
            pen = Pen(palette_named(self.app.theme), self._desk.ascii_only)
            self.home.show(activity_text(activity, pen))
            self.query_one(FilterBar).show_count(activity.caption)
        draw_frame(self, self._desk)

    def tick(self) -> None:
        draw_age(self, self._desk)

    def on_filter_bar_changed(self, event: FilterBar.Changed) -> None:
        self._wanted = event.typing
        self.show()

    def on_filter_bar_closed(self, event: FilterBar.Closed) -> None:
        self._desk.remember("activity", event.text)
        self.home.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What begins a text is a letter where one is typed already."""
        return action != "filter" or self._desk.takes_commands

    def action_filter(self) -> None:
        self.query_one(FilterBar).open(self._desk.recall("activity"))

    def action_back(self) -> None:
        """One step: what was said, out of the filter, the filter itself, the screen."""
        bar = self.query_one(FilterBar)
        if self._desk.unsay():
            return
        if self.focused is not self.home:
            self.home.focus()
        elif bar.has_class("-open"):
            bar.clear()
        else:
            self._desk.back()

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
        told = pen.joined(pen.text(line.name, bold=True), pen.cell(line.cell))
        rows.append((pen.text(line.clock, Tone.MUTED), told))
    return pen.rows(rows, width=CLOCK_WIDTH)
