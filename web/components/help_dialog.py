"""Help: the page's keys, the filter's fields and the symbols, from where they are defined."""

from console.view.fields import FIELDS
from console.view.version_words import SUPPORT
from console.view.words import OFFLINE, STATUS
from web.components.panel import Panel
from web.wire import cell_json

KEYS = (
    ("↑ ↓", "move"),
    ("Enter", "details"),
    ("space", "select"),
    ("shift click", "select up to here"),
    ("/", "filter"),
    ("Tab", "take the suggested word"),
    ("Esc", "one step back"),
    ("?", "this help"),
)


class HelpDialog(Panel, component="help_dialog.js"):
    """Opened by its key or by the page's button, in the browser alone."""

    def __init__(self) -> None:
        cells = (*STATUS.values(), *OFFLINE.values(), *SUPPORT.values())
        super().__init__(
            {
                "keys": KEYS,
                "fields": [(field.name, field.explains) for field in FIELDS.values()],
                "symbols": [cell_json(cell) for cell in cells],
            }
        )
