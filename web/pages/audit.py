"""The audit for admins: who did or tried what, when and from where; by days, a page at a time, and
as a file."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import urlencode

from fastapi import FastAPI, Response
from nicegui import Client, ui
from nicegui.events import GenericEventArguments
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from console.access.access import Access
from console.access.audit import AuditPage as Entries
from console.access.audit import Outcome, What
from console.access.person import Person
from console.access.roles import Right
from console.fleet.snapshot import Snapshot
from console.session import Session
from console.view.audit import (
    TITLES,
    AuditFilter,
    audit_csv,
    audit_fields,
    audit_filter,
    audit_view,
)
from console.view.navigation import AUDIT
from console.view.settings_page import refused
from web.access.people import person_of
from web.components.audit_list import AuditList
from web.components.box import Box
from web.components.filter_fields import FilterFields
from web.components.page_top import PageTop
from web.feeds import Feeds
from web.frame import frame_beside
from web.pages.activity import csv_file, texts
from web.pages.refusal import refuse
from web.seat import Seat
from web.wire import Json, verdict_json

LINES = 100
MOST_IN_FILE = 20_000


def add_audit_page(session: Session, feeds: Feeds, access: Access | None) -> None:
    """Registers the page at /audit; what it is filtered by, and how far back it goes, is in its
    address."""

    @ui.page("/audit", title=f"{AUDIT.title} · Maia runners")
    def audit_page(client: Client, request: Request) -> None:
        person = person_of(request)
        with frame_beside(session, feeds, access, person, AUDIT):
            if not person.may(Right.MANAGE):
                refuse(client, feeds, access, person, AUDIT.title)
                return
            page = AuditPage(session, feeds, access, person, request.query_params)
        client.on_delete(page.close)


def add_audit_file(app: FastAPI, session: Session, access: Access | None) -> None:
    """Registers /audit.csv, which takes the same filter."""

    @app.get("/audit.csv")
    async def audit_file(request: Request) -> Response:
        person = person_of(request)
        if not person.may(Right.MANAGE) or access is None:
            if access is not None:
                said = refused(person)
                access.note_of(person, What.REQUEST_REFUSED, "audit.csv", said, Outcome.REFUSED)
            return PlainTextResponse(refused(person), 403)
        query = audit_filter(request.query_params).query(session.zone)
        entries = await access.audit(query, MOST_IN_FILE)
        return csv_file("audit", audit_csv(entries.entries))


class AuditPage:
    """What one tab looks at. The newest page is read again with each reading of the fleet."""

    def __init__(
        self,
        session: Session,
        feeds: Feeds,
        access: Access | None,
        person: Person,
        parameters: Mapping[str, str],
    ) -> None:
        self._session, self._feeds, self._access = session, feeds, access
        self._seat = Seat(session, person, access)
        self._wanted = audit_filter(parameters)
        self._before = _number(parameters.get("before", ""))
        self._taken = session.store.snapshot.taken
        with Box("top"):
            self._top = PageTop(verdict_json(feeds.overview), title=AUDIT.title)
            self._fields = FilterFields(self._fields_json()).on("filter", self._on_filter)
        with Box("page"):
            self._list = AuditList(_nothing_yet(), titles=TITLES)
        self._unwatch = feeds.watch(self._on_snapshot)
        self._reading = asyncio.create_task(self._read())

    def close(self) -> None:
        self._unwatch()
        self._reading.cancel()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._top.show(verdict_json(self._feeds.overview))
        if snapshot.taken != self._taken and self._before is None:
            self._taken = snapshot.taken
            self._read_again()

    def _on_filter(self, event: GenericEventArguments) -> None:
        self._wanted, self._before = audit_filter(texts(event.args)), None
        ui.navigate.history.replace(_address("audit", self._wanted))
        self._fields.show(self._fields_json())
        self._read_again()

    def _read_again(self) -> None:
        self._reading.cancel()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        """Asks anew whether whoever sits here may see it."""
        if self._access is None or not self._seat.may(Right.MANAGE):
            self._list.show(self._list_json(Entries()))
            return
        query = self._wanted.query(self._session.zone)
        self._list.show(self._list_json(await self._access.audit(query, LINES, self._before)))

    def _list_json(self, entries: Entries) -> Json:
        view = audit_view(entries, self._wanted, self._session.zone)
        older = "" if view.before is None else _address("audit", self._wanted, view.before)
        newest = "" if self._before is None else _address("audit", self._wanted)
        return asdict(view) | {"older": older, "newest": newest}

    def _fields_json(self) -> Json:
        return {
            "fields": [asdict(each) for each in audit_fields(self._wanted)],
            "caption": "",
            "file": _address("audit.csv", self._wanted),
        }


def _nothing_yet() -> Json:
    return {"days": [], "note": {"text": "", "tone": "muted"}, "older": "", "newest": ""}


def _address(path: str, wanted: AuditFilter, before: int | None = None) -> str:
    parameters = wanted.parameters | ({} if before is None else {"before": str(before)})
    said = urlencode(parameters)
    return f"{path}?{said}" if said else path


def _number(text: str) -> int | None:
    """A place in the audit, as an address has it; whatever else is the newest."""
    return int(text) if text.isdecimal() and len(text) <= 18 else None
