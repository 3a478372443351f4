"""A page as its own script draws it, before NiceGUI's application is there: the boxes and panels of
a page, with what each panel shows at first, as JSON in the page itself."""

import json

from nicegui.element import Element

from web.components.box import Box
from web.components.panel import Panel
from web.wire import Json

PLACE = "console"
"""The id of the element that the page is drawn into; its values stand in the one below."""

TOLD = "console-first"


def shell_html(root: Box) -> str:
    """What stands in the body. No text in it can end the script element that holds it. A moment is
    told as its text, as NiceGUI tells it later."""
    told = json.dumps(_node(root), ensure_ascii=False, separators=(",", ":"), default=str)
    told = told.replace("<", "\\u003c")
    return f'<div id="{PLACE}"></div><script type="application/json" id="{TOLD}">{told}</script>'


def _node(element: Element) -> Json:
    if isinstance(element, Panel):
        return {"panel": element.script, "id": element.html_id, "first": element.first}
    if not isinstance(element, Box):
        raise TypeError(f"A page is made of boxes and panels, not of {type(element).__name__}.")
    parts = [_node(child) for child in element.default_slot.children]
    return {"kind": element.kind, "class": element.style_class, "parts": element.held_text or parts}
