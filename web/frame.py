"""The shell of a page: its stylesheets and the theme that this browser chose."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

HEAD = """
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/static/console.css">
<script src="/static/theme.js"></script>
"""


@contextmanager
def page_frame() -> Iterator[None]:
    """Everything inside becomes the page, without NiceGUI's own spacing."""
    ui.add_head_html(HEAD)
    with ui.element("main").classes("console"):
        yield
