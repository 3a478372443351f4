"""The keys that come from the core: one for each kind of action, a letter for each column; and
which keys are in force at the same time."""

from collections.abc import Iterable

from console.actions.catalogue import ACTIONS
from console.view.columns import COLUMNS, COLUMNS_WITH_ACCOUNT, SORT_LETTERS
from console.view.table import Column
from tui.bindings import (
    ACTIVITY,
    COMMANDING,
    DETAIL,
    EVERYWHERE,
    FILTERING,
    HISTORY,
    JSON,
    PAGE,
    PROFILES,
    RUNNERS,
    SCROLLING,
    TABLE,
    Key,
    KeyGroup,
)

ACTION_KEYS: dict[str, str] = {}
for _action in ACTIONS:
    if _action.key in ACTION_KEYS:
        ACTION_KEYS[_action.key] += f", or {_action.label[0].lower()}{_action.label[1:]}"
    else:
        ACTION_KEYS[_action.key] = _action.label
"""What each action key of the catalogue does: "Pause, or resume"."""


def action_key_id(key: str) -> str:
    """The id of an action key of the catalogue: "actions.pause"."""
    return f"actions.{next(action.command for action in ACTIONS if action.key == key)}"


ACTING = KeyGroup(
    "Act on the marked runners, else on the one under the cursor",
    tuple(
        Key(action_key_id(key), key, f"app.act('{key}')", label)
        for key, label in ACTION_KEYS.items()
    ),
)


def _sorting(columns: Iterable[Column]) -> tuple[Key, ...]:
    return tuple(
        Key(f"sort.{column.key}", letter, f"sort_by('{column.key}')", f"by {column.title.lower()}")
        for column in columns
        if (letter := SORT_LETTERS.get(column.key))
    )


SORTING = KeyGroup("Sort, and again to reverse", _sorting(COLUMNS))

SORTING_ACCOUNTS = KeyGroup(
    "Sort, where several accounts are open",
    _sorting(column for column in COLUMNS_WITH_ACCOUNT if column not in COLUMNS),
)

TOGETHER: tuple[tuple[KeyGroup, ...], ...] = (
    (ACTING, RUNNERS, TABLE, SORTING, SORTING_ACCOUNTS, EVERYWHERE),
    (ACTING, DETAIL, SCROLLING, EVERYWHERE),
    (PAGE, PROFILES, EVERYWHERE),
    (PAGE, SCROLLING, EVERYWHERE),
    (ACTIVITY, SCROLLING, EVERYWHERE),
    (JSON, SCROLLING, EVERYWHERE),
    (HISTORY, SCROLLING, EVERYWHERE),
    (FILTERING,),
    (COMMANDING,),
)
"""Groups that are in force at the same time: within each, no key may mean two things."""
