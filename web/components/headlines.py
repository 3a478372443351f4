"""The counts, each a switch for the filter that lists what it counts."""

from web.components.panel import Panel


class Headlines(Panel, script="headlines.js"):
    """Reports `filter` (the text to filter by). Its value is the counts and the text in force."""
