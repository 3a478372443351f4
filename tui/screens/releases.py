"""The calendar of releases, on a screen of its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from console.view.releases import Calendar, LineCalendar, releases_view
from console.view.tone import Tone
from tui.bindings import PAGE, SCROLLING, bindings
from tui.screens.frame import draw_age, draw_frame, framed
from tui.theme import palette_named
from tui.widgets.pen import Pen
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.desk import Desk

VERSION_WIDTH = 24


class ReleasesScreen(Screen[None]):
    TITLE = "Releases"
    key_groups = (PAGE, SCROLLING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAGE)]

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._desk = desk
        self._calendar: Calendar | None = None

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
        """Draws the newest of it; what is the same as before is not written again."""
        session, store = self._desk.session, self._desk.session.store
        calendar = releases_view(store.snapshot, store.now, session.zone)
        if calendar != self._calendar:
            self._calendar = calendar
            pen = Pen(palette_named(self.app.theme), self._desk.ascii_only)
            self.home.show(calendar_text(calendar, pen))
        draw_frame(self, self._desk)

    def tick(self) -> None:
        """Draws what time alone changes."""
        draw_age(self, self._desk)


def calendar_text(calendar: Calendar, pen: Pen) -> Iterator[RenderableType]:
    """The whole calendar, for any width."""
    if calendar.outlook:
        yield pen.text(calendar.outlook, Tone.WARNING)
        yield ""
    for line in calendar.lines:
        yield pen.heading(line.title)
        yield pen.text(line.newest)
        if line.unsupported.text:
            yield pen.cell(line.unsupported)
        yield from _told(pen, line.elsewhere, line.cadence)
        yield from _coming(line, pen)
        yield from _out(line, pen)
        yield ""


def _coming(line: LineCalendar, pen: Pen) -> Iterator[RenderableType]:
    if line.coming:
        yield ""
    for each in line.coming:
        utc = f" ({each.utc})" if each.utc else ""
        yield pen.text(f"{each.date}{utc}", bold=True)
        told = [pen.cell(each.sure)]
        if each.carries:
            told.append(pen.text(each.carries))
        if each.effect:
            told.append(pen.text(each.effect, Tone.WARNING))
        yield from (Padding(text, (0, 0, 0, 2)) for text in told)


def _out(line: LineCalendar, pen: Pen) -> Iterator[RenderableType]:
    if line.out:
        yield ""
    rows = []
    for each in line.out:
        told = pen.text(f"{each.date:<16} {each.runs:<13}".rstrip(), Tone.MUTED)
        if each.in_window:
            told = told.append("  ").append_text(pen.cell(each.support))
        rows.append((pen.text(each.version), told))
    if rows:
        widest = max(len(each.version) for each in line.out)
        yield pen.rows(rows, width=min(widest, VERSION_WIDTH))
    yield from _told(pen, line.older)


def _told(pen: Pen, *sentences: str) -> Iterator[RenderableType]:
    for sentence in sentences:
        if sentence:
            yield pen.text(sentence, Tone.MUTED)
