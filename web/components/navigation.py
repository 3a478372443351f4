"""The line on top of every page: the pages, whose fleet it is, who is signed in, the theme."""

from web.components.panel import Panel


class NavigationBar(Panel, script="navigation.js"):
    """Its value is a `Navigation`. The theme is the browser's own; signing out is a form, so that
    it works while nothing else does."""
