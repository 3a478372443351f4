"""Help: the page's keys, the filter's fields and the symbols, from where they are defined. It also
listens to the keys, and tells the page's other scripts what is asked for."""

from dataclasses import asdict
from functools import lru_cache

from console.view.fields import FIELDS
from console.view.table import Column
from console.view.version_words import SUPPORT
from console.view.words import OFFLINE, STATUS
from web.components.panel import Panel
from web.keys import KeyGroup, key_groups
from web.wire import Json, cell_json


class HelpDialog(Panel, script="help_dialog.js"):
    """Opened by its key or by the page's button, in the browser alone."""

    def __init__(self, *, can_act: bool, columns: tuple[Column, ...]) -> None:
        super().__init__(_help_json(can_act=can_act, columns=columns))


@lru_cache
def _help_json(*, can_act: bool, columns: tuple[Column, ...]) -> Json:
    cells = (*STATUS.values(), *OFFLINE.values(), *SUPPORT.values())
    return {
        "groups": [_group_json(group) for group in key_groups(can_act=can_act, columns=columns)],
        "fields": [(field.name, field.explains) for field in FIELDS.values()],
        "symbols": [cell_json(cell) for cell in cells],
    }


def _group_json(group: KeyGroup) -> Json:
    return {
        "title": group.title,
        "keys": [{**asdict(key), "label": key.label} for key in group.keys],
    }
