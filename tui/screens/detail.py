"""One runner on a screen of its own, where the terminal is too narrow for a pane."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from tui.bindings import DETAIL, SCROLLING, bindings
from tui.copying import CopyCycle
from tui.derived_keys import ACTING
from tui.screens.frame import draw_age, draw_frame, framed
from tui.screens.history import HistoryScreen
from tui.screens.record import RecordScreen
from tui.widgets.action_keys import ActionKeys
from tui.widgets.detail import DetailPane

if TYPE_CHECKING:
    from tui.desk import Desk


class DetailScreen(Screen[None]):
    DEFAULT_CSS = "DetailScreen DetailPane { height: 1fr; padding: 1 1 0 2; }"
    key_groups = (DETAIL, ACTING, SCROLLING)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DETAIL, ACTING)]

    def __init__(self, desk: "Desk", runner_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._runner_id = runner_id
        self._copying = CopyCycle()
        self.title = desk.crumb_of(runner_id, "")

    @property
    def home(self) -> DetailPane:
        return self.query_one(DetailPane)

    @property
    def targets(self) -> tuple[str, ...]:
        return (self._runner_id,)

    def compose(self) -> ComposeResult:
        desk = self._desk
        pane = DetailPane(keymap=desk.keymap, ascii_only=desk.ascii_only)
        others = (("detail.history", "history"), ("detail.json", "JSON"), ("detail.back", "back"))
        yield from framed(desk, pane, *others)

    def on_mount(self) -> None:
        self.home.focus()
        self.show()

    def show(self) -> None:
        """Draws the newest of it."""
        session = self._desk.session
        detail = session.detail(self._runner_id)
        session.look_up(self._runner_id)
        self.home.show(detail)
        self.query_one(ActionKeys).show_actions(detail.actions if detail else ())
        draw_frame(self, self._desk)

    def tick(self) -> None:
        """Draws what time alone changes."""
        draw_age(self, self._desk)

    def action_json(self) -> None:
        self._desk.open_screen(RecordScreen(self._desk, self._runner_id))

    def action_history(self) -> None:
        self._desk.open_screen(HistoryScreen(self._desk, self._runner_id))

    def action_copy(self) -> None:
        from tui.commands import copy

        copy(self._desk, self.targets, self._copying.next(self.targets))
