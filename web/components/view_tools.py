"""Which columns are shown, how dense, and the views that are saved in this browser."""

from collections.abc import Iterable

from web.components.panel import Panel
from web.components.runner_table import TableStart
from web.wire import columns_json


class ViewTools(Panel, script="view_tools.js"):
    """Reports `columns` (keys, none for as many as fit) and `view` (the address of a saved one).
    Saved views are the browser's: each is an address, which the server would not know better, and
    works where nobody signs in. `who` keeps those of several people apart."""

    def __init__(self, start: TableStart, *, who: str) -> None:
        super().__init__(
            {"chosen": list(start.chosen)}, columns=columns_json(start.columns), who=who
        )

    def choose(self, keys: Iterable[str]) -> None:
        self.show({"chosen": list(keys)})
