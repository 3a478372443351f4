"""What somebody sees whose role does not allow a page: one sentence, and 403."""

from nicegui import Client

from console.access.access import Access
from console.access.audit import Outcome, What
from console.access.person import Person
from console.view.settings_page import refused
from web.components.box import Box
from web.components.page_top import PageTop
from web.feeds import Feeds
from web.wire import verdict_json


def refuse(client: Client, feeds: Feeds, access: Access | None, person: Person, title: str) -> None:
    """Becomes the page, and is told to the audit."""
    client.status_code = 403
    if access is not None:
        access.note_of(person, What.REQUEST_REFUSED, title, refused(person), Outcome.REFUSED)
    with Box("top"):
        PageTop(verdict_json(feeds.overview), title=title)
    with Box("page"):
        Box("note", text=refused(person))
