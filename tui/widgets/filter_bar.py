"""The filter while it is typed: the text, how it can go on, and where it is wrong."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from console.view.filter import completions
from console.view.query import Typing
from console.view.tone import Tone
from tui.widgets.line import Line, Part

PROMPT = 2
"""Cells before the first character of the text."""


class FilterBar(Vertical):
    """Posts `Changed` with the new state at each keystroke."""

    DEFAULT_CSS = """
    FilterBar { height: auto; display: none; background: $surface; }
    FilterBar.-open { display: block; }
    FilterBar Input, FilterBar Input:focus { padding: 0 2; background: $surface; }
    FilterBar Line { display: none; background: $surface; }
    FilterBar.-wrong Line { display: block; }
    """

    class Changed(Message):
        def __init__(self, typing: Typing) -> None:
            super().__init__()
            self.typing = typing

    class Closed(Message):
        pass

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.typing = Typing()

    def compose(self) -> ComposeResult:
        yield Input(
            placeholder="filter, such as  status:running -auto:on prod",
            suggester=GrammarSuggester(),
            compact=True,
        )
        yield Line()

    def open(self) -> None:
        self.add_class("-open")
        self.query_one(Input).focus()

    def clear(self) -> None:
        """Empties the filter and hides the bar."""
        self.remove_class("-open")
        self.say("")

    def say(self, text: str) -> None:
        """Puts a text there as if it had been typed."""
        self.query_one(Input).value = text
        self.set_class(bool(text) or self.query_one(Input).has_focus, "-open")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self.typing.text:
            return
        self.typing = self.typing.typed(event.value)
        self.set_class(bool(self.typing.error), "-wrong")
        if self.typing.error:
            place = " " * (PROMPT + (self.typing.error_at or 0))
            self.query_one(Line).show(
                Part(f"{place}^ {self.typing.error}", Tone.WARNING),
            )
        self.post_message(self.Changed(self.typing))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Closed())


class GrammarSuggester(Suggester):
    """The first way the core knows to go on."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=False)

    async def get_suggestion(self, value: str) -> str | None:
        known = completions(value)
        return known[0] if value and known else None
