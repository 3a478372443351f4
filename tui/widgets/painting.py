"""Lines of the fleet table as strips: header, rows and the words of an empty table."""

from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from console.view.table import Cell, Column, Row
from console.view.tone import Tone
from tui.theme import palette_named, tone_style
from tui.widgets.columns import GUTTER, Slot, fitted


def in_ascii(text: str) -> str:
    """With the console's own typographic signs replaced; names stay as they are."""
    return text.translate(_PLAIN)


def looks_alike(one: Cell, other: Cell) -> bool:
    """Whether both are painted the same; a hint is not painted."""
    return one is other or (
        (one.text, one.tone, one.symbol, one.badge)
        == (other.text, other.tone, other.symbol, other.badge)
    )


@dataclass(frozen=True, slots=True)
class RowLine:
    """One line of the table as it stands on the screen."""

    row: Row
    is_current: bool
    is_marked: bool


def last_difference(
    slots: tuple[Slot, ...], width: int, old: RowLine, new: RowLine | None = None
) -> int:
    """Up to which cell of the line it differs, 0 for nowhere."""
    if new is None or old.is_current != new.is_current:
        return width
    changed = [
        slot.start + slot.width + 1
        for slot in slots
        if not looks_alike(old.row.cells[slot.number], new.row.cells[slot.number])
    ]
    return min(width, max(changed, default=GUTTER * (old.is_marked != new.is_marked)))


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints in the colours of a theme. `sort` is the key of the column and whether it descends."""

    theme: str
    ascii_only: bool
    width: int
    slots: tuple[Slot, ...]

    def header(self, columns: tuple[Column, ...], sort: tuple[str, bool]) -> Strip:
        key, descending = sort
        plain, sorted_style = self._style(Tone.MUTED), self._style(Tone.INFO, bold=True)
        segments = [Segment(" " * GUTTER, plain)]
        for slot in self.slots:
            column = columns[slot.number]
            is_sorted = column.key == key
            text = f"{column.title} {self.arrow(descending)}" if is_sorted else column.title
            style = sorted_style if is_sorted else plain
            segments.append(Segment(" " * slot.gap + self._fitted(text, slot.width), style))
        return self._whole(segments, plain)

    def row(self, line: RowLine) -> Strip:
        plain = self._style(Tone.NEUTRAL, selected=line.is_current)
        cursor, mark = (">", "*") if self.ascii_only else ("▌", "◆")
        if not palette_named(self.theme).has_tints:
            cursor = ">"  # half a block in reverse is the other half
        gutter = (cursor if line.is_current else " ") + (mark if line.is_marked else " ")
        segments = [Segment(gutter, self._style(Tone.INFO, selected=line.is_current, bold=True))]
        for slot in self.slots:
            segments += self._cell(line.row.cells[slot.number], slot, line.is_current)
        return self._whole(segments, plain)

    def words(self, y: int, height: int, *texts: str) -> Strip:
        """Line `y` of texts that stand in the middle of an empty table, the first one stressed."""
        tones = (Tone.NEUTRAL, *[Tone.MUTED] * len(texts))
        room = max(10, min(64, self.width - 4))
        lines = [
            (part, tone)
            for text, tone in zip(texts, tones, strict=False)
            for part in wrap(text, room)
        ]
        number = y - max(0, (height - len(lines)) // 3)
        if not 0 <= number < len(lines):
            return self._whole([], self._style(Tone.NEUTRAL))
        text, tone = lines[number]
        before = " " * max(0, (self.width - cell_len(text)) // 2)
        return self._whole([Segment(before + text, self._style(tone))], self._style(tone))

    def arrow(self, descending: bool) -> str:
        up, down = ("^", "v") if self.ascii_only else ("▲", "▼")
        return down if descending else up

    def _cell(self, cell: Cell, slot: Slot, is_current: bool) -> list[Segment]:
        """The gap and the cell, in few segments since each costs its own escapes. The tint of a
        badge takes one cell on either side, so that its symbol stands below those of its
        neighbours; a badge that says nothing wrong has none."""
        symbol = cell.ascii_symbol if self.ascii_only else cell.symbol
        text = f"{symbol} {cell.text}" if symbol else cell.text
        text = in_ascii(text) if self.ascii_only else text
        is_name = slot.number == 0
        style = self._style(cell.tone, selected=is_current, bold=is_name)
        if not cell.badge or cell.tone not in (Tone.WARNING, Tone.CRITICAL):
            return [Segment(" " * slot.gap + self._fitted(text, slot.width), style)]
        is_stressed = not palette_named(self.theme).has_tints
        tinted = self._style(
            cell.tone, tinted=True, selected=is_stressed and is_current, bold=is_stressed
        )
        badge = self._fitted(text, min(slot.width, cell_len(text) + 1))
        rest = " " * (slot.width - cell_len(badge))
        gap = " " * (slot.gap - 1)
        return [Segment(gap, style), Segment(f" {badge}", tinted), Segment(rest, style)]

    def _fitted(self, text: str, width: int) -> str:
        return fitted(text, width, "~" if self.ascii_only else "…")

    def _style(
        self, tone: Tone, *, tinted: bool = False, selected: bool = False, bold: bool = False
    ) -> Style:
        return tone_style(
            self.theme,
            tone,
            tinted=tinted,
            selected=selected,
            bold=bold,
        )

    def _whole(self, segments: list[Segment], style: Style) -> Strip:
        filled = [segment for segment in segments if segment.text]
        return Strip(filled).adjust_cell_length(self.width, style).simplify()


_PLAIN = str.maketrans({"–": "-", "…": ".", "“": '"', "”": '"'})
