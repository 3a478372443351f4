"""`make bench`: measures everything, prints one table and writes it to docs/benchmarks.md.

Fails when a row exceeds what is allowed.
"""

import sys
from pathlib import Path

from tests.bench.browser import browser_rows
from tests.bench.commands import command_rows
from tests.bench.first_rows import first_rows
from tests.bench.motions import motion_rows
from tests.bench.polls import poll_rows
from tests.bench.rows import page
from tests.bench.rules import rule_rows
from tests.bench.terminal import terminal_rows
from tests.bench.wall import wall_rows
from tests.bench.web import tab_rows
from tests.bench.wire import wire_rows

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main() -> int:
    rows = [
        *command_rows(),
        *terminal_rows(),
        *wire_rows(),
        *motion_rows(),
        *browser_rows(),
        *wall_rows(),
        *first_rows(),
        *tab_rows(),
        *poll_rows(),
        *rule_rows(),
    ]
    text = page(rows)
    PAGE.write_text(text, "utf-8")
    print(text)
    return 0 if all(row.is_kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
