"""The page about the runners page names every key that there is, as the page's own help does."""

from pathlib import Path

from console.view.columns import COLUMNS_WITH_ACCOUNT
from web.keys import key_groups

PAGE = (Path(__file__).parents[2] / "docs" / "web-pages.md").read_text("utf-8")


def test_every_key_stands_on_the_page_with_what_it_does_in_the_order_of_the_help() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    keys = [
        key
        for group in key_groups(can_act=True, columns=COLUMNS_WITH_ACCOUNT)
        for key in group.keys
    ]
    assert rows == [f"| `{key.label}` | {key.does} |" for key in keys]
