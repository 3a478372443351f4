"""The lines on top: whose fleet it is, how it stands, and the headline counts with their keys."""

from textual.app import ComposeResult
from textual.containers import Vertical

from console.view.overview import Overview
from console.view.tone import Tone
from tui.widgets.line import Line, Part

PRODUCT = "Maia runners"


class Headlines(Vertical):
    """Shows an `Overview`. Counts of nothing are left out where there is no room for all."""

    DEFAULT_CSS = """
    Headlines { height: 3; background: $surface; padding: 0 1; }
    Headlines #banner { display: none; background: $error 20%; }
    Headlines.-trouble { height: 4; }
    Headlines.-trouble #banner { display: block; }
    """

    def __init__(self, profile: str, *, read_only: bool, ascii_only: bool = False) -> None:
        super().__init__()
        self._profile = profile
        self._read_only = read_only
        self._ascii = ascii_only
        self._overview: Overview | None = None

    def compose(self) -> ComposeResult:
        yield Line(id="verdict")
        yield Line(id="counts")
        yield Line(id="more-counts")
        yield Line(id="banner")

    def show(self, overview: Overview) -> None:
        self._overview = overview
        title = [Part(PRODUCT, bold=True), Part(self._profile, Tone.INFO)]
        if self._read_only:
            title.append(Part("READ-ONLY", Tone.WARNING, bold=True, gap=2))
        verdict = Part(overview.verdict, overview.verdict_tone, bold=True, gap=3)
        self.query_one("#verdict", Line).show(*title, verdict)
        first, second = self._counts(overview)
        self.query_one("#counts", Line).show(*first)
        self.query_one("#more-counts", Line).show(*second)
        self.set_class(bool(overview.banner), "-trouble")
        self.query_one("#banner", Line).show(Part(overview.banner, Tone.CRITICAL, bold=True))

    def on_resize(self) -> None:
        if self._overview is not None:
            self.show(self._overview)

    def _counts(self, overview: Overview) -> tuple[list[Part], list[Part]]:
        """The counts on one line, else on two, then without those of nothing."""
        width = self.size.width - 2
        every = [self._count(overview, number) for number in range(len(overview.headlines))]
        if sum(map(_width, every)) <= width:
            return [part for count in every for part in count], []
        some = [each for each, line in zip(every, overview.headlines, strict=True) if line.count]
        lines: tuple[list[Part], list[Part]] = ([], [])
        used = 0
        for count in some:
            used += _width(count)
            lines[0 if used <= width else 1].extend(count)
        return lines

    def _count(self, overview: Overview, number: int) -> tuple[Part, Part]:
        headline = overview.headlines[number]
        symbol = "" if self._ascii or not headline.symbol else f"{headline.symbol} "
        return (
            Part(str(number + 1), Tone.MUTED, gap=2),
            Part(f"{symbol}{headline.count} {headline.label}", headline.tone),
        )


def _width(parts: tuple[Part, ...]) -> int:
    return sum(len(part.text) + part.gap for part in parts)
