"""The runner under the cursor, beside the table. What only details tell is looked up where the
cursor rests, not where it passes."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.keymap import Keymap
from tui.widgets.detail import DetailPane

if TYPE_CHECKING:
    from console.session import Session

RESTS = 0.3
"""Seconds after which the cursor counts as resting."""


class SidePane(DetailPane):
    def __init__(self, *, keymap: Keymap, ascii_only: bool, id: str | None = None) -> None:
        super().__init__(keymap=keymap, ascii_only=ascii_only, id=id)
        self._resting: Timer | None = None

    def follow(self, session: "Session", runner_id: str | None) -> None:
        self.show(session.detail(runner_id or ""))
        if self._resting is not None:
            self._resting.stop()
        if runner_id is not None:
            self._resting = self.set_timer(RESTS, lambda: session.look_up(runner_id))
