"""One runner on a screen of its own, where the terminal is too narrow for a pane."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from console.view.overview import data_age
from tui.bindings import ACTION_BINDINGS
from tui.widgets.action_keys import ActionKeys
from tui.widgets.detail import DetailPane
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from console.session import Session


class DetailScreen(Screen[str | None]):
    """Ends with the key of an action to do to the runner, or None."""

    DEFAULT_CSS = "DetailScreen DetailPane { height: 1fr; padding: 1 1 0 2; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss(None)", "Back"),
        *ACTION_BINDINGS,
    ]

    def __init__(self, session: "Session", runner_id: str, *, ascii_only: bool) -> None:
        super().__init__()
        self._session = session
        self._runner_id = runner_id
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        yield DetailPane(ascii_only=self._ascii)
        yield ActionKeys(("Esc", "back"))
        yield StatusLine(ascii_only=self._ascii)

    def on_mount(self) -> None:
        self.query_one(DetailPane).focus()
        self.show()

    def show(self) -> None:
        """Draws the newest of it."""
        store, detail = self._session.store, self._session.detail(self._runner_id)
        self._session.look_up(self._runner_id)
        self.query_one(DetailPane).show(detail)
        self.query_one(ActionKeys).show_actions(detail.actions if detail else ())
        self.query_one(StatusLine).show([], store.snapshot, store.now)
        self.tick()

    def tick(self) -> None:
        """Draws what time alone changes."""
        store = self._session.store
        self.query_one(StatusLine).show_age(data_age(store.snapshot, store.now))

    def action_act(self, key: str) -> None:
        if not self._session.is_read_only:
            self.dismiss(key)
