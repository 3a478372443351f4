"""What the screens look like where there are sixteen colours, and where there are none."""

import os

import pytest

from tests.tui.conftest import Open
from tests.tui.test_looks import FONTS, PICTURES, RANDOM_ID
from tui.terminal import Colours

SCENES: dict[str, tuple[Colours, tuple[str, ...]]] = {
    "runners-256-colours": (Colours.MANY, ("down", "space", "down")),
    "runners-16-colours": (Colours.FEW, ("down", "space", "down")),
    "plan-16-colours": (Colours.FEW, ("down", "r")),
    "runners-no-colours": (Colours.NONE, ("down", "space", "down")),
    "plan-no-colours": (Colours.NONE, ("down", "r")),
}


@pytest.mark.parametrize("scene", SCENES)
async def test_a_screen_with_few_colours_looks_as_in_its_picture(
    open_console: Open, scene: str
) -> None:
    colours, keys = SCENES[scene]
    async with open_console((80, 24), colours=colours) as console:
        await console.press(*keys)
        drawn = RANDOM_ID.sub("terminal", FONTS.sub("", console.app.export_screenshot()))
    picture = PICTURES / f"{scene}.svg"
    if os.environ.get("MAIA_NEW_PICTURES"):
        picture.write_text(drawn, "utf-8")
    assert drawn == picture.read_text("utf-8")


async def test_without_colours_the_cursor_the_marks_and_the_urgent_stand_out_by_their_shape(
    open_console: Open,
) -> None:
    async with open_console((100, 24), colours=Colours.NONE) as console:
        await console.press("down", "space", "down")
        marked, current = console.table.render_line(2), console.table.render_line(3)
        assert marked.text.startswith(" ◆")
        assert current.text.startswith("> ")
        assert all(part.style and part.style.reverse for part in current if part.text.strip())
        urgent = next(part for part in marked if "Out of support" in part.text)
        assert urgent.style
        assert urgent.style.bold
        assert "✕ Out of support" in urgent.text
