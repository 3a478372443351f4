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

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.parts: tuple[Part, ...] = ()

    @property
    def said(self) -> str:
        """What stands on the line, uncut."""
        return "".join(" " * (part.gap if number else 0) + part.text for number, part in self._each)

    def show(self, *parts: Part) -> None:
        if parts == self.parts:
            return
        before, self.parts = self.parts, parts
        start, end = self._differing(_letters(before), _letters(parts))
        if start < end:
            self.refresh(Region(start, 0, end - start, 1))

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
        return Strip(segments).adjust_cell_length(width, ground)

    def on_mount(self) -> None:
        self.watch(self.app, "theme", self._repaint, init=False)

    def _repaint(self) -> None:
        self.refresh()

    @property
    def _each(self) -> enumerate[Part]:
        return enumerate(self.parts)

    def _differing(self, before: "Letters", after: "Letters") -> tuple[int, int]:
        """The cells from the first to the last that look different. Those of letters that take
        another number of cells than one are not told apart."""
        width = self.size.width
        is_plain = all(letter[0].isascii() for letter in (*before, *after))
        fits = is_plain and len(before) == len(after) <= width
        if not is_plain:
            return 0, width
        same = _common(before, after)
        if not fits:
            return min(same, width - 1), width
        return same, len(after) - _common(before[::-1], after[::-1])


Letters = list[tuple[str, Tone, bool]]


def _letters(parts: tuple[Part, ...]) -> Letters:
    return [
        (letter, part.tone, part.bold)
        for number, part in enumerate(parts)
        for letter in " " * (part.gap if number else 0) + part.text
    ]


def _common(before: Letters, after: Letters) -> int:
    """How many letters at the start are the same."""
    pairs = enumerate(zip(before, after, strict=False))
    shortest = min(len(before), len(after))
    return next((place for place, (old, new) in pairs if old != new), shortest)
