"""The settings: one's own account and, for admins, users, tokens, sign-ins, profiles and
notifications. What is sent back is checked by `web.management`, each time anew."""

import asyncio
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from nicegui import Client, ui
from nicegui.events import GenericEventArguments
from starlette.requests import Request

from console.access.access import Access
from console.access.person import Person
from console.fleet.snapshot import Snapshot
from console.session import Session
from console.view.navigation import SETTINGS
from console.view.settings_page import (
    NOTIFICATIONS,
    PROFILES,
    SectionLink,
    SettingsView,
    section_named,
    sections_for,
)
from web.access.people import person_of
from web.components.box import Box
from web.components.page_top import PageTop
from web.components.settings_panel import SettingsPanel
from web.deeds import Answer, Sent
from web.feeds import Feeds
from web.frame import frame_beside
from web.management import Management
from web.pages.refusal import refuse
from web.profile_reading import notifications_told, profiles_told
from web.seat import Seat
from web.settings_view import settings_view
from web.wire import verdict_json


def add_settings_page(session: Session, feeds: Feeds, access: Access | None, config: Path) -> None:
    """Registers the page at /settings; its address names the section. `config` is the file that
    the profiles are in."""

    @ui.page("/settings", title=f"{SETTINGS.title} · Maia runners")
    def settings_page(client: Client, request: Request) -> None:
        person = person_of(request)
        section = section_named(request.query_params.get("section", ""))
        with frame_beside(session, feeds, access, person, SETTINGS):
            if section not in sections_for(person):
                refuse(client, feeds, access, person, section.title)
                return
            page = SettingsPage(session, feeds, access, config, person, section)
        client.on_delete(page.close)


class SettingsPage:
    """One section as one tab has it open."""

    def __init__(
        self,
        session: Session,
        feeds: Feeds,
        access: Access | None,
        config: Path,
        person: Person,
        section: SectionLink,
    ) -> None:
        self._session, self._feeds, self._access = session, feeds, access
        self._config, self._person, self._section = config, person, section
        self._seat = Seat(session, person, access)
        self._taken = session.store.snapshot.taken
        self._read: SettingsView | None = None
        with Box("top"):
            self._top = PageTop(verdict_json(feeds.overview), title=SETTINGS.title)
        with Box("page"):
            self._panel = SettingsPanel(asdict(self._view())).on("send", self._on_send)
        self._unwatch = feeds.watch(self._on_snapshot)
        self._reading = asyncio.create_task(self._read_profiles())

    def close(self) -> None:
        self._unwatch()
        self._reading.cancel()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._top.show(verdict_json(self._feeds.overview))
        if snapshot.taken != self._taken:
            self._taken = snapshot.taken
            self._show()

    async def _on_send(self, event: GenericEventArguments) -> None:
        sent = sent_from(event.args)
        if self._access is None or sent is None:
            return
        answer = await Management(self._seat, self._access, self._session.zone).send(sent)
        self._panel.answer(answered(sent, answer))
        self._show()

    def _show(self) -> None:
        person = self._seat.person()
        if person is not None and self._section in sections_for(person):
            self._panel.show(asdict(self._view()))

    def _view(self) -> SettingsView:
        if self._read is not None:
            return self._read
        store, zone = self._session.store, self._session.zone
        return settings_view(self._section, self._person, self._access, store.now, zone)

    async def _read_profiles(self) -> None:
        opened = self._session.profiles
        if self._section == PROFILES:
            note, listing = await profiles_told(self._config, opened)
            self._read = replace(self._view(), sentences=(note,), listings=(listing,))
        elif self._section == NOTIFICATIONS:
            told = await notifications_told(self._config, opened)
            self._read = replace(
                self._view(),
                sentences=tuple(note for note, _ in told if note.text),
                listings=tuple(listing for _, listing in told),
            )
        self._show()


def sent_from(sent: Any) -> Sent | None:
    """A form as a browser sent it; None for what is none."""
    if not isinstance(sent, dict) or not isinstance(sent.get("answers"), dict):
        return None
    texts = [sent.get("form"), sent.get("key"), *sent["answers"], *sent["answers"].values()]
    if not all(isinstance(each, str) for each in texts):
        return None
    return Sent(sent["form"], sent["key"], sent["answers"])


def answered(sent: Sent, answer: Answer) -> dict[str, Any]:
    return {"form": sent.form, "key": sent.key, **asdict(answer)}
