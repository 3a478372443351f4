"""The Manage Runners page: one view of the fleet a tab, told only of what changes in it."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from nicegui import Client, ui
from nicegui.events import GenericEventArguments

from console.actions.catalogue import ACTIONS
from console.actions.plan import Plan
from console.fleet.snapshot import Snapshot
from console.session import Session
from console.view.detail import action_lines, runner_detail
from console.view.filter import completions, parse_filter
from console.view.overview import overview, stale_after
from console.view.plan import plan_text
from console.view.query import Query, Typing
from console.view.runners import COLUMNS
from web.components.action_bar import ActionBar
from web.components.detail_drawer import DetailDrawer
from web.components.page_top import PageTop
from web.components.plan_dialog import PlanDialog
from web.components.runner_table import RunnerTable
from web.feeds import Feeds
from web.frame import page_frame
from web.wire import (
    FIRST_ROWS,
    Json,
    columns_json,
    detail_json,
    headlines_json,
    overview_json,
    plan_json,
    table_json,
)

MOST_TYPED = 500
"""Characters of a filter that are taken from a browser."""

BY_ID = {action.id: action for action in ACTIONS}
SORTS = frozenset(column.key for column in COLUMNS)


def add_runners_page(session: Session, feeds: Feeds) -> None:
    """Registers the page at /; its state is in the address, so that a view can be sent on."""

    @ui.page("/")
    def runners_page(
        client: Client,
        filter: str = "",
        sort: str = "attention",
        reverse: bool = False,
        runner: str = "",
    ) -> None:
        typing = Typing().typed(filter[:MOST_TYPED])
        query = Query(typing.filter, sort if sort in SORTS else "attention", reverse)
        view = RunnersView(session, feeds, typing, query, runner or None)
        client.on_delete(view.close)


def query_from(filter: str, sort: str, reverse: bool) -> Query:
    """Raises FilterError; an unknown column falls back to the usual order."""
    parsed = parse_filter(filter[:MOST_TYPED])
    return Query(parsed, sort if sort in SORTS else "attention", reverse)


class RunnersView:
    """What one tab looks at: its filter, order, open runner, selection and plan."""

    def __init__(
        self, session: Session, feeds: Feeds, typing: Typing, query: Query, opened: str | None
    ) -> None:
        self._session = session
        self._feeds = feeds
        self._typing = typing
        self._query = query
        self._opened = opened
        self._selected: tuple[str, ...] = ()
        self._pending: Plan | None = None
        self._taken: float | None = _milliseconds(session.store.snapshot)
        self._feed, self._leave = feeds.follow(query, self._on_patch)
        self._build()
        self._unsubscribe = session.store.subscribe(self._on_snapshot)

    def close(self) -> None:
        self._leave()
        self._unsubscribe()

    def _build(self) -> None:
        session, store = self._session, self._session.store
        can_act = not session.is_read_only
        with page_frame():
            seen = overview(store.snapshot, store.now)
            self._top = PageTop(
                overview_json(seen),
                headlines=headlines_json(seen),
                profile=session.name,
                readOnly=session.is_read_only,
                firstFilter=self._filter_json(),
                firstTaken=self._taken,
                staleAfter=stale_after(store.snapshot).total_seconds(),
            ).on("filter", self._on_filter)
            self._table = (
                RunnerTable(
                    table_json(self._feed.table, self._feed.version, first=FIRST_ROWS),
                    columns=columns_json(COLUMNS),
                    source=self._source(),
                    sort=self._query.sort,
                    descending=self._query.descending,
                    selectable=can_act,
                )
                .on("sort", self._on_sort)
                .on("open", self._on_open)
                .on("select", self._on_select)
            )
            self._drawer = DetailDrawer(self._detail_json())
            self._drawer.on("close", self._on_close).on("act", self._on_act_opened)
            self._bar = ActionBar(self._bar_json())
            self._bar.on("act", self._on_act_selected).on("unselect", self._on_unselect)
            self._dialog = PlanDialog(None)
            self._dialog.on("agree", self._on_agree).on("cancel", self._on_cancel)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        taken = _milliseconds(snapshot)
        if taken != self._taken:
            self._taken = taken
            self._top.beat(taken)
        self._top.show(overview_json(overview(snapshot, self._session.store.now)))
        self._drawer.show(self._detail_json())
        self._bar.show(self._bar_json())

    def _on_patch(self, message: Json) -> None:
        self._table.patch(message)

    def _on_filter(self, event: GenericEventArguments) -> None:
        self._typing = self._typing.typed(_text(event.args)[:MOST_TYPED])
        self._top.show_filter(self._filter_json())
        self._look_at(Query(self._typing.filter, self._query.sort, self._query.descending))

    def _on_sort(self, event: GenericEventArguments) -> None:
        key = _text(event.args)
        if key in SORTS:
            again = key == self._query.sort and not self._query.descending
            self._look_at(Query(self._query.filter, key, again))

    def _look_at(self, query: Query) -> None:
        if query != self._query:
            self._query = query
            self._leave()
            self._feed, self._leave = self._feeds.follow(query, self._on_patch)
            table = table_json(self._feed.table, self._feed.version, first=FIRST_ROWS)
            self._table.replace(table, self._source(), query.sort, query.descending)
            self._bar.show(self._bar_json())
        self._keep_address()

    def _on_open(self, event: GenericEventArguments) -> None:
        self._opened = _text(event.args)
        self._show_opened()

    def _on_close(self) -> None:
        self._opened = None
        self._show_opened()

    def _show_opened(self) -> None:
        self._drawer.show(self._detail_json())
        self._keep_address()

    def _on_select(self, event: GenericEventArguments) -> None:
        known = self._session.store.snapshot.by_id
        asked = event.args if isinstance(event.args, list) else ()
        self._selected = tuple(each for each in map(_text, asked) if each in known)
        self._bar.show(self._bar_json())

    def _on_unselect(self) -> None:
        self._table.unselect()

    def _on_act_opened(self, event: GenericEventArguments) -> None:
        if self._opened is not None:
            self._act(_text(event.args), (self._opened,))

    def _on_act_selected(self, event: GenericEventArguments) -> None:
        self._act(_text(event.args), self._selected)

    def _act(self, action_id: str, runner_ids: Iterable[str]) -> None:
        action = BY_ID.get(action_id)
        if action is None or self._session.executor is None:
            return
        self._pending = self._session.plan(action, runner_ids)
        text = plan_text(self._pending)
        if text.needs_asking or not self._pending.allowed:
            self._dialog.show(plan_json(text))
        else:
            self._start()

    def _on_agree(self, event: GenericEventArguments) -> None:
        if self._pending is None or not self._pending.allowed:
            return
        if _text(event.args) == plan_text(self._pending).type_to_confirm:
            self._start()

    def _on_cancel(self) -> None:
        self._pending = None
        self._dialog.show(None)

    def _start(self) -> None:
        if self._pending is not None and self._session.executor is not None:
            self._session.executor.start(self._pending)
            self._table.unselect()
        self._on_cancel()

    def _source(self) -> str:
        return "/rows?" + urlencode(self._state())

    def _keep_address(self) -> None:
        state = self._state(self._typing.text)
        if self._opened is not None:
            state["runner"] = self._opened
        ui.navigate.history.replace("/?" + urlencode(state) if state else "/")

    def _state(self, text: str | None = None) -> dict[str, str]:
        """The query as address parameters, without what is usual anyway."""
        state = {"filter": self._query.filter.text if text is None else text}
        if self._query.sort != "attention":
            state["sort"] = self._query.sort
        if self._query.descending:
            state["reverse"] = "true"
        return {name: value for name, value in state.items() if value}

    def _filter_json(self) -> Json:
        typing = self._typing
        return {
            "text": typing.text,
            "error": typing.error,
            "error_at": typing.error_at,
            "completions": list(completions(typing.text)[:12]),
        }

    def _detail_json(self) -> Json:
        store, read_only = self._session.store, self._session.is_read_only
        if self._opened is None:
            return None
        detail = runner_detail(store.snapshot, self._opened, store.now, read_only=read_only)
        return detail_json(detail)

    def _bar_json(self) -> Json:
        store = self._session.store
        lines = action_lines(self._selected, store.snapshot, store.now) if self._selected else ()
        return {
            "caption": self._feed.table.caption,
            "count": len(self._selected),
            "actions": [asdict(line) for line in lines],
        }


def _milliseconds(snapshot: Snapshot) -> float | None:
    return None if snapshot.taken is None else snapshot.taken.timestamp() * 1000


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
