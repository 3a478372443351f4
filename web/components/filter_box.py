"""The filter while it is typed: how it can go on, and where it is wrong."""

from web.components.panel import Panel


class FilterBox(Panel, script="filter_box.js"):
    """Reports `filter` (the text as typed). Its value is that text with its error and endings."""
