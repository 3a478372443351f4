"""Every action, once. Keys, palette entries, buttons, sub-commands and help are derived from it."""

from collections.abc import Sequence
from datetime import datetime

from console.actions.action import Action
from console.actions.auto_update import AUTO_UPDATE_OFF, AUTO_UPDATE_ON
from console.actions.pause import PAUSE, RESUME
from console.actions.plan import plan
from console.actions.restart import RESTART
from console.actions.track import USE_CURRENT, USE_STABLE
from console.actions.update import UPDATE
from console.fleet.snapshot import Snapshot

ACTIONS: tuple[Action, ...] = (
    UPDATE,
    RESTART,
    PAUSE,
    RESUME,
    USE_CURRENT,
    USE_STABLE,
    AUTO_UPDATE_ON,
    AUTO_UPDATE_OFF,
)


def action_by_id(action_id: str) -> Action:
    """Raises KeyError for an id that is not in the catalogue."""
    return _BY_ID[action_id]


def fitting_action(
    key: str, runner_ids: Sequence[str], snapshot: Snapshot, now: datetime
) -> Action:
    """Of the actions that share a key, the one that fits the most of these runners (pause or
    resume, for instance); the first in the catalogue when several fit equally many.

    Raises KeyError for a key that no action has.
    """
    choices = [action for action in ACTIONS if action.key == key]
    if not choices:
        raise KeyError(key)
    return max(choices, key=lambda action: len(plan(action, runner_ids, snapshot, now).allowed))


_BY_ID = {action.id: action for action in ACTIONS}
