"""Text to read, for a screen that is mostly text."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.widgets import Static


class Reader(VerticalScroll, can_focus=True):
    """What is shown is compared by the caller, which knows the values behind it."""

    DEFAULT_CSS = """
    Reader { height: 1fr; background: $surface; padding: 1 1 0 2; scrollbar-size-vertical: 1;
        scrollbar-gutter: stable; }
    Reader Static { height: auto; }
    """

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    caret = Offset(0, 0)

    def show(self, texts: Iterable[RenderableType]) -> None:
        self.query_one(Static).update(Group(*texts))
