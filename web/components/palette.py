"""One field for everything: runners, pages, filters, and what can be done."""

from web.components.panel import Panel


class Palette(Panel, script="palette.js"):
    """Reports `find` (the typed text and the names of saved views) and `choose` (the kind and id of
    an entry that the server knows). Its value is the entries for a text."""
