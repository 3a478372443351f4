"""The lines on top: whose fleet it is, how it stands, and the headline counts with their keys."""

from textual.app import ComposeResult
from textual.containers import Vertical

from console.view.overview import Overview
from console.view.tone import Tone
from tui.widgets.line import Line, Part

PRODUCT = "Maia runners"


class Headlines(Vertical):
    """Shows an `Overview`. Counts of nothing are left out where the line is too short for them."""

    DEFAULT_CSS = """
    Headlines { height: 3; background: $surface; padding: 0 1; }
    Headlines #banner { display: none; background: $error 20%; }
    Headlines.-trouble { height: 4; }
    Headlines.-trouble #banner { display: block; }
    Headlines #rule { color: $border; }
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
        yield Line(id="banner")
        yield Line(id="rule")

    def show(self, overview: Overview) -> None:
        self._overview = overview
        title = [Part(PRODUCT, bold=True), Part(self._profile, Tone.INFO)]
        if self._read_only:
            title.append(Part("READ-ONLY", Tone.WARNING, bold=True, gap=2))
        verdict = Part(overview.verdict, overview.verdict_tone, bold=True, gap=3)
        self.query_one("#verdict", Line).show(*title, verdict)
        self.query_one("#counts", Line).show(*self._counts(overview))
        self.set_class(bool(overview.banner), "-trouble")
        self.query_one("#banner", Line).show(Part(overview.banner, Tone.CRITICAL, bold=True))

    def on_resize(self) -> None:
        if self._overview is not None:
            self.show(self._overview)

    def _counts(self, overview: Overview) -> tuple[Part, ...]:
        every = tuple(self._parts(overview, leave_out_zero=False))
        if sum(len(part.text) + part.gap for part in every) <= self.size.width:
            return every
        return tuple(self._parts(overview, leave_out_zero=True))

    def _parts(self, overview: Overview, *, leave_out_zero: bool) -> list[Part]:
        parts: list[Part] = []
        for number, headline in enumerate(overview.headlines, start=1):
            if leave_out_zero and not headline.count:
                continue
            symbol = "" if self._ascii or not headline.symbol else f"{headline.symbol} "
            parts.append(Part(str(number), Tone.MUTED, gap=2))
            parts.append(Part(f"{symbol}{headline.count} {headline.label}", headline.tone))
        return parts
