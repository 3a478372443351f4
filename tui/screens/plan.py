"""The dialog before an action: what it would do to which runners, which are left out, and why."""

from collections.abc import Iterator
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from console.view.plan import PlanText
from console.view.tone import Palette, Tone
from tui.theme import palette_named


class PlanScreen(ModalScreen[bool]):
    """Ends with True when the plan is agreed to."""

    DEFAULT_CSS = """
    PlanScreen { align: center middle; background: $background 60%; }
    PlanScreen > Vertical { width: 76; max-width: 96%; height: auto; max-height: 90%;
        background: $surface; border: round $border; padding: 1 2; }
    PlanScreen VerticalScroll { height: auto; max-height: 24; scrollbar-size-vertical: 1; }
    PlanScreen Static { height: auto; }
    PlanScreen Input { margin-top: 1; }
    PlanScreen #keys { margin-top: 1; color: $muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "agree", "Confirm"),
        Binding("escape,n", "dismiss(False)", "Cancel"),
    ]

    def __init__(self, plan: PlanText) -> None:
        super().__init__()
        self._plan = plan

    def compose(self) -> ComposeResult:
        palette = palette_named(self.app.theme)
        with Vertical():
            yield Static(_title(self._plan, palette), markup=False)
            with VerticalScroll():
                yield Static(plan_body(self._plan, palette), markup=False)
            if self._plan.type_to_confirm:
                yield Input(placeholder=f"type {self._plan.type_to_confirm} to confirm")
            yield Static(self._keys(palette), id="keys", markup=False)

    def action_agree(self) -> None:
        if self._plan.question and not self._plan.type_to_confirm:
            self.dismiss(True)
        elif not self._plan.question:
            self.dismiss(False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() == self._plan.type_to_confirm:
            self.dismiss(True)

    def _keys(self, palette: Palette) -> Text:
        accent = Style(color=palette.accent, bold=True)
        muted = Style(color=palette.tones[Tone.MUTED].text)
        if not self._plan.question:
            return Text.assemble(("Esc", accent), (" close", muted))
        return Text.assemble(
            ("Enter", accent),
            (f" {self._plan.confirm}    ", muted),
            ("Esc", accent),
            (" cancel", muted),
        )


def plan_body(plan: PlanText, palette: Palette) -> Text:
    """The plan below its title."""
    return Text("\n").join(_lines(plan, palette))


def _title(plan: PlanText, palette: Palette) -> Text:
    return Text(plan.title, Style(color=palette.tones[Tone.NEUTRAL].text, bold=True))


def _lines(plan: PlanText, palette: Palette) -> Iterator[Text]:
    tones = {tone: Style(color=shade.text) for tone, shade in palette.tones.items()}
    if not plan.question:
        yield Text("\nNothing can be done.", tones[Tone.WARNING])
    for sentence in plan.shared:
        yield Text(f"\n{sentence}", tones[Tone.NEUTRAL])
    alone = len(plan.allowed) == 1 and not plan.refused
    for step in plan.allowed:
        if not alone:
            yield Text(f"\n{step.name}", Style(color=palette.tones[Tone.NEUTRAL].text, bold=True))
        for sentence in step.sentences:
            indent = "\n" if alone else "  "
            yield Text(f"{indent}{sentence}", tones[Tone.NEUTRAL])
    if plan.refused:
        yield Text(f"\nLeft out: {len(plan.refused)}", tones[Tone.WARNING])
    for step in plan.refused:
        yield Text(f"  {step.name}: {' '.join(step.sentences)}", tones[Tone.MUTED])
