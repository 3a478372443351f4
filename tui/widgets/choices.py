"""A list to choose from. Where the cursor is shows by a sign too, as in the fleet table, since not
every terminal has a colour for it."""

from collections.abc import Iterable

from rich.text import Text
from textual.geometry import Offset
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from console.view.tone import Tone
from tui.theme import palette_named
from tui.widgets.pen import Pen

HALF_BLOCK, ASCII = "▌", ">"
GUTTER = 2


class Choices(OptionList):
    """Its options are texts, never markup."""

    DEFAULT_CSS = """
    Choices > .option-list--option-highlighted, Choices:focus > .option-list--option-highlighted {
        background: $selection; color: $foreground; text-style: none; }
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(markup=False)
        self._ascii = ascii_only
        self._texts: tuple[Text, ...] = ()
        self._signed: int | None = None

    def fill(self, texts: Iterable[Text]) -> None:
        self._texts = tuple(texts)
        self.add_options(Option(self._prompt(number)) for number in range(len(self._texts)))

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        before, self._signed = self._signed, highlighted
        for number in {before, highlighted} - {None}:
            if number is not None and number < len(self._texts):
                self.replace_option_prompt_at_index(number, self._prompt(number))

    @property
    def caret(self) -> Offset:
        return Offset(GUTTER, (self.highlighted or 0) - int(self.scroll_offset.y))

    def _prompt(self, number: int) -> Text:
        palette = palette_named(self.app.theme)
        sign = HALF_BLOCK if palette.has_tints and not self._ascii else ASCII
        shown = sign if number == self._signed else " "
        pen = Pen(palette, self._ascii)
        return pen.joined(pen.text(shown, Tone.INFO, bold=True), self._texts[number], gap=1)
