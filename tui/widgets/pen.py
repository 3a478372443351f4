"""Makes text in the palette's tones, for all that is written as text and not painted."""

from rich.style import Style
from rich.table import Table
from rich.text import Text

from console.view.table import Cell
from console.view.timeline_drawing import Parts
from console.view.tone import Palette, Tone


class Pen:
    """Makes text in the palette's tones."""

    def __init__(self, palette: Palette, ascii_only: bool) -> None:
        self._palette = palette
        self._ascii = ascii_only

    def text(self, text: str, tone: Tone = Tone.NEUTRAL, *, bold: bool = False) -> Text:
        return Text(text, Style(color=self._palette.tones[tone].text, bold=bold))

    def pieces(self, line: Parts) -> Text:
        tones = self._palette.tones
        pieces = [(text, Style(color=tones[tone].text)) for text, tone in line]
        return Text.assemble(*pieces, no_wrap=True)

    def heading(self, text: str) -> Text:
        return self.text(text, Tone.INFO, bold=True)

    def symbol(self, cell: Cell) -> Text:
        """Only the mark of a cell, in its tone."""
        return self.text(cell.ascii_symbol if self._ascii else cell.symbol, cell.tone)

    def cell(self, cell: Cell, *, tinted: bool = False) -> Text:
        symbol = cell.ascii_symbol if self._ascii else cell.symbol
        said = f"{symbol} {cell.text}" if symbol else cell.text
        shade = self._palette.tones[cell.tone]
        if tinted:
            return Text(f" {said} ", Style(color=shade.text, bgcolor=shade.tint))
        return Text(said, Style(color=shade.text))

    def joined(self, *texts: Text, gap: int = 2) -> Text:
        """Side by side, each in its own style."""
        return Text(" " * gap).join(texts)

    def rows(self, pairs: list[tuple[Text, Text]], *, width: int) -> Table:
        """Two columns, the second with a hanging indent."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=width)
        grid.add_column(ratio=1, overflow="fold")
        for pair in pairs:
            grid.add_row(*pair)
        return grid
