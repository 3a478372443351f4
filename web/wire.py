"""View values as the JSON that the page's scripts read, with the table as short as it can be."""

from dataclasses import asdict
from typing import Any

from console.view.detail import Detail
from console.view.overview import Overview
from console.view.plan import PlanText
from console.view.table import Cell, Delta, Row, Table
from console.view.tone import Tone

Json = Any

FIRST_ROWS = 100
"""How many rows come with the page; the rest follows by a request of its own."""

TONES = {tone: number for number, tone in enumerate(Tone)}
"""Tones go over the wire by their number."""


def cell_json(cell: Cell) -> Json:
    """[text, tone, symbol, hint, badge], without what is plain at its end; plain text as such."""
    parts = [cell.text, TONES[cell.tone], cell.symbol, cell.hint, int(cell.badge)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts[0] if len(parts) == 1 else parts


def row_json(row: Row) -> Json:
    return [row.key, [cell_json(cell) for cell in row.cells]]


def table_json(table: Table, version: int, *, first: int | None = None) -> Json:
    """The table, or its beginning; `total` rows there are in all, after filtering."""
    rows = table.rows if first is None else table.rows[:first]
    return {
        "version": version,
        "caption": table.caption,
        "empty": table.empty,
        "total": len(table.rows),
        "rows": [row_json(row) for row in rows],
    }


def delta_json(delta: Delta, table: Table, version: int) -> Json:
    """Only what changed: cells `c`, new rows `r`, the order `o`, and the caption with an order."""
    message: dict[str, Json] = {"v": version}
    if delta.cells:
        message["c"] = [[key, column, cell_json(cell)] for key, column, cell in delta.cells]
    if delta.rows:
        message["r"] = [row_json(row) for row in delta.rows]
    if delta.order is not None:
        message |= {"o": delta.order, "caption": table.caption, "empty": table.empty}
    return message


def columns_json(table_columns: Json) -> Json:
    return [asdict(column) for column in table_columns]


def overview_json(overview: Overview) -> Json:
    return asdict(overview)


def detail_json(detail: Detail | None) -> Json:
    return None if detail is None else asdict(detail)


def plan_json(plan: PlanText) -> Json:
    return asdict(plan)
