"""Which columns fit a width, and how wide each is. The name takes what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from console.view.table import Column

GUTTER = 2
"""Cells at the left of each row: the cursor, and the mark."""

SHORTEST_NAME = 14
COMFORTABLE_NAME = 22
FIRST_COLUMNS = 6
"""So many columns may shorten the name; those after them only come when it keeps its comfort."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column that is shown: its number in the table, where its text starts, its width in cells,
    and the empty cells before it, of which a badge's tint takes one."""

    number: int
    start: int
    width: int
    gap: int


def slots_for(columns: Sequence[Column], width: int) -> tuple[Slot, ...]:
    """The columns that fit, taken by rank and shown in the table's order; two cells apart when
    that costs no column and the name keeps a comfortable width, else one."""
    by_rank = sorted(range(len(columns)), key=lambda number: columns[number].rank)
    free = width - GUTTER - 1 - SHORTEST_NAME
    chosen = {by_rank[0]} if by_rank else set()
    for number in by_rank[1:]:
        spare = 0 if len(chosen) < FIRST_COLUMNS else COMFORTABLE_NAME - SHORTEST_NAME
        if columns[number].width + 1 <= free - spare:
            chosen.add(number)
            free -= columns[number].width + 1
    return _placed(columns, chosen, width, name_first=by_rank[0] if by_rank else 0)


def wide_slots(columns: Sequence[Column], width: int, skipped: int) -> tuple[Slot, ...]:
    """The name, and of the other columns in the table's order as many as fit, but for the first
    `skipped`; at least one."""
    if not columns:
        return ()
    free = width - GUTTER - 1 - min(columns[0].width, max(SHORTEST_NAME, width // 3))
    chosen = {0}
    for number in range(1 + skipped, len(columns)):
        free -= columns[number].width + 1
        if free < 0 and len(chosen) > 1:
            break
        chosen.add(number)
    return _placed(columns, chosen, width, name_first=0)


def laid_out(columns: Sequence[Column], width: int, skipped: int | None) -> tuple[Slot, ...]:
    """All columns but for the first `skipped`; with None those that fit."""
    return slots_for(columns, width) if skipped is None else wide_slots(columns, width, skipped)


def columns_at(slots: Sequence[Slot], x: int) -> tuple[int, ...]:
    """The number of the column at this cell of a line; none beside them."""
    return tuple(s.number for s in slots if s.start - s.gap <= x < s.start + s.width)


def told(slots: Sequence[Slot], total: int) -> str:
    """Which columns stand beside the name: "columns 2-7 of 12"; "" where all or none do."""
    if len(slots) in (0, 1, total):
        return ""
    return f"columns {slots[1].number + 1}-{slots[-1].number + 1} of {total}"


def _placed(
    columns: Sequence[Column], chosen: set[int], width: int, *, name_first: int
) -> tuple[Slot, ...]:
    others = len(chosen) - 1
    taken = sum(columns[number].width + 1 for number in chosen if number != name_first)
    free = width - GUTTER - 1 - SHORTEST_NAME - taken
    gap = 2 if free - others >= COMFORTABLE_NAME - SHORTEST_NAME else 1
    name = max(1, SHORTEST_NAME + free - others * (gap - 1))
    slots: list[Slot] = []
    start = GUTTER
    for number in sorted(chosen):
        before = gap if slots else 1
        cells = name if number == name_first else columns[number].width
        slots.append(Slot(number, start + before, cells, before))
        start += before + cells
    return tuple(slots)


def fitted(text: str, width: int, cut: str = "…") -> str:
    """The text in exactly `width` cells, with `cut`, of one cell, at its end where it is cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + cut
