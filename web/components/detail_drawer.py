"""One runner in full, in a drawer beside the table."""

from web.components.panel import Panel


class DetailDrawer(Panel, component="detail_drawer.js"):
    """Reports `close` and `act` (an action id). Shows nothing while its value is None."""
