"""What is wrong with the reading of the fleet, over the full width; a click tells more."""

from textwrap import wrap

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from console.view.tone import Tone
from tui.widgets.line import Line, Part

LINES = 3
PADDING = 2


class Banner(Vertical):
    """Takes no room while nothing is wrong."""

    DEFAULT_CSS = """
    Banner { height: auto; background: $critical-tint; }
    Banner Line { display: none; padding: 0 1; background: $critical-tint; }
    Banner Line.-used { display: block; }
    """

    class Opened(Message):
        pass

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def compose(self) -> ComposeResult:
        for number in range(LINES):
            yield Line(id=f"banner-{number}")

    def show(self, text: str) -> None:
        """ "" for nothing wrong."""
        self._text = text
        said = wrap(text, max(20, self.app.size.width - PADDING), max_lines=LINES)
        for number in range(LINES):
            line = self.query_one(f"#banner-{number}", Line)
            line.show(*(Part(each, Tone.CRITICAL, bold=True) for each in said[number : number + 1]))
            line.set_class(number < len(said), "-used")

    def on_resize(self) -> None:
        self.show(self._text)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Opened())
