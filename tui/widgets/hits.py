"""Which part of a line the mouse was pressed on."""

from collections.abc import Sequence

from rich.cells import cell_len

from tui.widgets.line import Part


def part_at(parts: Sequence[Part], x: int) -> int | None:
    """The number of the part at a cell of the line's content, the gap before it included; None
    beyond the last."""
    end = 0
    for number, part in enumerate(parts):
        end += cell_len(part.text) + (part.gap if number else 0)
        if 0 <= x < end:
            return number
    return None
