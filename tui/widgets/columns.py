"""Which columns fit a width, and how wide each is. The name takes what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from console.view.table import Column

GUTTER = 2
"""Cells at the left of each row: the cursor, and the mark."""

SHORTEST_NAME = 14


@dataclass(frozen=True, slots=True)
class Slot:
    """A column that is shown: its number in the table, where it starts, and its width in cells."""

    number: int
    start: int
    width: int


def slots_for(columns: Sequence[Column], width: int) -> tuple[Slot, ...]:
    """The columns that fit, taken by rank and shown in the table's order, one cell apart."""
    by_rank = sorted(range(len(columns)), key=lambda number: columns[number].rank)
    free = width - GUTTER - SHORTEST_NAME
    chosen = {by_rank[0]} if by_rank else set()
    for number in by_rank[1:]:
        if columns[number].width + 1 <= free:
            chosen.add(number)
            free -= columns[number].width + 1
    slots = []
    start = GUTTER
    for number in sorted(chosen):
        is_name = number == by_rank[0]
        cells = max(1, SHORTEST_NAME + free) if is_name else columns[number].width
        slots.append(Slot(number, start, cells))
        start += cells + 1
    return tuple(slots)


def fitted(text: str, width: int) -> str:
    """The text in exactly `width` cells, with "…" where it is cut."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…"
