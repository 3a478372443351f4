"""How tables and records are written to standard output: table, json, csv, yaml, plain."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from console.view.places import places
from console.view.records import FIELDS
from console.view.table import Cell, Table
from console.view.text import for_spreadsheet, shown
from console.view.tone import Tone

FORMATS = ("table", "json", "csv", "yaml", "plain")

LONGEST = 10_000
"""Characters of a value in CSV; the API's longest is 500."""

GAP = 2
"""Places between two columns."""

_COLOURS = {
    Tone.GOOD: "32",
    Tone.INFO: "36",
    Tone.WARNING: "33",
    Tone.CRITICAL: "31",
    Tone.MUTED: "2",
}

Records = Sequence[Mapping[str, object]]


def write_table(table: Table, out: TextIO, width: int | None = None) -> None:
    """Aligned columns as wide as their widest cell; colours only on a terminal that wants them.
    Within a `width` only the columns that fit, by their rank.

    Widths are those of a terminal, in which some letters take two places and some take none."""
    coloured = wants_colour(out)
    widths = [
        max([len(column.title), *(places(row.cells[number].said) for row in table.rows)])
        for number, column in enumerate(table.columns)
    ]
    shown_columns = fitting_columns(table, widths, width)
    header = [table.columns[number].title.ljust(widths[number]) for number in shown_columns]
    lines = ["  ".join(header).rstrip()]
    for row in table.rows:
        padded = [_padded(row.cells[number], widths[number], coloured) for number in shown_columns]
        lines.append("  ".join(padded).rstrip())
    out.write("\n".join(lines) + "\n" if table.rows else f"{table.empty}\n")


def fitting_columns(table: Table, widths: Sequence[int], width: int | None) -> list[int]:
    """The numbers of the columns that fit next to each other, in the table's order; those of the
    lowest rank first, and that of rank 0 however wide it is."""
    by_rank = sorted(range(len(widths)), key=lambda number: table.columns[number].rank)
    if width is None:
        return sorted(by_rank)
    free = width - widths[by_rank[0]]
    chosen = by_rank[:1]
    for number in by_rank[1:]:
        if widths[number] + GAP <= free:
            chosen.append(number)
            free -= widths[number] + GAP
    return sorted(chosen)


def terminal_width(out: TextIO) -> int | None:
    """In places: COLUMNS, else what the terminal says; None for what is no terminal."""
    if not out.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def write_plain(table: Table, out: TextIO) -> None:
    """A runner a line, each value with its title, for screen readers and scripts; no symbols."""
    for row in table.rows:
        name, *others = row.cells
        said = (
            f"{column.title} {cell.text}"
            for column, cell in zip(table.columns[1:], others, strict=True)
            if cell.text != "–"
        )
        out.write(f"{name.text}: {'; '.join(said)}.\n")
    if not table.rows:
        out.write(f"{table.empty}\n")


def write_records(
    records: Records, format_name: str, out: TextIO, fields: Sequence[str] = FIELDS
) -> None:
    """One JSON array (indented on a terminal), a YAML list, or CSV without formulas; `fields` are
    the columns of the last."""
    if format_name == "json":
        from pydantic_core import to_json

        text = to_json(records, indent=2 if out.isatty() else None, ensure_ascii=True).decode()
        out.write(text + "\n")
    elif format_name == "yaml":
        import yaml

        yaml.safe_dump(list(records), out, sort_keys=False, allow_unicode=True)
    else:
        import csv

        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(fields)
        for record in records:
            writer.writerow([_csv_value(record[field]) for field in fields])


def wants_colour(out: TextIO) -> bool:
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def note(text: str) -> None:
    """Something for a person, not data."""
    print(text, file=sys.stderr, flush=True)


def _padded(cell: Cell, width: int, coloured: bool) -> str:
    text = cell.said + " " * (width - places(cell.said))
    colour = _COLOURS.get(cell.tone)
    return f"\x1b[{colour}m{text}\x1b[0m" if coloured and colour else text


def _csv_value(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "" if value is None else for_spreadsheet(shown(str(value), LONGEST))
