"""The release calendar: a page, and a file that calendar programs can subscribe to."""

from dataclasses import asdict

from fastapi import FastAPI, Response
from nicegui import Client, ui
from starlette.requests import Request

from console.access.access import Access
from console.fleet.snapshot import Snapshot
from console.session import Session
from console.view.calendar_feed import calendar_feed
from console.view.navigation import RELEASES
from console.view.releases import Calendar, releases_view
from web.access.people import person_of
from web.address import USUAL_ORDER, Address
from web.components.box import Box
from web.components.page_top import PageTop
from web.components.release_calendar import ReleaseCalendar
from web.feeds import Feeds
from web.frame import frame_beside
from web.wire import Json, verdict_json


def add_releases_page(session: Session, feeds: Feeds, access: Access | None = None) -> None:
    """Registers the page at /releases."""

    @ui.page("/releases", title=f"{RELEASES.title} · Maia runners")
    def releases_page(client: Client, request: Request) -> None:
        with frame_beside(session, feeds, access, person_of(request), RELEASES):
            with Box("top"):
                top = PageTop(verdict_json(feeds.overview), title=RELEASES.title)
            with Box("page"):
                calendar = ReleaseCalendar(calendar_json(_calendar(session)))

        def on_snapshot(snapshot: Snapshot) -> None:
            top.show(verdict_json(feeds.overview))
            calendar.show(calendar_json(_calendar(session)))

        client.on_delete(feeds.watch(on_snapshot))


def add_calendar_file(app: FastAPI, session: Session) -> None:
    """Registers /releases.ics."""

    @app.get("/releases.ics")
    async def calendar_file() -> Response:
        store = session.store
        content = calendar_feed(store.snapshot, store.now, session.zone, session.name)
        headers = {"cache-control": "no-store"}
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def calendar_json(calendar: Calendar) -> Json:
    told = asdict(calendar)
    for line in told["lines"]:
        del line["line"]
        line["href"] = _address(line.pop("filter"))
        for each in line["coming"]:
            each["href"] = _address(each.pop("filter"), sort="leaves")
        for each in line["out"]:
            each["href"] = _address(each.pop("filter"))
        for each in (*line["coming"], *line["out"]):
            each["at"] = each["at"].isoformat()
    return told


def _address(text: str, sort: str = USUAL_ORDER) -> str:
    """Of the runners that a filter finds; "" without one."""
    return f".{Address(filter=text, sort=sort).url}" if text else ""


def _calendar(session: Session) -> Calendar:
    store = session.store
    return releases_view(store.snapshot, store.now, session.zone)
