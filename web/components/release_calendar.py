"""The calendar of releases, line by line."""

from web.components.panel import Panel


class ReleaseCalendar(Panel, component="release_calendar.js"):
    """Shows a `Calendar`."""
