"""From an action that was asked for to one that was agreed to: the plan, the dialog, the start."""

from collections.abc import Callable, Iterable

from console.actions.catalogue import ACTIONS
from console.actions.plan import Plan
from console.view.plan import plan_text
from web.components.plan_dialog import PlanDialog
from web.seat import Seat
from web.wire import plan_json

BY_ID = {action.id: action for action in ACTIONS}


class Ceremony:
    """At most one plan at a time. `started` is told the ids of the runners of one that began."""

    def __init__(self, seat: Seat, started: Callable[[frozenset[str]], None]) -> None:
        self._seat = seat
        self._started = started
        self._pending: Plan | None = None
        self.dialog = PlanDialog(None)

    def begin(self, action_id: str, runner_ids: Iterable[str]) -> None:
        """Asks, or does it at once where that is safe. What no action is called does nothing."""
        action = BY_ID.get(action_id)
        ids = tuple(runner_ids)
        if action is None or not ids:
            return
        self._pending = self._seat.plan(action, ids)
        text = plan_text(self._pending)
        if text.needs_asking or not self._pending.allowed:
            self.dialog.show(plan_json(self._pending, text))
        else:
            self._start(self._pending)

    def agree(self, typed: str) -> None:
        """Does it, if what had to be typed was."""
        if self._pending is None or not self._pending.allowed:
            return
        if typed == plan_text(self._pending).type_to_confirm:
            self._start(self._pending)

    def cancel(self) -> None:
        self._pending = None
        self.dialog.show(None)

    def refresh(self) -> None:
        """What has become known of a plan since it was opened; what is asked stays the same."""
        if self._pending is not None:
            self._pending = self._seat.with_usage(self._pending)
            self.dialog.show(plan_json(self._pending, plan_text(self._pending)))

    def _start(self, agreed: Plan) -> None:
        refusal = self._seat.start(agreed)
        if refusal:
            self.dialog.show(plan_json(agreed, plan_text(agreed), refusal))
            self._pending = None
            return
        self.cancel()
        self._started(frozenset(step.runner.id for step in agreed.allowed))
