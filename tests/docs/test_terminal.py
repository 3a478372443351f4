"""docs/terminal.md names every command and every key, and no other."""

import re
from pathlib import Path

from console.view.commands import COMMANDS
from tui.keymap import ALL, Keymap, keymap_from

PAGE = (Path(__file__).parents[2] / "docs" / "terminal.md").read_text("utf-8")


def test_every_command_stands_on_the_page_in_the_order_of_the_help() -> None:
    rows = re.findall(r"^\| `(:[^`]+)` \| (.+) \|$", PAGE, re.MULTILINE)
    told = [(usage.replace("\\|", "|"), explains) for usage, explains in rows]
    assert told == [(word.usage, word.explains) for word in COMMANDS]


def test_every_key_that_can_be_changed_stands_on_the_page_with_its_id() -> None:
    rows = re.findall(r"^\| (`.+`) \| `([\w.-]+)` \| (.+) \|$", PAGE, re.MULTILINE)
    told = {key_id: (keys.replace("`", ""), does) for keys, key_id, does in rows}
    assert told == {key.id: (Keymap().words(key), key.does) for key in ALL.values()}


def test_the_keymap_on_the_page_can_be_used_as_it_stands() -> None:
    import tomllib

    example = PAGE.split("```toml")[1].split("```")[0]
    keymap = keymap_from(tomllib.loads(example))
    assert keymap.troubles == ()
    assert len(keymap.changed) == 3
