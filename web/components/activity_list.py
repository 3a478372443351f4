"""What was done, by days, with what is under way on top."""

from web.components.panel import Panel


class ActivityList(Panel, script="activity_list.js"):
    """Its value is an `Activity` with the progress of the plans under way."""
