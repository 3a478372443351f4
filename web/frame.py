"""The shell of every page but the wall: stylesheets, the theme that this browser chose, and the
line that leads from page to page and says who is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from nicegui import ui

from console.access.access import Access
from console.access.person import Person
from console.session import Session
from console.view.navigation import ACTIVITY, AUDIT, RUNNERS, PageLink, navigation
from web.components.box import Box
from web.components.help_dialog import HelpAnywhere
from web.components.navigation import NavigationBar
from web.feeds import Feeds
from web.finder import Guide
from web.outbox import join_calls
from web.page_files import head
from web.seat import Seat
from web.shell import shell_html

FILTERED = (ACTIVITY, AUDIT)
"""The pages beside the runners that have a filter."""


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


@contextmanager
def frame_beside(
    session: Session, feeds: Feeds, access: Access | None, person: Person, current: PageLink
) -> Iterator[None]:
    """The same for a page beside the runners, which has no palette and no help of its own."""
    with page_frame(session, person, current):
        yield
        Guide(Seat(session, person, access), session.store, feeds, current)
        HelpAnywhere(has_filter=current in FILTERED)
