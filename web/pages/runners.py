"""The Manage Runners page: one view of the fleet a tab, told only of what changes in it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from nicegui import Client, ui
from starlette.requests import Request

from console.access.access import Access
from console.fleet.fleet import Fleet
from console.fleet.snapshot import Snapshot
from console.session import Session
from console.view.names import not_there
from console.view.query import not_columns
from console.view.record_text import record_text
from web.access.people import person_of
from web.address import ALL, Address, address_from, address_of, columns_from, rows_url
from web.beats import Beats
from web.ceremony import Ceremony
from web.events import Heard, text_of, texts_of
from web.feeds import Feeds
from web.finder import Finder
from web.frame import page_frame
from web.layout import First, RunnersLayout, table_start
from web.look import Look, look_at
from web.seat import Seat
from web.wire import Json, bar_json, detail_json, filter_json


def add_runners_page(session: Session, feeds: Feeds, access: Access | None = None) -> None:
    """Registers the page at /; its state is in the address, so that a view can be sent on."""

    beats = Beats(session.store, feeds)

    @ui.page("/")
    def runners_page(client: Client, request: Request) -> None:
        person = person_of(request)
        seat = Seat(session, person, access)
        with page_frame(session, person):
            address = address_from(request.query_params)
            view = RunnersView(seat, session.store, feeds, beats, address)
        client.on_delete(view.close)


class RunnersView:
    """One tab: what it looks at, which runners are selected in it, and what it is told."""

    def __init__(
        self, seat: Seat, store: Fleet, feeds: Feeds, beats: Beats, address: Address
    ) -> None:
        self._seat, self._store, self._feeds = seat, store, feeds
        self._look = look_at(address)
        self._feed, self._leave = feeds.follow(self._look.query, self._on_patch)
        self._can_select = seat.offers_any
        self._selected = self._chosen(address.selected)
        self._aimed_at: tuple[str, ...] = ()
        self._build(beats, not_columns(address.unknown))
        self._ends = (beats.follow(self._layout.bar), feeds.watch(self._on_snapshot))

    def close(self) -> None:
        for end in (self._leave, *self._ends):
            end()

    def _build(self, beats: Beats, doubt: str) -> None:
        missing = self._let_go("")
        self._ceremony = Ceremony(self._seat, self._on_started)
        first = First(
            filter=filter_json(self._look.typing),
            counts=self._counts_json(),
            detail=self._detail_json(),
            bar=self._bar_json(),
            table=table_start(self._look, self._feed, self._selected, self._can_select),
            note=" ".join(filter(None, (doubt, missing))),
        )
        person = self._seat.person()
        self._layout = RunnersLayout(person.name if person else "", self._feeds, beats, first)
        self._finder = Finder(self._seat, self._store, self._feeds, self._layout.palette)
        self._listen()

    def _listen(self) -> None:
        layout, ceremony = self._layout, self._ceremony
        heard = Heard(self._seat.is_taken)
        heard(layout.headlines, filter=self._on_filter)
        heard(layout.filter, filter=self._on_filter)
        heard(layout.tools, columns=self._on_columns, view=self._on_view)
        heard(
            layout.table,
            sort=self._on_sort,
            open=self._on_open,
            select=self._on_select,
            act=self._on_key,
            back=self._on_back,
        )
        heard(
            layout.drawer,
            close=lambda _: self._show_runner(None),
            act=self._on_act_opened,
            record=self._on_record,
        )
        heard(
            layout.bar,
            act=lambda told: ceremony.begin(text_of(told), self._selected),
            unselect=lambda _: self._select(()),
        )
        heard(
            ceremony.dialog,
            agree=lambda told: ceremony.agree(text_of(told)),
            cancel=lambda _: ceremony.cancel(),
        )
        heard(layout.palette, find=self._on_find, choose=self._on_choose)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._layout.top.show(self._feeds.bulletin.verdict)
        self._layout.headlines.show(self._counts_json())
        missing = self._let_go(self._layout.drawer.title)
        if missing:
            self._layout.bar.tell(missing)
            self._keep_address()
        self._layout.drawer.show(self._detail_json())
        self._ceremony.refresh()
        self._keep_selection()

    def _on_patch(self, message: Json) -> None:
        self._layout.table.patch(message)

    def _on_filter(self, told: Json) -> None:
        self._turn_to(self._look.filtered_by(text_of(told)))

    def _on_sort(self, told: Json) -> None:
        self._turn_to(self._look.sorted_by(text_of(told)))

    def _on_columns(self, told: Json) -> None:
        self._turn_to(replace(self._look, columns=columns_from(told)))
        self._show_columns()

    def _on_view(self, told: Json) -> None:
        """A view that was saved, as the address that it had."""
        self._turn_to(self._look.of_view(address_of(text_of(told))))
        self._show_columns()

    def _show_columns(self) -> None:
        """Also those that are in force already: the tab may show what it asked for."""
        self._layout.table.choose(self._look.columns)
        self._layout.tools.choose(self._look.columns)

    def _turn_to(self, look: Look) -> None:
        before, self._look = self._look, look
        self._layout.filter.show(filter_json(look.typing))
        self._layout.headlines.show(self._counts_json())
        if look.query != before.query:
            self._look_anew()
        self._keep_address()

    def _look_anew(self) -> None:
        look = self._look
        self._leave()
        self._feed, self._leave = self._feeds.follow(look.query, self._on_patch)
        first = self._feed.first
        self._layout.table.replace(first, rows_url(look.query), look.sort, look.descending)
        self._keep_selection()

    def _on_back(self, told: Json) -> None:
        """One step back, as in the terminal: no filter, then the usual columns, then no marks."""
        if self._look.typing.text:
            self._turn_to(self._look.filtered_by(""))
        elif self._look.columns:
            self._on_columns([])
        elif self._selected:
            self._select(())

    def _on_open(self, told: Json) -> None:
        self._show_runner(text_of(told) or None)

    def _show_runner(self, runner_id: str | None) -> None:
        self._look = replace(self._look, runner=runner_id)
        self._layout.drawer.show(self._detail_json())
        self._keep_address()

    def _let_go(self, label: str) -> str:
        """Closes a runner that is not there, or no longer; what is to be said of that, or "".
        `label` is what it was called."""
        runner_id, snapshot = self._look.runner, self._store.snapshot
        if runner_id is None or snapshot.taken is None or runner_id in snapshot.by_id:
            return ""
        self._look = replace(self._look, runner=None)
        return not_there(runner_id, label)

    def _on_record(self, told: Json) -> None:
        runner_id = self._look.runner
        if runner_id is not None:
            text = record_text(self._store.snapshot, runner_id, self._store.now)
            self._layout.drawer.tell_record(runner_id, text)

    def _on_select(self, told: Json) -> None:
        self._selected = self._chosen((ALL,) if told == ALL else texts_of(told))
        self._layout.bar.show(self._bar_json())
        self._keep_address()

    def _chosen(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Nothing is acted on that the table does not show."""
        shown = self._feed.table.index
        if not self._can_select:
            return ()
        return tuple(shown) if asked == (ALL,) else tuple(each for each in asked if each in shown)

    def _select(self, runner_ids: tuple[str, ...]) -> None:
        self._selected = runner_ids
        self._layout.table.select(runner_ids)
        self._layout.bar.show(self._bar_json())
        self._keep_address()

    def _keep_selection(self) -> None:
        kept = self._chosen(self._selected)
        if kept != self._selected:
            self._select(kept)
        self._layout.bar.show(self._bar_json())

    def _on_act_opened(self, told: Json) -> None:
        if self._look.runner is not None:
            self._ceremony.begin(text_of(told), (self._look.runner,))

    def _on_key(self, told: Json) -> None:
        """The key of an action, and the runner under the cursor, for when none is selected and none
        is open."""
        key, cursor = (*texts_of(told), "", "")[:2]
        targets = self._targets or self._chosen((cursor,))
        self._ceremony.begin(self._seat.fitting_action(key, targets), targets)

    def _on_started(self, acted_on: frozenset[str]) -> None:
        self._select(tuple(each for each in self._selected if each not in acted_on))

    def _on_find(self, told: Json) -> None:
        cursor = text_of(told.get("cursor")) if isinstance(told, dict) else ""
        self._aimed_at = self._targets or self._chosen((cursor,))
        self._finder.find(told, self._aimed_at, self._feed.table.columns)

    def _on_choose(self, told: Json) -> None:
        kind, chosen = (*texts_of(told), "", "")[:2]
        does: dict[str, Callable[[str], None]] = {
            "action": partial(self._ceremony.begin, runner_ids=self._aimed_at),
            "runner": self._on_open,
            "preset": lambda key: self._on_filter(self._finder.preset(key)),
            "sort": self._on_sort,
        }
        if kind in does:
            does[kind](chosen)

    @property
    def _targets(self) -> tuple[str, ...]:
        return self._selected or ((self._look.runner,) if self._look.runner else ())

    def _keep_address(self) -> None:
        selected = self._selected
        is_all = len(selected) == len(self._feed.table.index) > 1
        address = self._look.address((ALL,) if is_all else selected)
        self._layout.show_address(address.url)

    def _counts_json(self) -> Json:
        return {"counts": self._feeds.counts, "filter": self._look.typing.text}

    def _detail_json(self) -> Json:
        runner_id = self._look.runner
        if runner_id is None:
            return None
        told = detail_json(self._seat.detail(runner_id))
        return told and {**told, "note": self._seat.offer_note}

    def _bar_json(self) -> Json:
        deeds, lines = self._feeds.bulletin.deeds, self._seat.action_lines(self._selected)
        return bar_json(deeds, self._feed.table.caption, len(self._selected), lines)
