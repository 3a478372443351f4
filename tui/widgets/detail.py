"""One runner in full, as text: in the pane beside the table, and on a screen of its own."""

from rich.style import Style
from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from console.view.detail import Detail
from console.view.table import Cell
from console.view.tone import Palette, Tone
from tui.theme import palette_named

LABEL_WIDTH = 19


class DetailPane(VerticalScroll, can_focus=True):
    """Shows a `Detail`, or that there is none."""

    DEFAULT_CSS = """
    DetailPane { background: $surface; padding: 0 2; scrollbar-size-vertical: 1; }
    DetailPane Static { height: auto; }
    """

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ascii = ascii_only
        self._detail: Detail | None = None
        self._static = Static("", markup=False)

    def on_mount(self) -> None:
        self.mount(self._static)
        self.watch(self.app, "theme", self._draw, init=False)

    def show(self, detail: Detail | None) -> None:
        if detail != self._detail:
            self._detail = detail
            self._draw()

    def _draw(self) -> None:
        palette = palette_named(self.app.theme)
        if self._detail is None:
            self._static.update(Text("This runner is no longer in the account."))
        else:
            self._static.update(detail_text(self._detail, palette, ascii_only=self._ascii))


def detail_text(detail: Detail, palette: Palette, *, ascii_only: bool = False) -> Text:
    """The whole detail as styled text, for any width."""
    pen = _Pen(palette, ascii_only)
    pen.write(detail.title, bold=True)
    pen.write("\n")
    if detail.description:
        pen.write(f"{detail.description}\n", Tone.MUTED)
    pen.write("\n")
    for badge in detail.badges:
        pen.cell(badge, tinted=True)
        pen.write("  ")
    pen.write("\n")
    for line in detail.findings:
        symbol = line.ascii_symbol if ascii_only else line.symbol
        pen.write(f"\n{symbol} {line.sentence}\n", line.tone, bold=True)
        pen.write(f"  {line.remedy}\n", Tone.NEUTRAL)
    for section in detail.sections:
        pen.write(f"\n{section.title}\n", Tone.INFO, bold=True)
        for fact in section.facts:
            pen.write(f"  {fact.label:<{LABEL_WIDTH}}", Tone.MUTED)
            pen.cell(fact.cell)
            pen.write("\n")
    if detail.actions:
        pen.write("\nActions\n", Tone.INFO, bold=True)
    for action in detail.actions:
        tone = Tone.MUTED if action.refusal else Tone.NEUTRAL
        pen.write(f"  {action.key}  {action.label}\n", tone, bold=not action.refusal)
        if action.refusal:
            pen.write(f"     {action.refusal}\n", Tone.MUTED)
    if detail.operations:
        pen.write("\nDone from here\n", Tone.INFO, bold=True)
    for cell in detail.operations:
        pen.write("  ")
        pen.cell(cell)
        pen.write("\n")
    return pen.text


class _Pen:
    """Appends to one text in the palette's tones."""

    def __init__(self, palette: Palette, ascii_only: bool) -> None:
        self.text = Text()
        self._palette = palette
        self._ascii = ascii_only

    def write(self, text: str, tone: Tone = Tone.NEUTRAL, *, bold: bool = False) -> None:
        self.text.append(text, Style(color=self._palette.tones[tone].text, bold=bold))

    def cell(self, cell: Cell, *, tinted: bool = False) -> None:
        symbol = cell.ascii_symbol if self._ascii else cell.symbol
        said = f"{symbol} {cell.text}" if symbol else cell.text
        shade = self._palette.tones[cell.tone]
        if tinted:
            self.text.append(f" {said} ", Style(color=shade.text, bgcolor=shade.tint))
        else:
            self.text.append(said, Style(color=shade.text))
