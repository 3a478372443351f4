"""What was done from consoles: what is under way on top with its progress, then day by day."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Response
from nicegui import Client, ui
from nicegui.events import GenericEventArguments
from starlette.requests import Request

from console.access.access import Access
from console.fleet.snapshot import Snapshot
from console.session import Session
from console.view.activity import activity_view, ended_actions, plans_under_way
from console.view.activity_filter import (
    ActivityFilter,
    activity_caption,
    activity_fields,
    activity_filter,
)
from console.view.activity_records import activity_csv
from console.view.navigation import ACTIVITY
from web.access.people import person_of
from web.components.activity_list import ActivityList
from web.components.box import Box
from web.components.filter_fields import FilterFields
from web.components.page_top import PageTop
from web.feeds import Feeds
from web.frame import frame_beside
from web.recorded import Recorded
from web.wire import Json, verdict_json

MOST_LINES = 200
"""How many of those that have ended are sent to a page; the file has all."""


def add_activity_page(
    session: Session, feeds: Feeds, recorded: Recorded, access: Access | None = None
) -> None:
    """Registers the page at /activity; what it is filtered by is in its address."""

    @ui.page("/activity", title=f"{ACTIVITY.title} · Maia runners")
    def activity_page(client: Client, request: Request) -> None:
        wanted = activity_filter(request.query_params)
        with frame_beside(session, feeds, access, person_of(request), ACTIVITY):
            client.on_delete(ActivityPage(session, feeds, recorded, wanted).close)


def add_activity_file(app: FastAPI, session: Session, recorded: Recorded) -> None:
    """Registers /activity.csv, which takes the same filter."""

    @app.get("/activity.csv")
    async def activity_file(request: Request) -> Response:
        wanted = activity_filter(request.query_params)
        text = activity_csv(session.store.snapshot, await recorded.for_file(), wanted)
        return csv_file("activity", text)


def csv_file(name: str, text: str) -> Response:
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="{name}.csv"',
    }
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


class ActivityPage:
    """What one tab looks at."""

    def __init__(
        self, session: Session, feeds: Feeds, recorded: Recorded, wanted: ActivityFilter
    ) -> None:
        self._session, self._feeds, self._recorded = session, feeds, recorded
        self._wanted = wanted
        self._basis: object = None
        recorded.want()
        with Box("top"):
            self._top = PageTop(verdict_json(feeds.overview), title=ACTIVITY.title)
            self._fields = FilterFields(self._fields_json()).on("filter", self._on_filter)
        with Box("page"):
            self._list = ActivityList(self._list_json())
        self.close = feeds.watch(self._on_snapshot)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._recorded.want()
        self._top.show(verdict_json(self._feeds.overview))
        basis = (snapshot.operations, self._recorded.history, self._now())
        if basis != self._basis:
            self._basis = basis
            self._show()

    def _now(self) -> object:
        """What the words depend on: the second while something is under way, else the day."""
        store = self._session.store
        if any(each.is_open for each in store.snapshot.operations):
            return store.now
        return store.now.astimezone(self._session.zone).date()

    def _show(self) -> None:
        self._fields.show(self._fields_json())
        self._list.show(self._list_json())

    def _on_filter(self, event: GenericEventArguments) -> None:
        self._wanted = activity_filter(texts(event.args))
        ui.navigate.history.replace(_address("activity", self._wanted))
        self._show()

    def _fields_json(self) -> Json:
        session, wanted = self._session, self._wanted
        ended = ended_actions(session.store.snapshot, self._recorded.history)
        passing = sum(wanted.lets_pass(each) for each in ended)
        accounts = session.profiles if len(session.profiles) > 1 else ()
        return {
            "fields": [asdict(each) for each in activity_fields(wanted, ended, accounts)],
            "caption": activity_caption(passing, len(ended)),
            "file": _address("activity.csv", wanted),
        }

    def _list_json(self) -> Json:
        store, history = self._session.store, self._recorded.history
        told = activity_view(
            store.snapshot, history, store.now, self._session.zone, self._wanted, MOST_LINES
        )
        plans = plans_under_way(store.snapshot) if told.running else ()
        return asdict(told) | {"progress": [asdict(each) for each in plans]}


def texts(sent: Any) -> Mapping[str, str]:
    """What a browser sent, as far as it is texts by name."""
    if not isinstance(sent, Mapping):
        return {}
    return {name: text for name, text in sent.items() if isinstance(text, str)}


def _address(path: str, wanted: ActivityFilter) -> str:
    said = urlencode(wanted.parameters)
    return f"{path}?{said}" if said else path
