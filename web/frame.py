"""The shell of every page but the wall: stylesheets, the theme that this browser chose, and the
line that leads from page to page and says who is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from nicegui import ui

from console.access.person import Person
from console.session import Session
from console.view.navigation import RUNNERS, PageLink, navigation
from web.components.navigation import NavigationBar
from web.page_files import head


@contextmanager
def page_frame(session: Session, person: Person, current: PageLink = RUNNERS) -> Iterator[None]:
    """Everything inside becomes the page's `main`, below the navigation. Both stand beside what
    NiceGUI has for content, which stays empty: that is a `main`, and the navigation is in none."""
    ui.add_head_html(head())
    with ui.context.client.layout, ui.element("div").classes("console"):
        told = navigation(person, current, profile=session.name, is_read_only=session.is_read_only)
        NavigationBar(asdict(told))
        with ui.element("main").classes("main").props('id="content" tabindex="-1"'):
            yield
