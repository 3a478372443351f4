"""What is seen until the session is open: the fleet's place, still empty. It imports next to
nothing, because it stands between a person and their first look; keys typed meanwhile are kept."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from console.view.table import Table
from tui.widgets.line import Line, Part
from tui.widgets.table import FleetTable

PRODUCT = "Maia runners"
READING = Table((), (), 0, "", "Reading the fleet …")


class OpeningScreen(Screen[None]):
    DEFAULT_CSS = """
    OpeningScreen { background: $background; }
    OpeningScreen Line { background: $surface; padding: 0 1; }
    """
    AUTO_FOCUS = ""
    LEAVING: ClassVar[tuple[str, ...]] = ("q", "ctrl+q", "ctrl+c")

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._ascii = ascii_only
        self.typed: list[events.Key] = []

    def compose(self) -> ComposeResult:
        yield Line(id="verdict")
        yield FleetTable(ascii_only=self._ascii)
        yield Line()

    def on_mount(self) -> None:
        self.query_one("#verdict", Line).show(Part(PRODUCT, bold=True))
        self.query_one(FleetTable).show(READING, ("", False))

    def on_key(self, event: events.Key) -> None:
        """Kept for the screen that comes next."""
        event.stop()
        if event.key in self.LEAVING:
            self.app.exit()
        else:
            self.typed.append(event)
