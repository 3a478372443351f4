"""An element that holds others, or a text: where the panels of a page stand."""

from nicegui.element import Element

TAG = "console-box"


class Box(Element):
    """Drawn as `kind`, a tag of HTML. A box holds either other elements or a text."""

    def __init__(self, style_class: str, kind: str = "div", text: str = "") -> None:
        super().__init__(TAG)
        self.style_class, self.kind, self.held_text = style_class, kind, text
