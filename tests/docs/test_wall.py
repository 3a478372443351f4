"""docs/wall.md names every option of the wall as it is."""

import re
from pathlib import Path

from console.view.wall_options import OPTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "wall.md").read_text("utf-8")


def test_every_option_stands_on_the_page_with_what_it_takes() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [
        (each.name, each.values, each.usual, each.explains) for each in OPTIONS.values()
    ]
