"""What the lowest line says: of the table how many, how many marked, in which order; and that
nothing can be recorded."""

from console.view.connection import UNRECORDED
from console.view.query import Query
from console.view.tone import Tone
from tui.widgets.line import Part
from tui.widgets.table import FleetTable


def history_part(problem: str) -> list[Part]:
    """That nothing can be recorded, while that is so."""
    return [Part(UNRECORDED, Tone.WARNING, gap=3)] if problem else []


def table_parts(table: FleetTable, query: Query) -> list[Part]:
    """How many there are, how many of them are marked, and the order where no column shows it."""
    if not table.table.total:
        return []
    parts = [Part(table.table.caption)]
    if table.marks:
        hidden = len(table.marks - table.table.index.keys())
        unseen = f" ({hidden} not shown)" if hidden else ""
        said = f"{len(table.marks)} marked of {table.table.total}{unseen}"
        parts.append(Part(said, Tone.INFO, bold=True, gap=3))
    if query.sort not in table.columns_shown:
        title = next(each.title for each in table.table.columns if each.key == query.sort)
        order = f"by {title.lower()}{', reversed' if query.descending else ''}"
        parts.append(Part(order, Tone.MUTED, gap=3))
    if table.columns_told:
        parts.append(Part(table.columns_told, Tone.MUTED, gap=3))
    return parts
