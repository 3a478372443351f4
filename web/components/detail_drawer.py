"""One runner in full, with its timeline as a chart."""

import nicegui.elements.echart  # noqa: F401, its chart library becomes a module for scripts

from web.components.panel import Panel


class DetailDrawer(Panel, script="detail_drawer.js"):
    """Reports `close`, `act` (an action's id) and `record`, when the runner's JSON is wanted. Its
    value is None while no runner is open."""

    @property
    def title(self) -> str:
        """What the runner is called that is open; "" while none is."""
        return str(self._value["title"]) if self._value else ""

    def tell_record(self, runner_id: str, text: str) -> None:
        """The JSON of a runner, as it is at this moment."""
        self.run_method("tellRecord", runner_id, text)
