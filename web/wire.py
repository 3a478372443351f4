"""View values as the JSON that the page's scripts read, with the table as short as it can be."""

from dataclasses import asdict
from typing import Any

from console.view.detail import Detail
from console.view.overview import Overview
from console.view.plan import PlanText
from console.view.table import Cell, Row, Table, delta, moved
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


def delta_json(before: Table, after: Table, version: int) -> Json:
    """What turns one table into the next, None when nothing does. Rows go by their numbers.

    `c` changed cells [old number, column, cell]; `x` old numbers of rows that left; `m` rows that
    moved [old number, new number]; `r` new rows [new number, row]; both by ascending new number.
    """
    change = delta(before, after)
    message: dict[str, Json] = {"v": version}
    if change.cells:
        message["c"] = [
            [before.index[key], column, cell_json(cell)] for key, column, cell in change.cells
        ]
    if change.order is not None:
        away = moved(tuple(before.index), change.order)
        message["x"] = [number for key, number in before.index.items() if key not in after.index]
        message["m"] = [
            [before.index[key], number] for key, number in after.index.items() if key in away
        ]
        message["r"] = [[after.index[row.key], row_json(row)] for row in change.rows]
    if (before.caption, before.empty) != (after.caption, after.empty):
        message |= {"caption": after.caption, "empty": after.empty}
    return message if len(message) > 1 else None


def columns_json(table_columns: Json) -> Json:
    return [asdict(column) for column in table_columns]


def overview_json(overview: Overview) -> Json:
    """What of it can change; what the counts are called comes once, as `headlines_json`."""
    return {
        "verdict": overview.verdict,
        "tone": overview.verdict_tone,
        "banner": overview.banner,
        "counts": [[line.count, TONES[line.tone]] for line in overview.headlines],
    }


def headlines_json(overview: Overview) -> Json:
    return [
        {"key": line.key, "label": line.label, "symbol": line.symbol, "filter": line.filter}
        for line in overview.headlines
    ]


def detail_json(detail: Detail | None) -> Json:
    return None if detail is None else asdict(detail)


def plan_json(plan: PlanText) -> Json:
    return asdict(plan)
