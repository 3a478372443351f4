"""One line of parts, each with its tone, that is written again only when it says something else."""

from dataclasses import dataclass

from rich.style import Style
from rich.text import Text
from textual.widgets import Static

from console.view.tone import Tone
from tui.theme import palette_named


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text in a tone. `gap` is how many spaces stand before it."""

    text: str
    tone: Tone = Tone.NEUTRAL
    bold: bool = False
    gap: int = 1


class Line(Static):
    """Shows parts side by side, cut at the end of the line."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes, markup=False)
        self.parts: tuple[Part, ...] = ()

    def show(self, *parts: Part) -> None:
        if parts != self.parts:
            self.parts = parts
            self.update(self._text(), layout=False)

    def on_mount(self) -> None:
        self.watch(self.app, "theme", self._repaint, init=False)

    def _repaint(self) -> None:
        self.update(self._text(), layout=False)

    def _text(self) -> Text:
        tones = palette_named(self.app.theme).tones
        text = Text(no_wrap=True, end="")
        for number, part in enumerate(self.parts):
            text.append(" " * (part.gap if number else 0))
            text.append(part.text, Style(color=tones[part.tone].text, bold=part.bold))
        return text
