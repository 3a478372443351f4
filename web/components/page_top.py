"""The top of the page: whose fleet it is, how it stands, and what is wrong with reading it."""

from web.components.panel import Panel


class PageTop(Panel, component="page_top.js"):
    """Its value is the verdict with its tone, and the banner. The theme is the browser's own."""
