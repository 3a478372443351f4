"""The shell of every page but the wall: stylesheets, the theme that this browser chose, and the
line that leads from page to page and says who is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from nicegui import ui

from console.access.person import Person
from console.session import Session
from console.view.navigation import RUNNERS, PageLink, navigation
from web.components.box import Box
from web.components.navigation import NavigationBar
from web.outbox import join_calls
from web.page_files import head
from web.shell import shell_html


@contextmanager
def page_frame(session: Session, person: Person, current: PageLink = RUNNERS) -> Iterator[None]:
    """Everything inside becomes the page's `main`, below the navigation; it is boxes and panels."""
    client = ui.context.client
    ui.add_head_html(head())
    join_calls(client)
    with Box("console") as shell:
        told = navigation(person, current, profile=session.name, is_read_only=session.is_read_only)
        NavigationBar(asdict(told))
        with Box("main", "main"):
            yield
    client.request.state.shell = shell_html(shell)
