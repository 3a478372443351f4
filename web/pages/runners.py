"""The Manage Runners page: one view of the fleet a tab, told only of what changes in it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from nicegui import Client, ui
from nicegui.events import GenericEventArguments
from starlette.requests import Request

from console.actions.catalogue import ACTIONS
from console.actions.plan import Plan
from console.fleet.snapshot import Snapshot
from console.session import Session
from console.view.overview import stale_after
from console.view.plan import plan_text
from console.view.query import Query, Typing
from web.address import MOST_TYPED, ORDERS, Address, address_from, rows_url
from web.components.action_bar import ActionBar
from web.components.detail_drawer import DetailDrawer
from web.components.filter_box import FilterBox
from web.components.headlines import Headlines
from web.components.help_dialog import HelpDialog
from web.components.page_top import PageTop
from web.components.plan_dialog import PlanDialog
from web.components.runner_table import RunnerTable
from web.feeds import Feeds
from web.frame import page_frame
from web.wire import (
    FIRST_ROWS,
    Json,
    bar_json,
    columns_json,
    counts_json,
    detail_json,
    filter_json,
    headlines_json,
    plan_json,
    table_json,
    verdict_json,
)

BY_ID = {action.id: action for action in ACTIONS}


def add_runners_page(session: Session, feeds: Feeds) -> None:
    """Registers the page at /; its state is in the address, so that a view can be sent on."""

    @ui.page("/")
    def runners_page(client: Client, request: Request) -> None:
        view = RunnersView(session, feeds, address_from(request.query_params))
        client.on_delete(view.close)


class RunnersView:
    """What one tab looks at: its filter, order, open runner, selection and plan."""

    def __init__(self, session: Session, feeds: Feeds, address: Address) -> None:
        self._session = session
        self._feeds = feeds
        self._address = address
        self._typing = Typing().typed(address.filter)
        self._query = Query(self._typing.filter, address.sort, address.descending)
        self._selected: tuple[str, ...] = ()
        self._pending: Plan | None = None
        self._taken = session.store.snapshot.taken
        self._feed, self._leave = feeds.follow(self._query, self._on_patch)
        with page_frame(session):
            self._build()
        self._unwatch = feeds.watch(self._on_snapshot)

    def close(self) -> None:
        self._leave()
        self._unwatch()

    def _build(self) -> None:
        session, seen = self._session, self._feeds.overview
        with ui.element("div").classes("top"):
            self._top = PageTop(verdict_json(seen))
            with ui.element("div").classes("tools"):
                self._headlines = Headlines(self._headlines_json(), lines=headlines_json(seen))
                self._headlines.on("filter", self._on_filter)
                self._filter = FilterBox(filter_json(self._typing)).on("filter", self._on_filter)
        with ui.element("div").classes("content"):
            self._table = self._build_table()
            self._drawer = DetailDrawer(self._detail_json())
            self._drawer.on("close", self._on_close).on("act", self._on_act_opened)
        self._bar = ActionBar(
            self._bar_json(),
            firstAge=self._age(),
            staleAfter=stale_after(session.store.snapshot).total_seconds(),
        )
        self._bar.on("act", self._on_act_selected).on("unselect", self._on_unselect)
        self._dialog = PlanDialog(None).on("agree", self._on_agree).on("cancel", self._on_cancel)
        HelpDialog()

    def _build_table(self) -> RunnerTable:
        table = RunnerTable(
            table_json(self._feed.table, self._feed.version, first=FIRST_ROWS),
            columns=columns_json(self._feed.table.columns),
            source=rows_url(self._query),
            sort=self._query.sort,
            descending=self._query.descending,
            selectable=not self._session.is_read_only,
        )
        table.on("sort", self._on_sort).on("open", self._on_open).on("select", self._on_select)
        return table

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.taken != self._taken:
            self._taken = snapshot.taken
            self._bar.beat(self._age())
        self._top.show(verdict_json(self._feeds.overview))
        self._headlines.show(self._headlines_json())
        self._drawer.show(self._detail_json())
        self._show_plan()
        self._keep_selection()

    def _show_plan(self) -> None:
        """What has become known of a plan since it was opened; what is asked stays the same."""
        if self._pending is not None:
            self._pending = self._session.with_usage(self._pending)
            self._dialog.show(plan_json(plan_text(self._pending)))

    def _on_patch(self, message: Json) -> None:
        self._table.patch(message)

    def _on_filter(self, event: GenericEventArguments) -> None:
        self._typing = self._typing.typed(_text(event.args)[:MOST_TYPED])
        self._filter.show(filter_json(self._typing))
        self._headlines.show(self._headlines_json())
        self._look_at(replace(self._query, filter=self._typing.filter))

    def _on_sort(self, event: GenericEventArguments) -> None:
        key = _text(event.args)
        if key in ORDERS:
            again = key == self._query.sort and not self._query.descending
            self._look_at(replace(self._query, sort=key, descending=again))

    def _look_at(self, query: Query) -> None:
        if query != self._query:
            self._query = query
            self._leave()
            self._feed, self._leave = self._feeds.follow(query, self._on_patch)
            table = table_json(self._feed.table, self._feed.version, first=FIRST_ROWS)
            self._table.replace(table, rows_url(query), query.sort, query.descending)
            self._keep_selection()
        self._keep_address()

    def _on_open(self, event: GenericEventArguments) -> None:
        self._show_runner(_text(event.args) or None)

    def _on_close(self) -> None:
        self._show_runner(None)

    def _show_runner(self, runner_id: str | None) -> None:
        self._address = replace(self._address, runner=runner_id)
        self._drawer.show(self._detail_json())
        self._keep_address()

    def _on_select(self, event: GenericEventArguments) -> None:
        shown = self._feed.table.index
        asked = tuple(shown) if event.args == "all" else event.args
        asked = asked if isinstance(asked, (list, tuple)) else ()
        self._selected = tuple(each for each in map(_text, asked) if each in shown)
        self._bar.show(self._bar_json())

    def _on_unselect(self) -> None:
        self._select(())

    def _select(self, runner_ids: tuple[str, ...]) -> None:
        self._selected = runner_ids
        self._table.select(runner_ids)
        self._bar.show(self._bar_json())

    def _keep_selection(self) -> None:
        """Nothing is acted on that the table does not show."""
        shown = self._feed.table.index
        kept = tuple(each for each in self._selected if each in shown)
        if kept != self._selected:
            self._select(kept)
        self._bar.show(self._bar_json())

    def _on_act_opened(self, event: GenericEventArguments) -> None:
        if self._address.runner is not None:
            self._act(_text(event.args), (self._address.runner,))

    def _on_act_selected(self, event: GenericEventArguments) -> None:
        self._act(_text(event.args), self._selected)

    def _act(self, action_id: str, runner_ids: Iterable[str]) -> None:
        action = BY_ID.get(action_id)
        if action is None or self._session.is_read_only:
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
            acted_on = {step.runner.id for step in self._pending.steps}
            self._select(tuple(each for each in self._selected if each not in acted_on))
        self._on_cancel()

    def _keep_address(self) -> None:
        query = self._query
        self._address = Address(
            self._typing.text, query.sort, query.descending, self._address.runner
        )
        ui.navigate.history.replace(self._address.url)

    def _headlines_json(self) -> Json:
        return {"counts": counts_json(self._feeds.overview), "filter": self._typing.text}

    def _detail_json(self) -> Json:
        runner_id = self._address.runner
        if runner_id is None:
            return None
        self._session.look_up(runner_id)
        return detail_json(self._session.detail(runner_id))

    def _bar_json(self) -> Json:
        return bar_json(self._session.store, self._feed.table.caption, self._selected)

    def _age(self) -> float | None:
        """Seconds, as the browser's own clock may be wrong."""
        store = self._session.store
        return None if self._taken is None else (store.now - self._taken).total_seconds()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
