"""One line of parts in tones; only what follows the first difference is written again."""

from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from console.view.tone import Tone
from tui.theme import palette_named
from tui.widgets.columns import fitted


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text in a tone. `gap` is how many spaces stand before it."""

    text: str
    tone: Tone = Tone.NEUTRAL
    bold: bool = False
    gap: int = 1


def parts_width(parts: tuple[Part, ...]) -> int:
    """In cells, without the gap before the first."""
    return sum(
        cell_len(part.text) + (part.gap if number else 0) for number, part in enumerate(parts)
    )


class Line(Widget):
    """Shows parts side by side, cut with "…" at the end of the line."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None, to_the_right: bool = False) -> None:
        super().__init__(id=id)
        self.parts: tuple[Part, ...] = ()
        self._to_the_right = to_the_right

    @property
    def said(self) -> str:
        """What stands on the line, uncut."""
        return "".join(" " * (part.gap if number else 0) + part.text for number, part in self._each)

    def show(self, *parts: Part) -> None:
        if parts == self.parts:
            return
        before, self.parts = self.parts, parts
        start = 0 if self._to_the_right else _common_cells(before, parts)
        width = self.size.width
        if start < width:
            self.refresh(Region(start, 0, width - start, 1))

    def render_line(self, y: int) -> Strip:
        ground, width = self.rich_style, self.size.width
        if y > 0 or width < 1:
            return Strip.blank(width, ground)
        tones = palette_named(self.app.theme).tones
        segments = []
        free = width
        for number, part in self._each:
            text = " " * (part.gap if number else 0) + part.text
            if cell_len(text) > free:
                text = fitted(text, free)
            style = ground + Style(color=tones[part.tone].text, bold=part.bold)
            segments.append(Segment(text, style))
            free -= cell_len(text)
            if free <= 0:
                break
        if self._to_the_right:
            segments.insert(0, Segment(" " * free, ground))
        return Strip(segments).adjust_cell_length(width, ground)

    def on_mount(self) -> None:
        self.watch(self.app, "theme", self._repaint, init=False)

    def _repaint(self) -> None:
        self.refresh()

    @property
    def _each(self) -> enumerate[Part]:
        return enumerate(self.parts)


def _common_cells(before: tuple[Part, ...], after: tuple[Part, ...]) -> int:
    """How many cells at the start look the same."""
    cells = 0
    for number, (old, new) in enumerate(zip(before, after, strict=False)):
        if (old.tone, old.bold, old.gap) != (new.tone, new.bold, new.gap):
            return cells
        cells += new.gap if number else 0
        if old.text != new.text:
            pairs = zip(old.text, new.text, strict=False)
            same = next((i for i, (a, b) in enumerate(pairs) if a != b), None)
            end = min(len(old.text), len(new.text)) if same is None else same
            return max(0, cells + cell_len(new.text[:end]) - 1)
        cells += cell_len(new.text)
    return max(0, cells - 1)
