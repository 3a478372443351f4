"""What the console says of what was just asked of it, until the next key or a while has passed."""

from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import Vertical

from console.view.tone import Tone
from tui.widgets.line import Line, Part

LINES = 4
LASTS = 12.0
"""Seconds after which it goes by itself."""


class Notice(Vertical):
    """Made with its text, and taken away as a whole."""

    DEFAULT_CSS = """
    Notice { height: auto; background: $panel; padding: 0 1; }
    """

    def __init__(self, text: str, tone: Tone) -> None:
        super().__init__()
        self.text = text
        self._tone = tone

    def compose(self) -> ComposeResult:
        for _ in self._wrapped():
            yield Line()

    def on_mount(self) -> None:
        for line, text in zip(self.query(Line), self._wrapped(), strict=False):
            line.show(Part(text, self._tone, bold=True))
        self.set_timer(LASTS, self.remove)

    def _wrapped(self) -> list[str]:
        width = max(20, self.app.size.width - 2)
        return wrap(self.text, width, max_lines=LINES, placeholder=" …")
