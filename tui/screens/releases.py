"""The calendar of releases, on a screen of its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from console.view.overview import data_age
from console.view.releases import Calendar, LineCalendar, releases_view
from console.view.tone import Tone
from tui.theme import palette_named
from tui.widgets.action_keys import ActionKeys
from tui.widgets.pen import Pen
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from console.session import Session

VERSION_WIDTH = 24


class ReleasesScreen(Screen[None]):
    DEFAULT_CSS = """
    ReleasesScreen VerticalScroll { height: 1fr; background: $surface; padding: 1 1 0 2;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    ReleasesScreen VerticalScroll Static { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,v", "dismiss", "Back")]

    def __init__(self, session: "Session", *, ascii_only: bool) -> None:
        super().__init__()
        self._session = session
        self._ascii = ascii_only
        self._calendar: Calendar | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("", markup=False)
        yield ActionKeys(("Esc", "back"))
        yield StatusLine(ascii_only=self._ascii)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
        self.show()

    def show(self) -> None:
        """Draws the newest of it; what is the same as before is not written again."""
        session, store = self._session, self._session.store
        calendar = releases_view(store.snapshot, store.now, session.zone)
        if calendar != self._calendar:
            self._calendar = calendar
            pen = Pen(palette_named(self.app.theme), self._ascii)
            self.query_one("VerticalScroll > Static", Static).update(
                Group(*calendar_text(calendar, pen))
            )
        self.query_one(StatusLine).show([], store.snapshot, store.now)
        self.tick()

    def tick(self) -> None:
        """Draws what time alone changes."""
        store = self._session.store
        self.query_one(StatusLine).show_age(data_age(store.snapshot, store.now))


def calendar_text(calendar: Calendar, pen: Pen) -> Iterator[RenderableType]:
    """The whole calendar, for any width."""
    if calendar.outlook:
        yield pen.text(calendar.outlook, Tone.WARNING)
        yield ""
    for line in calendar.lines:
        yield pen.heading(line.title)
        yield pen.text(line.newest)
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
