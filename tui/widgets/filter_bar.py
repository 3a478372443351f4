"""The filter while it is typed: the text, how it can go on, and where it is wrong."""

from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from console.view.filter import RUNNERS, Subject, completions
from console.view.query import Typing
from console.view.tone import Tone
from tui.bindings import FILTERING, bindings
from tui.recall import Recall
from tui.widgets.field import Field
from tui.widgets.line import Line, Part

PROMPT = 3
"""Cells before the first character of the text."""

EXAMPLE = "status:running -auto:on version<10.1290 prod*"
"""For runners."""


class FilterBar(Vertical):
    """Posts `Changed` with the new state at each keystroke, `Closed` on enter."""

    DEFAULT_CSS = """
    FilterBar { height: auto; display: none; background: $panel; }
    FilterBar.-open { display: block; }
    FilterBar Horizontal { height: 1; }
    FilterBar #prompt { width: 3; padding-left: 1; }
    FilterBar Field, FilterBar Field:focus { padding: 0; background: $panel; width: 1fr; }
    FilterBar #count { width: auto; min-width: 20; margin-left: 1; }
    FilterBar .error { display: none; }
    FilterBar .error.-used { display: block; }
    """

    class Changed(Message):
        def __init__(self, typing: Typing) -> None:
            super().__init__()
            self.typing = typing

    class Closed(Message):
        """`text` is what is in force, to be remembered."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FILTERING)]

    def __init__(
        self, *, subject: Subject = RUNNERS, example: str = EXAMPLE, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.typing = Typing(subject=subject)
        self._example = example
        self._recall = Recall()

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Line(id="prompt")
            suggester = GrammarSuggester(self.typing.subject)
            yield Field(placeholder=self._example, suggester=suggester, compact=True)
            yield Line(id="count")
        for number in range(2):
            yield Line(id=f"error-{number}", classes="error")

    def on_mount(self) -> None:
        self.query_one("#prompt", Line).show(Part("/", Tone.INFO, bold=True))

    def open(self, recall: Recall) -> None:
        """`recall` is what was filtered by before."""
        self._recall = recall
        self.add_class("-open")
        self.screen.set_focus(self.query_one(Input))

    def clear(self) -> None:
        """Empties the filter and hides the bar."""
        self.say("")
        self.remove_class("-open")

    def say(self, text: str) -> None:
        """Puts a text there as if it had been typed."""
        self.query_one(Input).value = text
        self.set_class(bool(text) or self.query_one(Input).has_focus, "-open")

    def show_count(self, said: str) -> None:
        """How many match what is typed."""
        self.query_one("#count", Line).show(Part(said, Tone.MUTED))

    def action_older(self) -> None:
        self._recall = self._recall.older(self.query_one(Input).value)
        self._put(self._recall.text)

    def action_newer(self) -> None:
        self._recall = self._recall.newer()
        self._put(self._recall.text)

    def _put(self, text: str) -> None:
        self.query_one(Input).value = text
        self.query_one(Input).cursor_position = len(text)

    def on_resize(self) -> None:
        self._show_error()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self.typing.text:
            return
        self.typing = self.typing.typed(event.value)
        self._show_error()
        self.post_message(self.Changed(self.typing))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Closed("" if self.typing.error else event.value))

    def _show_error(self) -> None:
        """A caret below the fault; the sentence beside it, or below it where it does not fit."""
        typing, width = self.typing, self.size.width
        lines = _error_lines(typing, width - 1) if typing.error else []
        for number in range(2):
            line = self.query_one(f"#error-{number}", Line)
            line.show(*(Part(each, Tone.WARNING) for each in lines[number : number + 1]))
            line.set_class(number < len(lines), "-used")


def _error_lines(typing: Typing, width: int) -> list[str]:
    place = PROMPT + (typing.error_at or 0)
    beside = f"{' ' * place}^ {typing.error}"
    if len(beside) <= width:
        return [beside]
    indent = " " * PROMPT
    below = wrap(typing.error, max(20, width - PROMPT), max_lines=1, placeholder=" …")
    return [f"{' ' * min(place, width - 1)}^", *(f"{indent}{each}" for each in below)]


class GrammarSuggester(Suggester):
    """The first way the core knows to go on."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(use_cache=False, case_sensitive=False)
        self._subject = subject

    async def get_suggestion(self, value: str) -> str | None:
        known = completions(value, self._subject)
        return known[0] if value and known else None
