"""One runner in full, as text: in the pane beside the table, and on a screen of its own."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.widgets import Static

from console.view.detail import Detail
from console.view.history import HistoryView
from console.view.timeline_drawing import timeline_lines
from console.view.tone import Palette, Tone
from tui.keymap import Keymap
from tui.theme import palette_named
from tui.widgets.pen import Pen

LABEL_WIDTH = 19
CLOCK_WIDTH = 10
NARROW = 30
DEFAULT_KEYS = Keymap()
MOST_DAYS = 10
"""How many days of history are told here."""


class DetailPane(VerticalScroll, can_focus=True):
    """Shows a `Detail`, or that there is none."""

    DEFAULT_CSS = """
    DetailPane { background: $surface; padding: 0 1 0 2; scrollbar-size-vertical: 1;
                 scrollbar-gutter: stable; }
    DetailPane Static { height: auto; }
    """
    caret = Offset(0, 0)

    def __init__(
        self, *, keymap: Keymap = DEFAULT_KEYS, ascii_only: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._keymap = keymap
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
            width = max(NARROW, self.scrollable_content_region.width)
            text = detail_lines(
                self._detail, palette, ascii_only=self._ascii, width=width, keymap=self._keymap
            )
            self._static.update(text)

    def on_resize(self) -> None:
        """The timeline is drawn for one width."""
        if self._detail is not None and self._detail.timeline is not None:
            self._draw()


def detail_lines(
    detail: Detail,
    palette: Palette,
    *,
    ascii_only: bool = False,
    width: int = NARROW,
    keymap: Keymap = DEFAULT_KEYS,
) -> Group:
    """The whole detail; only the timeline has a width of its own."""
    pen = Pen(palette, ascii_only)
    parts: list[RenderableType] = [pen.text(detail.title, bold=True)]
    if detail.description:
        parts.append(pen.text(detail.description, Tone.MUTED))
    badges = Text("  ").join(pen.cell(badge, tinted=True) for badge in detail.badges)
    parts += ["", badges]
    for line in detail.findings:
        symbol = line.ascii_symbol if ascii_only else line.symbol
        sentence = pen.text(line.sentence, line.tone, bold=True)
        parts += ["", pen.rows([(pen.text(symbol, line.tone), sentence)], width=1)]
        parts.append(Padding(pen.text(line.remedy), (0, 0, 0, 2)))
    if detail.timeline is not None:
        drawn = timeline_lines(detail.timeline, width, ascii_only=ascii_only)
        parts += ["", pen.heading("Timeline"), *(pen.pieces(line) for line in drawn)]
    for section in detail.sections:
        facts = [(pen.text(fact.label, Tone.MUTED), pen.cell(fact.cell)) for fact in section.facts]
        parts += ["", pen.heading(section.title), pen.rows(facts, width=LABEL_WIDTH)]
    if detail.history is not None:
        told = history_text(detail.history, pen, MOST_DAYS, keymap.first("detail.history"))
        parts += ["", pen.heading("History"), *told]
    if detail.actions:
        parts += ["", pen.heading("Actions")]
        parts.append(_actions(detail, pen, keymap))
    if detail.operations:
        parts += ["", pen.heading("Done from here"), *map(pen.cell, detail.operations)]
    return Group(*parts)


def _actions(detail: Detail, pen: Pen, keymap: Keymap) -> RenderableType:
    rows = []
    for action in detail.actions:
        key, is_refused = keymap.of_action(action.key), bool(action.refusal)
        label = pen.text(action.label, bold=True)
        if is_refused:
            label = pen.text(f"{action.label}\n{action.refusal}", Tone.MUTED)
        tone = Tone.MUTED if is_refused else Tone.INFO
        rows.append((pen.text(key, tone, bold=not is_refused), label))
    return pen.rows(rows, width=max(len(key.plain) for key, _ in rows))


def history_text(
    history: HistoryView, pen: Pen, most: int, key: str = ""
) -> Iterator[RenderableType]:
    """The history's newest days, at most so many; the others are told under a key."""
    for day in history.days[:most]:
        yield pen.text(day.title, Tone.MUTED)
        lines = [(pen.text(line.clock, Tone.MUTED), pen.cell(line.cell)) for line in day.lines]
        yield pen.rows(lines, width=CLOCK_WIDTH)
    if len(history.days) > most:
        yield pen.text(f"Older entries: {key}", Tone.MUTED)
    elif history.more:
        yield pen.text("Older entries: maia-console history", Tone.MUTED)
    if not history.days or history.note.tone is not Tone.MUTED:
        yield pen.cell(history.note)
