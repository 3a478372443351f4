"""The lowest line: how many runners there are, what is under way, and the age of the data."""

from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.containers import Horizontal

from console.fleet.snapshot import Operation, Snapshot
from console.view.detail import operation_line
from console.view.overview import Age
from console.view.text import shown
from console.view.tone import Tone
from tui.widgets.line import Line, Part

NEWS_LASTS = timedelta(seconds=60)
"""How long the end of an action stays on the line."""

AGE_WIDTH = 11


class StatusLine(Horizontal):
    DEFAULT_CSS = """
    StatusLine { height: 1; background: $surface; padding: 0 1; }
    StatusLine #age { width: 11; margin-left: 1; }
    StatusLine #age.-long { width: 17; }
    """

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        yield Line(id="caption")
        yield Line(id="age")

    def show(self, parts: list[Part], snapshot: Snapshot, now: datetime) -> None:
        """The parts, then the news of the actions started from here."""
        self.query_one("#caption", Line).show(*parts, *self._news(snapshot, now))

    def show_age(self, age: Age) -> None:
        line = self.query_one("#age", Line)
        line.set_class(len(age.text) > AGE_WIDTH, "-long")
        line.show(Part(age.text, age.tone, bold=age.is_stale))

    def _news(self, snapshot: Snapshot, now: datetime) -> list[Part]:
        """The newest action: one under way before one that has ended."""
        recent = [
            each for each in snapshot.operations if each.is_open or now - each.changed < NEWS_LASTS
        ]
        if not recent:
            return []
        newest = max(recent, key=_weight)
        cell = operation_line(newest, now)
        symbol = cell.ascii_symbol if self._ascii else cell.symbol
        parts = [
            Part(symbol, cell.tone, gap=3),
            Part(shown(newest.runner_name, 40), Tone.NEUTRAL, bold=True),
            Part(cell.text, cell.tone),
        ]
        others = len(recent) - 1
        return [*parts, Part(f"(+{others})", Tone.MUTED)] if others else parts


def _weight(operation: Operation) -> tuple[bool, datetime]:
    return operation.is_open, operation.changed
