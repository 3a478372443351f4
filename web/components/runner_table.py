"""The runner table: a virtual list that gets changed cells only, and long ones by HTTP."""

from collections.abc import Iterable

from web.components.panel import Panel
from web.wire import Json


class RunnerTable(Panel, component="runner_table.js"):
    """Reports `sort` (a column key), `open` (a runner id) and `select` (runner ids, or "all")."""

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
