"""The runner table: a virtual list that gets changed cells only, and long ones by HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.view.table import Column
from web.components.panel import Panel
from web.wire import Json, columns_json


@dataclass(frozen=True, slots=True)
class TableStart:
    """What a table shows at first: its beginning, the address that the rest comes from, the keys of
    the chosen columns (none for as many as fit), and the ids of the selected runners."""

    rows: Json
    source: str
    sort: str
    descending: bool
    columns: tuple[Column, ...]
    chosen: tuple[str, ...]
    selected: tuple[str, ...]
    selectable: bool


class RunnerTable(Panel, script="runner_table.js"):
    """Reports `sort` (a column key), `open` (a runner id), `select` (runner ids, or "all"),
    `act` (the key of an action, and the id of the runner under the cursor) and `back`."""

    def __init__(self, start: TableStart) -> None:
        super().__init__(
            start.rows,
            source=start.source,
            sort=start.sort,
            descending=start.descending,
            columns=columns_json(start.columns),
            chosen=start.chosen,
            selection=start.selected,
            selectable=start.selectable,
        )

    def replace(self, table: Json, source: str, sort: str, descending: bool) -> None:
        """Another table: its beginning, and the address that the rest comes from."""
        self._value = table
        self.run_method("replace", table, source, sort, descending)

    def patch(self, message: Json) -> None:
        """What changed, as `web.wire.delta_json` makes it."""
        self.run_method("patch", message)

    def select(self, runner_ids: Iterable[str]) -> None:
        """Which runners are selected now, instead of those that were."""
        self.run_method("select", list(runner_ids))

    def choose(self, keys: Iterable[str]) -> None:
        """Which columns are shown from now on; none for as many as fit."""
        self.run_method("choose", list(keys))
