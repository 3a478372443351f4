"""The calendar of releases, line by line."""

from web.components.panel import Panel


class ReleaseCalendar(Panel, script="release_calendar.js"):
    """Shows a `Calendar`."""
