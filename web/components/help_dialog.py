"""Help: a page's keys, the filter's fields and the symbols, from where they are defined. It also
listens to the keys, and tells the page's other scripts what is asked for."""

from dataclasses import asdict
from functools import lru_cache

from console.view.fields import FIELDS
from console.view.table import Column
from console.view.version_words import SUPPORT
from console.view.words import OFFLINE, STATUS
from web.components.panel import Panel
from web.keys import KeyGroup, key_groups, keys_anywhere
from web.wire import Json, cell_json


class HelpDialog(Panel, script="help_dialog.js"):
    """Opened by its key or by the page's button, in the browser alone."""

    def __init__(self, *, can_act: bool, columns: tuple[Column, ...]) -> None:
        super().__init__(_help_json(key_groups(can_act=can_act, columns=columns), has_fields=True))


class HelpAnywhere(Panel, script="help_dialog.js"):
    """The same on the pages beside the runners, where nothing is filtered by fields."""

    def __init__(self, *, has_filter: bool) -> None:
        super().__init__(_help_json(keys_anywhere(has_filter=has_filter), has_fields=False))


@lru_cache
def _help_json(groups: tuple[KeyGroup, ...], *, has_fields: bool) -> Json:
    cells = (*STATUS.values(), *OFFLINE.values(), *SUPPORT.values())
    fields = FIELDS.values() if has_fields else ()
    return {
        "groups": [_group_json(group) for group in groups],
        "fields": [(field.name, field.explains) for field in fields],
        "symbols": [cell_json(cell) for cell in cells],
    }


def _group_json(group: KeyGroup) -> Json:
    return {
        "title": group.title,
        "keys": [{**asdict(key), "label": key.label} for key in group.keys],
    }
