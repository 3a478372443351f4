"""The fleet table: draws only the lines on the screen, and again only the cells that changed.

Cursor, marks and scroll position follow runners, not places. What stands in the cells, in which
order, and which columns there are is the core's business.
"""

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.view.table import Cell, Row, Table, delta
from console.view.tone import Tone
from tui.theme import tone_style
from tui.widgets.columns import GUTTER, Slot, fitted, slots_for

HEADER = 1
NOTHING = Table((), (), 0, "")


class FleetTable(ScrollView, can_focus=True):
    """Shows a `Table`. Posts `Moved` when the cursor comes to another runner, `Opened` on enter or
    double click, `Marked` when the marks change."""

    DEFAULT_CSS = """
    FleetTable { height: 1fr; overflow-x: hidden; background: $background;
                 scrollbar-size-vertical: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "edge(-1)", "First", show=False),
        Binding("end,G", "edge(1)", "Last", show=False),
        Binding("enter", "open", "Details", show=False),
        Binding("space", "mark", "Mark", show=False),
        Binding("ctrl+a", "mark_all", "Mark all that match", show=False),
    ]

    class Moved(Message):
        pass

    class Opened(Message):
        pass

    class Marked(Message):
        pass

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.table = NOTHING
        self.marks: frozenset[str] = frozenset()
        self.sort: tuple[str, bool] = ("", False)
        self._ascii = ascii_only
        self._cursor = 0
        self._slots: tuple[Slot, ...] = ()

    @property
    def current(self) -> str | None:
        """The id of the runner under the cursor, None in an empty table."""
        rows = self.table.rows
        return rows[self._cursor].key if rows else None

    def show(self, table: Table, sort: tuple[str, bool]) -> None:
        """Shows another table of the same columns, repainting what differs."""
        before, key = self.table, self.current
        self.table = table
        if before.columns != table.columns or sort != self.sort or before.empty != table.empty:
            self.sort = sort
            self._lay_out()
            self._keep_cursor(key)
            self.refresh()
            return
        change = delta(before, table)
        if change.order is not None:
            self.virtual_size = Size(self.size.width, len(table.rows) + HEADER)
            self._keep_cursor(key)
            self.refresh()
            return
        for row_key, column, _ in change.cells:
            self._refresh_cell(table.index[row_key], column)

    def unmark_all(self) -> None:
        self._set_marks(frozenset())

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._header(width)
        number = y - HEADER + int(self.scroll_offset.y)
        if number < len(self.table.rows):
            return self._row(number, width)
        if y == 2 and not self.table.rows:
            return self._line(f"  {self.table.empty}", Tone.MUTED, width)
        return self._line("", Tone.NEUTRAL, width)

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()
        self._scroll_to_cursor()

    def on_click(self, event: events.Click) -> None:
        number = event.y - HEADER + int(self.scroll_offset.y)
        if event.y >= HEADER and 0 <= number < len(self.table.rows):
            self._move_to(number)
            if event.x < GUTTER:
                self.action_mark()
            elif event.chain == 2:
                self.action_open()

    def action_move(self, by: int) -> None:
        self._move_to(self._cursor + by)

    def action_page(self, direction: int) -> None:
        self._move_to(self._cursor + direction * max(1, self.size.height - HEADER - 1))

    def action_edge(self, direction: int) -> None:
        self._move_to(len(self.table.rows) - 1 if direction > 0 else 0)

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Opened())

    def action_mark(self) -> None:
        if self.current is not None:
            self._set_marks(self.marks ^ {self.current})

    def action_mark_all(self) -> None:
        """Marks all rows of the table, the unseen too; unmarks them when all are marked."""
        keys = frozenset(row.key for row in self.table.rows)
        self._set_marks(self.marks - keys if keys <= self.marks else self.marks | keys)

    def _set_marks(self, marks: frozenset[str]) -> None:
        for key in marks ^ self.marks:
            if key in self.table.index:
                self._refresh_row(self.table.index[key])
        self.marks = marks
        self.post_message(self.Marked())

    def _move_to(self, number: int) -> None:
        number = max(0, min(number, len(self.table.rows) - 1))
        if number != self._cursor:
            before, self._cursor = self._cursor, number
            self._refresh_row(before)
            self._refresh_row(number)
            self._scroll_to_cursor()
            self.post_message(self.Moved())

    def _keep_cursor(self, key: str | None) -> None:
        """Follows the runner to its new place; when it is gone, stays as near as there is one."""
        last = max(0, len(self.table.rows) - 1)
        self._cursor = self.table.index.get(key or "", min(self._cursor, last))
        self._scroll_to_cursor()
        if self.current != key:
            self.post_message(self.Moved())

    def _scroll_to_cursor(self) -> None:
        visible = max(1, self.size.height - HEADER)
        top = int(self.scroll_offset.y)
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False)
        elif self._cursor >= top + visible:
            self.scroll_to(y=self._cursor - visible + 1, animate=False)

    def _lay_out(self) -> None:
        self._slots = slots_for(self.table.columns, self.size.width)
        self.virtual_size = Size(self.size.width, len(self.table.rows) + HEADER)

    def _refresh_row(self, number: int) -> None:
        self._refresh_region(number, 0, self.size.width)

    def _refresh_cell(self, number: int, column: int) -> None:
        for slot in self._slots:
            if slot.number == column:
                self._refresh_region(number, slot.start, slot.width)

    def _refresh_region(self, number: int, start: int, width: int) -> None:
        y = number - int(self.scroll_offset.y) + HEADER
        if HEADER <= y < self.size.height:
            self.refresh(Region(start, y, width, 1))

    def _header(self, width: int) -> Strip:
        style = tone_style(self.app.theme, Tone.MUTED, bold=True)
        segments = [Segment(" " * GUTTER, style)]
        key, descending = self.sort
        up, down = ("^", "v") if self._ascii else ("▲", "▼")
        for slot in self._slots:
            column = self.table.columns[slot.number]
            mark = f" {down if descending else up}" if column.key == key else ""
            segments.append(Segment(fitted(column.title + mark, slot.width) + " ", style))
        return Strip(segments).adjust_cell_length(width, style)

    def _row(self, number: int, width: int) -> Strip:
        row = self.table.rows[number]
        selected = number == self._cursor
        plain = tone_style(self.app.theme, Tone.NEUTRAL, selected=selected)
        segments = [self._gutter(row, selected)]
        for slot in self._slots:
            segments.extend(self._cell(row.cells[slot.number], slot, selected))
            segments.append(Segment(" ", plain))
        return Strip(segments).adjust_cell_length(width, plain)

    def _gutter(self, row: Row, selected: bool) -> Segment:
        cursor, mark = (">", "*") if self._ascii else ("›", "◆")
        text = (cursor if selected else " ") + (mark if row.key in self.marks else " ")
        return Segment(text, tone_style(self.app.theme, Tone.INFO, selected=selected, bold=True))

    def _cell(self, cell: Cell, slot: Slot, selected: bool) -> list[Segment]:
        symbol = cell.ascii_symbol if self._ascii else cell.symbol
        text = f"{symbol} {cell.text}" if symbol else cell.text
        style = tone_style(self.app.theme, cell.tone, selected=selected, bold=slot.number == 0)
        if not cell.badge:
            return [Segment(fitted(text, slot.width), style)]
        badge = fitted(f" {text} ", min(slot.width, len(text) + 2))
        tinted = tone_style(self.app.theme, cell.tone, tinted=True)
        return [Segment(badge, tinted), Segment(" " * (slot.width - len(badge)), style)]

    def _line(self, text: str, tone: Tone, width: int) -> Strip:
        style = tone_style(self.app.theme, tone)
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)
