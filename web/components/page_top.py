"""The top of the page: whose fleet it is, how it stands, the counts, the filter, and the banner."""

from web.components.panel import Panel
from web.wire import Json


class PageTop(Panel, component="page_top.js"):
    """Reports `filter` (the text as typed)."""

    def beat(self, taken: float | None) -> None:
        """When the fleet was last read, in milliseconds since 1970; the page counts the age."""
        self.run_method("beat", taken)

    def show_filter(self, state: Json) -> None:
        self.run_method("showFilter", state)
