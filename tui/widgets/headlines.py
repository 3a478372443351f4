"""The lines on top: whose fleet it is, how it stands, the counts with their keys, and what is wrong
with the reading of it, over the full width."""

from textwrap import wrap

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from console.view.headlines import Headline
from console.view.overview import Overview
from console.view.tone import Tone
from tui.widgets.banner import Banner
from tui.widgets.hits import part_at
from tui.widgets.line import Line, Part, parts_width
from tui.widgets.top import PRODUCT, READ_ONLY

PADDING = 2
OUTLOOK_LINES = 2
TALL, TALLER = 30, 42
"""Lines of the screen from which on the fleet's outlook is told in one, and in two."""

Count = tuple[Part, Part]


class Headlines(Vertical):
    """Shows an `Overview`. Where room is short the number of all runners goes first, because the
    sentence tells it too, then the counts of nothing."""

    DEFAULT_CSS = """
    Headlines { height: auto; background: $surface; }
    Headlines > Line { padding: 0 1; display: none; }
    Headlines > #verdict, Headlines > Line.-used { display: block; }
    """

    class Chosen(Message):
        """A count was clicked; `key` is the number beside it."""

        def __init__(self, key: int) -> None:
            super().__init__()
            self.key = key

    def __init__(self, profile: str, *, read_only: bool, ascii_only: bool = False) -> None:
        super().__init__()
        self._profile = profile
        self._read_only = read_only
        self._ascii = ascii_only
        self._overview: Overview | None = None

    def compose(self) -> ComposeResult:
        yield Line(id="verdict")
        for number in range(OUTLOOK_LINES):
            yield Line(id=f"outlook-{number}")
        yield Line(id="counts")
        yield Line(id="more-counts")
        yield Banner()

    def show(self, overview: Overview) -> None:
        self._overview = overview
        title = [Part(PRODUCT, bold=True), Part(self._profile, Tone.INFO, gap=2)]
        if self._read_only:
            title.append(READ_ONLY)
        verdict = Part(overview.verdict, overview.verdict_tone, bold=True, gap=3)
        self.query_one("#verdict", Line).show(*title, verdict)
        self._show_outlook(overview.outlook)
        first, second = self._lines_of_counts(overview)
        for name, parts in (("#counts", first), ("#more-counts", second)):
            line = self.query_one(name, Line)
            line.show(*parts)
            line.set_class(bool(parts), "-used")
        self.show_banner(overview.banner)

    def _show_outlook(self, text: str) -> None:
        """Only where the screen has lines to spare, and as a whole."""
        said = wrap(text, max(20, self.size.width - PADDING))
        height = self.app.size.height
        fits = len(said) <= (0 if height < TALL else 1 if height < TALLER else OUTLOOK_LINES)
        for number in range(OUTLOOK_LINES):
            line = self.query_one(f"#outlook-{number}", Line)
            line.show(*(Part(each, Tone.WARNING) for each in said[number : number + 1]))
            line.set_class(fits and number < len(said), "-used")

    def show_banner(self, text: str) -> None:
        """Shows what is wrong with the reading; "" for nothing."""
        self.query_one(Banner).show(text)

    def on_click(self, event: events.Click) -> None:
        for line in self.query(Line):
            if line.id in ("counts", "more-counts") and line.region.contains(*event.screen_offset):
                number = part_at(line.parts, event.screen_x - line.content_region.x)
                if number is not None:
                    key = line.parts[number - number % 2].text
                    self.post_message(self.Chosen(int(key.rstrip(")"))))

    def on_resize(self) -> None:
        if self._overview is not None:
            self.show(self._overview)

    def _lines_of_counts(self, overview: Overview) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        width = self.size.width - PADDING
        if not overview.headlines or not overview.headlines[0].count:
            return (), ()
        every = list(enumerate(overview.headlines, start=1))
        some = [(number, each) for number, each in every if each.count]
        for chosen in (every, every[1:], some[1:]):
            lines = self._filled(chosen, width)
            if lines is not None:
                return lines
        return self._joined(some[1:]), ()

    def _filled(
        self, numbered: list[tuple[int, Headline]], width: int
    ) -> tuple[tuple[Part, ...], tuple[Part, ...]] | None:
        """The counts on one line, else on two; None when two do not hold them."""
        for split in range(len(numbered), 0, -1):
            first, second = self._joined(numbered[:split]), self._joined(numbered[split:])
            if parts_width(first) <= width:
                return (first, second) if parts_width(second) <= width else None
        return None

    def _joined(self, numbered: list[tuple[int, Headline]]) -> tuple[Part, ...]:
        return tuple(part for number, each in numbered for part in self._count(number, each))

    def _count(self, number: int, headline: Headline) -> Count:
        symbol = "" if self._ascii or not headline.symbol else f"{headline.symbol} "
        said = f"{symbol}{headline.count} {headline.label}"
        key = f"{number})" if self._ascii else str(number)
        return Part(key, Tone.MUTED, gap=2), Part(said, headline.tone)
