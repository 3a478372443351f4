"""The fleet table: draws only the lines on the screen, and again only the cells that changed.

Cursor, marks and scroll position follow runners, not places. What stands in the cells, in which
order, and which columns there are is the core's business.
"""

from collections.abc import Container
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.view.table import Table
from tui.bindings import TABLE, bindings
from tui.widgets.columns import GUTTER, Slot, columns_at, laid_out, told
from tui.widgets.marks import Marks
from tui.widgets.painting import Painter, RowLine, last_difference

HEADER = 1
NOTHING = Table((), (), 0, "")


class FleetTable(ScrollView, can_focus=True):
    """Shows a `Table`. Posts `Moved` when the cursor comes to another runner, `Opened` on enter or
    double click, `Marked` when the marks change, `SortAsked` when a title is clicked."""

    DEFAULT_CSS = """
    FleetTable { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable;
                 background: $background; scrollbar-size-vertical: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TABLE)]

    class Moved(Message):
        pass

    class Opened(Message):
        pass

    class Marked(Message):
        pass

    class SortAsked(Message):
        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.table = NOTHING
        self._marks = Marks()
        self.sort: tuple[str, bool] = ("", False)
        self.is_wide = False
        self._skipped = 0
        self._hint = ""
        self._ascii = ascii_only
        self._cursor = 0
        self._slots: tuple[Slot, ...] = ()

    @property
    def current(self) -> str | None:
        """The id of the runner under the cursor, None in an empty table."""
        rows = self.table.rows
        return rows[self._cursor].key if rows else None

    @property
    def caret(self) -> Offset:
        return Offset(GUTTER + 1, HEADER + self._cursor - self._top)

    @property
    def marks(self) -> frozenset[str]:
        """The ids of the marked runners, those that are not shown too."""
        return self._marks.keys

    @property
    def columns_shown(self) -> tuple[str, ...]:
        """The keys of the columns that there is room for."""
        return tuple(self.table.columns[slot.number].key for slot in self._slots)

    @property
    def columns_told(self) -> str:
        """Which columns stand beside the name, where all can be reached: "columns 2-7 of 12"."""
        return told(self._slots, len(self.table.columns)) if self.is_wide else ""

    def toggle_wide(self) -> None:
        """All columns, beside the name as many as fit at a time; or those that fit."""
        self.is_wide, self._skipped = not self.is_wide, 0
        self._lay_out()
        self.refresh()

    def show(self, table: Table, sort: tuple[str, bool], hint: str = "") -> None:
        """Shows another table, repainting what differs. `hint` stands below its `empty` words."""
        before, lines, key = self.table, self._lines(), self.current
        is_new = (before.columns, before.empty, self.sort, self._hint) != (
            (table.columns, table.empty, sort, hint)
        )
        offset = self._cursor - self._top
        self.table, self.sort, self._hint = table, sort, hint
        self._lay_out()
        self._follow(key, offset)
        if is_new:
            self.refresh()
        else:
            self._refresh_lines(lines)

    def keep_marks(self, known: Container[str]) -> None:
        """Forgets the marks of runners that there are no more."""
        marks = self._marks.among(known)
        if marks != self._marks:
            self._set_marks(marks)

    def unmark_all(self) -> None:
        self._set_marks(Marks())

    def render_line(self, y: int) -> Strip:
        painter = Painter(self.app.theme, self._ascii, self._width, self._slots)
        if y < HEADER:
            return painter.header(self.table.columns, self.sort)
        if not self.table.rows:
            return painter.words(y, self.size.height, self.table.empty, self._hint)
        number = self._top + y - HEADER
        if number < len(self.table.rows):
            return painter.row(self._line(number))
        return painter.words(0, 0)

    def on_mount(self) -> None:
        self.watch(self.app, "theme", self._repaint, init=False)

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()
        self._scroll_to_cursor()

    def on_click(self, event: events.Click) -> None:
        number = event.y - HEADER + self._top
        if event.y < HEADER:
            for column in columns_at(self._slots, event.x):
                self.post_message(self.SortAsked(self.table.columns[column].key))
        elif 0 <= number < len(self.table.rows):
            self._move_to(number)
            if event.x < GUTTER:
                self.action_mark()
            elif event.chain == 2:
                self.action_open()

    def action_move(self, by: int) -> None:
        self._move_to(self._cursor + by)

    def action_page(self, direction: int) -> None:
        self._move_to(self._cursor + direction * max(1, self._visible - 1))

    def action_edge(self, direction: int) -> None:
        self._move_to(len(self.table.rows) - 1 if direction > 0 else 0)

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Opened())

    def action_mark(self) -> None:
        if self.current is not None:
            self._set_marks(self._marks.toggled(self.current))

    def action_mark_range(self) -> None:
        """Marks all rows from the one that was marked last to this one."""
        if self.current is not None:
            self._set_marks(self._marks.through(self._cursor, self.table))

    def action_columns(self, by: int) -> None:
        """To earlier or further columns, where all can be reached."""
        is_last = bool(self._slots) and self._slots[-1].number == len(self.table.columns) - 1
        if self.is_wide and not (by > 0 and is_last):
            self._skipped = max(0, self._skipped + by)
            self._lay_out()
            self.refresh()
            self.post_message(self.Marked())

    def action_mark_all(self) -> None:
        """Marks all rows of the table, the unseen too; unmarks them when all are marked."""
        self._set_marks(self._marks.with_all(self.table))

    @property
    def _top(self) -> int:
        return int(self.scroll_offset.y)

    @property
    def _visible(self) -> int:
        return max(1, self.size.height - HEADER)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _line(self, number: int) -> RowLine:
        row = self.table.rows[number]
        return RowLine(row, number == self._cursor, row.key in self.marks)

    def _lines(self) -> tuple[RowLine, ...]:
        """What stands on the screen now."""
        last = min(self._top + self._visible, len(self.table.rows))
        return tuple(self._line(number) for number in range(self._top, last))

    def _repaint(self) -> None:
        self.refresh()

    def _refresh_lines(self, before: tuple[RowLine, ...]) -> None:
        """Repaints the cells that look different from `before`, whosever line it was then; one
        region a line, because each is written to the terminal from the beginning of the line."""
        after = self._lines()
        for number in range(max(len(before), len(after))):
            pair = (*before[number : number + 1], *after[number : number + 1])
            if end := last_difference(self._slots, self._width, *pair):
                self.refresh(Region(0, number + HEADER, end, 1))

    def _set_marks(self, marks: Marks) -> None:
        lines, self._marks = self._lines(), marks
        self._refresh_lines(lines)
        self.post_message(self.Marked())

    def _move_to(self, number: int) -> None:
        number = max(0, min(number, len(self.table.rows) - 1))
        if number != self._cursor:
            lines, top, self._cursor = self._lines(), self._top, number
            self._scroll_to_cursor()
            if self._top == top:
                self._refresh_lines(lines)
            self.post_message(self.Moved())

    def _follow(self, key: str | None, offset: int) -> None:
        """Follows the runner to its new place, on the same line of the screen when it was seen;
        when it is gone, stays as near as there is one. A table that shows its beginning goes on
        showing it, so that what comes in on top is seen."""
        last = max(0, len(self.table.rows) - 1)
        was, self._cursor = self._cursor, self.table.index.get(key or "", min(self._cursor, last))
        if 0 <= offset < self._visible:
            if self._cursor != was and self._top > 0:
                self._scroll_line(self._cursor - offset)
            self._scroll_to_cursor()
        elif self.current != key:
            self._scroll_to_cursor()
        if self.current != key:
            self.post_message(self.Moved())

    def _scroll_to_cursor(self) -> None:
        if self._cursor < self._top:
            self._scroll_line(self._cursor)
        elif self._cursor >= self._top + self._visible:
            self._scroll_line(self._cursor - self._visible + 1)

    def _scroll_line(self, y: int) -> None:
        self.scroll_to(y=max(0, y), animate=False, force=True)

    def _lay_out(self) -> None:
        columns, skipped = self.table.columns, self._skipped if self.is_wide else None
        self._slots = laid_out(columns, self._width, skipped)
        self.virtual_size = Size(self._width, len(self.table.rows) + HEADER)
