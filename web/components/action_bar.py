"""What can be done to the selected runners."""

from web.components.panel import Panel


class ActionBar(Panel, component="action_bar.js"):
    """Reports `act` (an action id) and `unselect`. Its value is a count and action lines."""
