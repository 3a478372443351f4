"""The Manage Runners screen: counts, filter, table, the runner under the cursor, and what to do."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer

from console.actions.action import Action
from console.fleet.snapshot import Snapshot
from console.view.detail import action_lines
from console.view.filter import parse_filter
from console.view.overview import data_age, overview
from console.view.plan import plan_text
from console.view.query import Query
from console.view.runners import COLUMNS, runners_table
from console.view.tone import Tone
from console.view.words import problem_banner
from tui.bindings import ACTION_BINDINGS, SCREEN_BINDINGS
from tui.screens.detail import DetailScreen
from tui.screens.help import HelpScreen
from tui.screens.plan import PlanScreen
from tui.screens.releases import ReleasesScreen
from tui.widgets.action_keys import ActionKeys
from tui.widgets.detail import DetailPane
from tui.widgets.filter_bar import FilterBar
from tui.widgets.headlines import Headlines
from tui.widgets.line import Part
from tui.widgets.status_line import StatusLine
from tui.widgets.table import FleetTable

if TYPE_CHECKING:
    from console.session import Session

WIDE = 120
"""Cells from which on the details fit beside the table."""

PROBLEMS = "is:problem"

RESTS = 0.3
"""Seconds after which the cursor counts as resting."""


class RunnersScreen(Screen[None]):
    CSS_PATH = "runners.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [*SCREEN_BINDINGS, *ACTION_BINDINGS]

    def __init__(self, session: "Session", *, ascii_only: bool = False) -> None:
        super().__init__()
        self._session = session
        self._ascii = ascii_only
        self._query = Query()
        self._asked: tuple[Snapshot | None, tuple[str, ...]] = (None, ())
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        session = self._session
        yield Headlines(session.name, read_only=session.is_read_only, ascii_only=self._ascii)
        yield FilterBar()
        with Horizontal():
            yield FleetTable(ascii_only=self._ascii)
            yield DetailPane(ascii_only=self._ascii, id="pane")
        yield ActionKeys(("/", "filter"), ("?", "help"))
        yield StatusLine(ascii_only=self._ascii)

    def on_mount(self) -> None:
        self.query_one(FleetTable).focus()
        self.show()

    def show(self) -> None:
        """Draws the newest snapshot; what is the same as before is not written again."""
        store = self._session.store
        self.query_one(Headlines).show(overview(store.snapshot, store.now))
        self.query_one(FleetTable).keep_marks(store.snapshot.by_id)
        self._show_table()
        self.tick()

    def tick(self) -> None:
        """Draws what time alone changes: the age of the data, and the countdown of a problem."""
        snapshot, now = self._session.store.snapshot, self._session.store.now
        self.query_one(StatusLine).show_age(data_age(snapshot, now))
        if snapshot.problem is not None:
            self.query_one(Headlines).show_banner(problem_banner(snapshot.problem, now))

    def on_resize(self) -> None:
        self.set_class(self.has_class("-pane") and self.size.width >= WIDE, "-pane")
        self._show_current()

    def on_fleet_table_moved(self) -> None:
        self._show_current()

    def on_fleet_table_marked(self) -> None:
        self._show_status()
        self._show_current()

    def on_fleet_table_opened(self) -> None:
        if self.size.width >= WIDE:
            self.toggle_class("-pane")
            self._show_current()
        else:
            self._open_detail()

    def on_filter_bar_changed(self, event: FilterBar.Changed) -> None:
        self._ask(Query(event.typing.filter, self._query.sort, self._query.descending))

    def on_filter_bar_closed(self) -> None:
        self.query_one(FleetTable).focus()

    def action_filter(self) -> None:
        self.query_one(FilterBar).open()

    def action_back(self) -> None:
        """One step: out of the filter, then the filter itself, then the pane, then the marks."""
        table = self.query_one(FleetTable)
        if self.focused is not table:
            table.focus()
        elif self._query.filter.text or self.query_one(FilterBar).has_class("-open"):
            self.query_one(FilterBar).clear()
        elif self.has_class("-pane"):
            self.remove_class("-pane")
        else:
            table.unmark_all()

    def action_sort(self) -> None:
        keys = [column.key for column in COLUMNS]
        following = keys[(keys.index(self._query.sort) + 1) % len(keys)]
        self._ask(Query(self._query.filter, following))

    def action_reverse(self) -> None:
        query = self._query
        self._ask(Query(query.filter, query.sort, not query.descending))

    def action_problems(self) -> None:
        self._toggle_filter(PROBLEMS)

    def action_headline(self, number: int) -> None:
        store = self._session.store
        self._toggle_filter(overview(store.snapshot, store.now).headlines[number].filter)

    def action_refresh(self) -> None:
        self._session.store.refresh_soon()

    def action_releases(self) -> None:
        self.app.push_screen(ReleasesScreen(self._session, ascii_only=self._ascii))

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(read_only=self._session.is_read_only))

    def action_act(self, key: str) -> None:
        targets = self.targets
        if targets and not self._session.is_read_only:
            self.act(self._session.fitting_action(key, targets), targets)

    @work
    async def act(self, action: Action, runner_ids: Iterable[str]) -> None:
        """Shows the plan, asks where that is due, and starts it."""
        session = self._session
        plan = session.plan(action, runner_ids)
        text = plan_text(plan)
        asks = text.needs_asking or not plan.allowed
        screen = PlanScreen(lambda: plan_text(session.with_usage(plan)))
        agreed = await self.app.push_screen_wait(screen) if asks else True
        if agreed and plan.allowed and session.executor is not None:
            session.executor.start(plan)
            self.query_one(FleetTable).unmark_all()

    @work
    async def _open_detail(self) -> None:
        current = self.query_one(FleetTable).current
        if current is None:
            return
        screen = DetailScreen(self._session, current, ascii_only=self._ascii)
        key = await self.app.push_screen_wait(screen)
        if key is not None:
            self.act(self._session.fitting_action(key, (current,)), (current,))

    def _ask(self, query: Query) -> None:
        self._query = query
        self._show_table()

    def _toggle_filter(self, text: str) -> None:
        bar = self.query_one(FilterBar)
        bar.say("" if parse_filter(text) == self._query.filter else text)
        self.query_one(FleetTable).focus()

    @property
    def can_act(self) -> bool:
        return not self._session.is_read_only

    @property
    def targets(self) -> tuple[str, ...]:
        """The marked runners in the fleet's order, else the one under the cursor."""
        table = self.query_one(FleetTable)
        marked = tuple(
            runner.id for runner in self._session.store.snapshot.runners if runner.id in table.marks
        )
        if marked:
            return marked
        return (table.current,) if table.current is not None else ()

    def _show_table(self) -> None:
        store, query = self._session.store, self._query
        table = runners_table(store.snapshot, query, store.now)
        hint = "Esc clears the filter." if query.filter.text and store.snapshot.runners else ""
        self.query_one(FleetTable).show(table, (query.sort, query.descending), hint)
        self._show_current()
        self._show_status()

    def _show_current(self) -> None:
        store, read_only = self._session.store, self._session.is_read_only
        current = self.query_one(FleetTable).current
        if self.has_class("-pane"):
            self.query_one(DetailPane).show(self._session.detail(current or ""))
            self._look_up_soon()
        asked = (store.snapshot, () if read_only else self.targets)
        if asked[0] is not self._asked[0] or asked[1] != self._asked[1]:
            self._asked = asked
            lines = action_lines(asked[1], store.snapshot, store.now) if asked[1] else ()
            self.query_one(ActionKeys).show_actions(lines)

    def _look_up_soon(self) -> None:
        """What only the details tell is looked up where the cursor rests, not where it passes."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(RESTS, self._look_up)

    def _look_up(self) -> None:
        current = self.query_one(FleetTable).current
        if current is not None and self.has_class("-pane"):
            self._session.look_up(current)

    def _show_status(self) -> None:
        table, store = self.query_one(FleetTable), self._session.store
        self.query_one(StatusLine).show(_status(table, self._query), store.snapshot, store.now)


def _status(table: FleetTable, query: Query) -> list[Part]:
    """How many there are, how many of them are marked, and the order where no column shows it."""
    if not table.table.total:
        return []
    parts = [Part(table.table.caption)]
    if table.marks:
        hidden = len(table.marks - table.table.index.keys())
        unseen = f" ({hidden} not shown)" if hidden else ""
        said = f"{len(table.marks)} marked of {table.table.total}{unseen}"
        parts.append(Part(said, Tone.INFO, bold=True, gap=3))
    if query.sort not in table.columns_shown:
        title = next(each.title for each in COLUMNS if each.key == query.sort)
        order = f"by {title.lower()}{', reversed' if query.descending else ''}"
        parts.append(Part(order, Tone.MUTED, gap=3))
    return parts
