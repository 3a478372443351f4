"""A page as JSON in itself: what is drawn before NiceGUI's application is there."""

import json
import re
from pathlib import Path

import pytest

from tests.web.rooms import NOW, rooms
from web.wire import Json


async def test_a_page_brings_what_each_panel_shows_and_no_text_ends_its_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with rooms(tmp_path, monkeypatch) as house:
        html = (await house.client.get("/?filter=%3C/script%3E%3Cb%3E")).text
    found = re.findall(r'<script type="application/json" id="console-first">(.*?)</script>', html)
    assert len(found) == 1
    page = json.loads(found[0])
    panels = {panel["panel"]: panel for panel in _panels(page)}
    assert panels.keys() >= {"navigation", "page_top", "filter_box", "runner_table"}
    assert panels["filter_box"]["first"]["first"]["text"] == "</script><b>"
    assert len({panel["id"] for panel in panels.values()}) == len(panels)


async def test_a_moment_in_a_value_is_told_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A runner's history has some, once it has been read."""
    async with rooms(tmp_path, monkeypatch):
        from nicegui import Client, ui

        from web.components.box import Box
        from web.components.detail_drawer import DetailDrawer
        from web.shell import shell_html

        with Client(ui.page("/")), Box("page") as box:
            DetailDrawer({"history": {"at": NOW}})
        assert '"at":"2026-11-24 12:00:00+00:00"' in shell_html(box)


async def test_a_page_is_made_of_boxes_and_panels_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with rooms(tmp_path, monkeypatch):
        from nicegui import Client, ui

        from web.components.box import Box
        from web.shell import shell_html

        with Client(ui.page("/")), Box("page") as box:
            ui.label("A label.")
        with pytest.raises(TypeError, match="not of Label"):
            shell_html(box)


def _panels(part: Json) -> list[Json]:
    return [part] if "panel" in part else [each for one in part["parts"] for each in _panels(one)]
