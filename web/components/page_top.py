"""The top of a page: what it is about, how the fleet stands, and what is wrong with reading it."""

from web.components.panel import Panel


class PageTop(Panel, component="page_top.js"):
    """Its value is the verdict with its tone, and the banner. A page that is about something else
    has a `title`, beside which the verdict stands."""
