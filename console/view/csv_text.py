"""Rows as the text of a CSV file that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from console.view.text import for_spreadsheet, shown

LONGEST = 10_000
"""Characters of one value."""


def csv_text(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    for row in rows:
        writer.writerow([for_spreadsheet(shown(value, LONGEST)) for value in row])
    return out.getvalue()
