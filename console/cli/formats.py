"""How tables and records are written to standard output: table, json, csv, yaml, plain."""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from console.view.records import FIELDS, Value
from console.view.table import Cell, Table
from console.view.text import for_spreadsheet, shown
from console.view.tone import Tone

FORMATS = ("table", "json", "csv", "yaml", "plain")

LONGEST = 10_000
"""Characters of a value in CSV; the API's longest is 500."""

_COLOURS = {
    Tone.GOOD: "32",
    Tone.INFO: "36",
    Tone.WARNING: "33",
    Tone.CRITICAL: "31",
    Tone.MUTED: "2",
}

Records = Sequence[dict[str, Value]]


def write_table(table: Table, out: TextIO) -> None:
    """Aligned columns as wide as their widest cell; colours only on a terminal that wants them.

    Widths are those of a terminal, in which some letters take two places and some take none."""
    coloured = wants_colour(out)
    header = [column.title for column in table.columns]
    widths = [
        max([len(title), *(_places(row.cells[place].said) for row in table.rows)])
        for place, title in enumerate(header)
    ]
    lines = ["  ".join(map(str.ljust, header, widths)).rstrip()]
    for row in table.rows:
        padded = [
            _painted(cell, cell.said + " " * (width - _places(cell.said)), coloured)
            for cell, width in zip(row.cells, widths, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    out.write("\n".join(lines) + "\n" if table.rows else f"{table.empty}\n")


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


def write_records(records: Records, format_name: str, out: TextIO) -> None:
    """One JSON array (indented on a terminal), a YAML list, or CSV without formulas."""
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
        writer.writerow(FIELDS)
        for record in records:
            writer.writerow([_csv_value(record[field]) for field in FIELDS])


def wants_colour(out: TextIO) -> bool:
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def note(text: str) -> None:
    """Something for a person, not data."""
    print(text, file=sys.stderr, flush=True)


def _painted(cell: Cell, text: str, coloured: bool) -> str:
    colour = _COLOURS.get(cell.tone)
    return f"\x1b[{colour}m{text}\x1b[0m" if coloured and colour else text


def _places(text: str) -> int:
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(letter) in ("Mn", "Me", "Cf") else 1 + (east_asian_width(letter) in "WF")
        for letter in text
    )


def _csv_value(value: Value) -> str:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "" if value is None else for_spreadsheet(shown(value, LONGEST))
