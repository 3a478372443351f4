"""What the screens look like, as pictures. With MAIA_NEW_PICTURES=1 set they are written anew.

Each screen in five forms: wide, 80x24, 60x20, in sixteen colours and in none.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.conftest import Open
from tests.tui.test_first_run import stranger
from tests.tui.walk import WALK, prepare
from tui.app import ConsoleApp
from tui.terminal import Colours

PICTURES = Path(__file__).with_name("pictures")
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
RANDOM_ID = re.compile(r"terminal-\d+")

FORMS: dict[str, tuple[tuple[int, int], Colours]] = {
    "160x45": ((160, 45), Colours.TRUE),
    "80x24": ((80, 24), Colours.TRUE),
    "60x20": ((60, 20), Colours.TRUE),
    "16-colours": ((80, 24), Colours.FEW),
    "no-colours": ((80, 24), Colours.NONE),
}

SCENES: dict[str, tuple[tuple[int, int], Colours, tuple[str, ...]]] = {
    "wide-160x45": ((160, 45), Colours.TRUE, ("ctrl+w", "right")),
    "command-80x24": ((80, 24), Colours.TRUE, ("colon", "r", "e", "tab")),
    "filter-60x20": ((60, 20), Colours.TRUE, ("space", "slash", *"prod")),
    "json-80x24": ((80, 24), Colours.TRUE, ("y",)),
    "details-120x34": ((120, 34), Colours.TRUE, ("down", "enter")),
    "runners-256-colours": ((80, 24), Colours.MANY, ("down", "space", "down")),
}
"""Beside the walk: what only one form shows."""


@pytest.mark.parametrize("form", FORMS)
async def test_each_screen_looks_as_in_its_picture(open_console: Open, form: str) -> None:
    size, colours = FORMS[form]
    differing: list[str] = []
    async with open_console(size, colours=colours) as console:
        for screen, keys, back in WALK:
            await prepare(console, screen)
            await console.press(*keys)
            differing += differs(console.app, f"{screen}-{form}")
            await console.press(*back)
    assert not differing


@pytest.mark.parametrize("scene", SCENES)
async def test_a_scene_looks_as_in_its_picture(open_console: Open, scene: str) -> None:
    size, colours, keys = SCENES[scene]
    async with open_console(size, colours=colours) as console:
        await console.press(*keys)
        assert not list(differs(console.app, scene))


@pytest.mark.parametrize("form", FORMS)
async def test_the_first_run_looks_as_in_its_picture(form: str) -> None:
    size, colours = FORMS[form]
    async with stranger(size, colours=colours) as one:
        differing = list(differs(one.app, f"first-run-{form}"))
        await one.press("c", *"id-1", "enter", *"wrong", "enter")
        differing += differs(one.app, f"connect-{form}")
    assert not differing


def test_there_is_no_picture_of_what_no_test_draws() -> None:
    walked = {screen for screen, _, _ in WALK} | {"first-run", "connect"}
    drawn = {f"{screen}-{form}" for screen in walked for form in FORMS} | set(SCENES)
    assert {each.stem for each in PICTURES.iterdir()} == drawn


def differs(app: ConsoleApp, scene: str) -> Iterator[str]:
    """The scene, if it does not look as it did; written anew when that is asked for."""
    drawn = RANDOM_ID.sub("terminal", FONTS.sub("", app.export_screenshot()))
    picture = PICTURES / f"{scene}.svg"
    if os.environ.get("MAIA_NEW_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        picture.write_text(drawn, "utf-8")
    if not picture.exists() or drawn != picture.read_text("utf-8"):
        yield scene
