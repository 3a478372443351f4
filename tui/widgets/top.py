"""The top of a screen that is not the table: whose fleet, where one is, and what is wrong with the
reading of it."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from console.view.tone import Tone
from tui.widgets.banner import Banner
from tui.widgets.hits import part_at
from tui.widgets.line import Line, Part

PRODUCT = "Maia runners"
READ_ONLY = Part("READ-ONLY", Tone.WARNING, bold=True, gap=2)


class Top(Vertical):
    """Breadcrumbs, of which each but the last leads back when it is clicked."""

    DEFAULT_CSS = """
    Top { height: auto; background: $surface; }
    Top #crumbs { padding: 0 1; }
    """

    class Left(Message):
        """For the screen at this place of the breadcrumbs, counted from 0."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, profile: str, *, read_only: bool, ascii_only: bool = False) -> None:
        super().__init__()
        self._head = [Part(PRODUCT, bold=True), Part(profile, Tone.INFO, gap=2)]
        self._head += [READ_ONLY] * read_only
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        yield Line(id="crumbs")
        yield Banner()

    def show(self, crumbs: Sequence[str], banner: str) -> None:
        parts = list(self._head)
        for number, crumb in enumerate(crumbs):
            if number:
                parts.append(Part(">" if self._ascii else "›", Tone.MUTED))
            is_last = number == len(crumbs) - 1
            tone = Tone.NEUTRAL if is_last else Tone.MUTED
            parts.append(Part(crumb, tone, bold=is_last, gap=1 if number else 3))
        self.query_one("#crumbs", Line).show(*parts)
        self.query_one(Banner).show(banner)

    def on_click(self, event: events.Click) -> None:
        line = self.query_one("#crumbs", Line)
        number = part_at(line.parts, event.screen_x - line.content_region.x)
        if number is not None and number >= len(self._head):
            self.post_message(self.Left((number - len(self._head)) // 2))
