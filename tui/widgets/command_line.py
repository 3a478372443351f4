"""The command line: what is typed after a colon, how it can go on, and what is wrong with it."""

from collections.abc import Callable
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from console.view.command_completions import command_completions
from console.view.commands import Command, command_reading
from console.view.tone import Tone
from tui.bindings import COMMANDING, bindings
from tui.recall import Recall
from tui.widgets.field import Field
from tui.widgets.line import Line, Part, parts_width

if TYPE_CHECKING:
    from console.session import Session

TOLD = 3
"""Lines of a sentence on what is wrong."""


class CommandLine(Vertical):
    """Posts `Given` with a command that can be read; what cannot stays there, with the reason."""

    DEFAULT_CSS = """
    CommandLine { height: auto; background: $panel; }
    CommandLine Horizontal { height: 1; }
    CommandLine #colon { width: 3; padding-left: 1; }
    CommandLine Field, CommandLine Field:focus { padding: 0; background: $panel; width: 1fr; }
    CommandLine .told { display: none; padding: 0 3; }
    CommandLine .told.-used { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDING)]

    class Given(Message):
        """`line` is what was typed, to be remembered."""

        def __init__(self, command: Command, line: str) -> None:
            super().__init__()
            self.command = command
            self.line = line

    class Closed(Message):
        pass

    def __init__(
        self, session: "Session", recall: Recall, text: str = "", *, profiles: tuple[str, ...] = ()
    ) -> None:
        """`profiles` are the names of those that there are to open."""
        super().__init__()
        self._profiles = profiles
        self._session = session
        self._recall = recall
        self._text = text
        self._ways: tuple[str, ...] = ()
        self._chosen: int | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Line(id="colon")
            yield Field(
                self._text, suggester=CommandSuggester(self._ways_on), compact=True, id="command"
            )
        for number in range(TOLD):
            yield Line(id=f"told-{number}", classes="told")

    def on_mount(self) -> None:
        self.query_one("#colon", Line).show(Part(":", Tone.INFO, bold=True))
        typed = self.query_one(Input)
        typed.select_on_focus = False
        typed.cursor_position = len(self._text)
        self._offer()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._chosen is None or event.value != self._ways[self._chosen]:
            self._chosen = None
            self._offer()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        session = self._session
        command, error = command_reading(
            event.value, session.store.snapshot, read_only=session.is_read_only
        )
        if error:
            self._tell(*wrap(error, max(20, self.size.width - 6)), tone=Tone.WARNING)
        elif command is None:
            self.post_message(self.Closed())
        else:
            self.post_message(self.Given(command, event.value))

    def action_close(self) -> None:
        self.post_message(self.Closed())

    def action_older(self) -> None:
        self._recall = self._recall.older(self.query_one(Input).value)
        self._put(self._recall.text)

    def action_newer(self) -> None:
        self._recall = self._recall.newer()
        self._put(self._recall.text)

    def action_complete(self, by: int) -> None:
        """Goes round the ways to go on; with one way, takes it."""
        if not self._ways:
            return
        before = -1 if self._chosen is None and by > 0 else self._chosen or 0
        self._chosen = (before + by) % len(self._ways)
        self._put(self._ways[self._chosen])
        if len(self._ways) == 1:
            self._chosen = None
        self._offer()

    def _put(self, text: str) -> None:
        typed = self.query_one(Input)
        typed.value = text
        typed.cursor_position = len(text)

    def _ways_on(self, text: str) -> tuple[str, ...]:
        session = self._session
        return command_completions(
            text,
            session.store.snapshot,
            read_only=session.is_read_only,
            profiles=self._profiles,
        )

    def _offer(self) -> None:
        """The ways to go on, as many as fit the line; the chosen one is always among them."""
        if self._chosen is None:
            self._ways = self._ways_on(self.query_one(Input).value)
        first = max(0, (self._chosen or 0) - 2)
        parts: tuple[Part, ...] = ()
        for number, way in enumerate(self._ways[first:], start=first):
            is_chosen = number == self._chosen
            tone = Tone.INFO if is_chosen else Tone.MUTED
            longer = (*parts, Part(_end(way), tone, bold=is_chosen, gap=2))
            if parts and parts_width(longer) > self.size.width - 6:
                break
            parts = longer
        self._show(*([parts] if parts else []))

    def _tell(self, *lines: str, tone: Tone) -> None:
        self._show(*((Part(line, tone),) for line in lines))

    def _show(self, *lines: tuple[Part, ...]) -> None:
        for number in range(TOLD):
            line = self.query_one(f"#told-{number}", Line)
            line.show(*(lines[number] if number < len(lines) else ()))
            line.set_class(number < len(lines), "-used")


def _end(way: str) -> str:
    """What differs between the ways: the argument, or the command where there is none."""
    name, _, argument = way.partition(" ")
    return argument or name


class CommandSuggester(Suggester):
    """The likeliest way to go on, behind what is typed."""

    def __init__(self, ways: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._ways = ways

    async def get_suggestion(self, value: str) -> str | None:
        ways = self._ways(value) if value else ()
        return ways[0].rstrip() if ways else None
