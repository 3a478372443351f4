"""What the screens look like, as pictures. With MAIA_NEW_PICTURES=1 set they are written anew."""

import os
import re
from pathlib import Path

import pytest

from tests.tui.conftest import Open

PICTURES = Path(__file__).with_name("pictures")
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
RANDOM_ID = re.compile(r"terminal-\d+")

SCENES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "runners-80x24": ((80, 24), ("down", "space", "down")),
    "details-120x34": ((120, 34), ("down", "enter")),
    "plan-80x24": ((80, 24), ("down", "r")),
    "runners-160x45": ((160, 45), ("down", "space", "down", "enter")),
    "runners-60x20": ((60, 20), ("down", "space", "down")),
    "wide-160x45": ((160, 45), ("ctrl+w", "right")),
    "details-60x20": ((60, 20), ("down", "enter")),
    "plan-60x20": ((60, 20), ("down", "r")),
    "command-80x24": ((80, 24), ("colon", "r", "e", "tab")),
    "filter-60x20": ((60, 20), ("space", "slash", *"prod")),
    "help-80x24": ((80, 24), ("question_mark",)),
    "releases-80x24": ((80, 24), ("v",)),
    "json-80x24": ((80, 24), ("y",)),
}


@pytest.mark.parametrize("scene", SCENES)
async def test_a_screen_looks_as_in_its_picture(open_console: Open, scene: str) -> None:
    size, keys = SCENES[scene]
    async with open_console(size) as console:
        await console.press(*keys)
        drawn = RANDOM_ID.sub("terminal", FONTS.sub("", console.app.export_screenshot()))
    picture = PICTURES / f"{scene}.svg"
    if os.environ.get("MAIA_NEW_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        picture.write_text(drawn, "utf-8")
    assert drawn == picture.read_text("utf-8")
