"""The dialog before an action: what it would do to which runners, which are left out, and why."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from console.view.plan import PlanText, StepLine
from console.view.tone import Palette, Tone
from tui.theme import palette_named
from tui.widgets.line import Line, Part

INDENT = 2
MOST_LISTED = 100
"""How many runners are named one by one."""


class PlanBody(VerticalScroll):
    caret = Offset(0, 0)


class PlanScreen(ModalScreen[bool]):
    """Ends with True when the plan is agreed to."""

    DEFAULT_CSS = """
    PlanScreen { align: center middle; background: $background 60%; }
    PlanScreen > Vertical { width: 76; max-width: 96%; height: auto; max-height: 94%;
        background: $surface; border: round $border; padding: 0 1; }
    PlanScreen > Vertical > * { margin-top: 1; }
    PlanScreen #title, PlanScreen #question { height: auto; }
    PlanScreen VerticalScroll { height: auto; }
    PlanScreen VerticalScroll Static { height: auto; padding-right: 1; }
    PlanScreen Input { background: $panel; }
    PlanScreen #keys { margin: 1 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "agree", "Confirm"),
        Binding("escape,n", "dismiss(False)", "Cancel"),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
    ]

    def __init__(self, read: Callable[[], PlanText]) -> None:
        super().__init__()
        self._read = read
        self._plan = read()

    def show(self) -> None:
        """Draws what has become known meanwhile; what is asked stays the same."""
        plan, self._plan = self._plan, self._read()
        if self._plan != plan:
            self.query_one("#body", Static).update(self._body())

    def tick(self) -> None:
        """Nothing of it changes with time alone."""

    def compose(self) -> ComposeResult:
        palette = palette_named(self.app.theme)
        with Vertical():
            yield Static(_text(self._plan.title, palette, bold=True), markup=False, id="title")
            with PlanBody():
                yield Static(self._body(), markup=False, id="body")
            if self._plan.type_to_confirm:
                yield Input(placeholder=f"type {self._plan.type_to_confirm} to confirm")
            if self._plan.question and self._plan.refused:
                yield Static(_text(self._plan.question, palette), markup=False, id="question")
            yield Line(id="keys")

    def _body(self) -> Group:
        return Group(*plan_body(self._plan, palette_named(self.app.theme)))

    def on_mount(self) -> None:
        self.query_one("#keys", Line).show(*_keys(self._plan))
        if self._plan.type_to_confirm:
            self.query_one(Input).focus()
        self.on_resize()

    def on_resize(self) -> None:
        """The body scrolls, so that the keys are always in sight."""
        around = 7 + 4 * bool(self._plan.type_to_confirm) + 2 * bool(self._plan.refused)
        body = self.query_one(PlanBody)
        body.styles.max_height = max(3, self.size.height * 94 // 100 - around)

    def action_scroll(self, by: int) -> None:
        self.query_one(PlanBody).scroll_relative(y=by, animate=False)

    def action_agree(self) -> None:
        """With nothing to agree to, it only closes; what must be typed is not skipped by a key."""
        if not self._plan.question:
            self.dismiss(False)
        elif not self._plan.type_to_confirm:
            self.dismiss(True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() == self._plan.type_to_confirm:
            self.dismiss(True)


def plan_body(plan: PlanText, palette: Palette) -> Iterator[RenderableType]:
    """The plan below its title: for all, for each, and who is left out."""
    is_alone = len(plan.allowed) + len(plan.refused) == 1
    parts = [_for_all(plan, palette)] if plan.shared else []
    if plan.allowed:
        parts.append(_for_each(plan.allowed, palette, is_alone=is_alone))
    if plan.refused:
        parts.append(_left_out(plan, palette, is_alone=is_alone))
    for number, part in enumerate(parts):
        yield from [""] * bool(number)
        yield part


def _for_all(plan: PlanText, palette: Palette) -> RenderableType:
    title = _text(plan.shared_title, palette, bold=True)
    return Group(title, *_indented(plan.shared, palette))


def _for_each(steps: tuple[StepLine, ...], palette: Palette, *, is_alone: bool) -> RenderableType:
    if is_alone:
        return Group(*_apart([_text(each, palette) for each in steps[0].sentences]))
    lines: list[RenderableType] = []
    for step in steps[:MOST_LISTED]:
        lines.append(_text(step.name, palette, bold=True))
        lines += _indented(step.sentences, palette)
    return Group(*lines, *_more(steps, palette))


def _indented(sentences: tuple[str, ...], palette: Palette) -> list[RenderableType]:
    return [Padding(_text(each, palette), (0, 0, 0, INDENT)) for each in sentences]


def _left_out(plan: PlanText, palette: Palette, *, is_alone: bool) -> RenderableType:
    steps = plan.refused
    if is_alone:
        return _text(" ".join(steps[0].sentences), palette, Tone.WARNING)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=28, no_wrap=True, overflow="ellipsis")
    grid.add_column(ratio=1)
    for step in steps[:MOST_LISTED]:
        reason = _text(" ".join(step.sentences), palette, Tone.MUTED)
        grid.add_row(_text(step.name, palette), reason)
    title = _text(plan.left_out, palette, Tone.WARNING, bold=True)
    return Group(title, grid, *_more(steps, palette))


def _more(steps: tuple[StepLine, ...], palette: Palette) -> Iterator[Text]:
    if len(steps) > MOST_LISTED:
        yield _text(f"… and {len(steps) - MOST_LISTED} more", palette, Tone.MUTED)


def _apart(texts: list[Text]) -> list[RenderableType]:
    """With an empty line between each two."""
    spaced: list[RenderableType] = []
    for text in texts:
        spaced += ["", text] if spaced else [text]
    return spaced


def _text(text: str, palette: Palette, tone: Tone = Tone.NEUTRAL, *, bold: bool = False) -> Text:
    return Text(text, Style(color=palette.tones[tone].text, bold=bold))


def _keys(plan: PlanText) -> list[Part]:
    if not plan.question:
        return [Part("Esc", Tone.INFO, bold=True), Part("close")]
    agree = [Part("Enter", Tone.INFO, bold=True), Part(plan.confirm)]
    return [*agree, Part("Esc", Tone.INFO, bold=True, gap=3), Part("cancel")]
