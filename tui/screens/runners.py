"""The Manage Runners screen: counts, filter, table, the runner under the cursor, and what to do."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from console.fleet.snapshot import Snapshot
from console.view.commands import columns_of
from console.view.detail import action_lines
from console.view.filter import parse_filter
from console.view.overview import banner, overview
from console.view.profiles import marks_gone
from console.view.query import Query
from console.view.runners import runners_table
from console.view.tone import Tone
from tui.bindings import RUNNERS, TABLE, KeyGroup, bindings
from tui.copying import CopyCycle
from tui.derived_keys import ACTING, SORTING, SORTING_ACCOUNTS
from tui.screens.detail import DetailScreen
from tui.screens.history import HistoryScreen
from tui.screens.record import RecordScreen
from tui.widgets.action_keys import ActionKeys
from tui.widgets.filter_bar import FilterBar
from tui.widgets.headlines import Headlines
from tui.widgets.side_pane import SidePane
from tui.widgets.status_line import StatusLine
from tui.widgets.status_parts import history_part, table_parts
from tui.widgets.table import FleetTable

if TYPE_CHECKING:
    from tui.desk import Desk

WIDE = 120
"""Cells from which on the details fit beside the table."""

PROBLEMS = "is:problem"
ALL = Query()


class RunnersScreen(Screen[None]):
    CSS_PATH = "runners.tcss"
    TITLE = "Runners"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(RUNNERS, SORTING, SORTING_ACCOUNTS, ACTING)]

    def __init__(self, desk: "Desk", query: Query = ALL, *, says: str = "") -> None:
        """`says` is told at the beginning."""
        super().__init__()
        self._desk = desk
        self._session = desk.session
        self._query = query
        self._says = says
        self._asked: tuple[Snapshot | None, tuple[str, ...]] = (None, ())
        self._copying = CopyCycle()

    def compose(self) -> ComposeResult:
        session, desk = self._session, self._desk
        ascii_only = desk.ascii_only
        yield Headlines(session.name, read_only=session.is_read_only, ascii_only=ascii_only)
        yield FilterBar()
        with Horizontal():
            yield FleetTable(ascii_only=ascii_only)
            yield SidePane(keymap=desk.keymap, ascii_only=ascii_only, id="pane")
        others = (("console.command", "command"), ("runners.filter", "filter"))
        yield ActionKeys(desk.keymap, *others, ("console.help", "help"))
        yield StatusLine(ascii_only=ascii_only)

    def on_mount(self) -> None:
        self.home.focus()
        if self._query.filter.text:
            self.query_one(FilterBar).say(self._query.filter.text)
        self.show()
        if self._says:
            self._desk.say(self._says, where=self)
        elif self._desk.keymap.troubles:
            self._desk.say(" ".join(self._desk.keymap.troubles), Tone.WARNING, where=self)

    def of_another_session(self, says: str) -> "RunnersScreen":
        """The same for the session that the desk has now: filter and order stay, if there still is
        the column, and marks go."""
        keys = [each.key for each in columns_of(self._desk.session.store.snapshot)]
        query = self._query.for_columns(keys)
        said = f"{says} {marks_gone(len(self.home.marks))}".rstrip()
        return RunnersScreen(self._desk, query, says=said)

    @property
    def key_groups(self) -> tuple[KeyGroup, ...]:
        """For the help."""
        has_accounts = bool(self._session.store.snapshot.accounts)
        return (ACTING, RUNNERS, TABLE, SORTING, *[SORTING_ACCOUNTS] * has_accounts)

    @property
    def home(self) -> FleetTable:
        """What has the focus while nothing is typed."""
        return self.query_one(FleetTable)

    @property
    def query_now(self) -> Query:
        """What is asked to be seen."""
        return self._query

    @property
    def targets(self) -> tuple[str, ...]:
        """The marked runners in the fleet's order, else the one under the cursor."""
        table = self.home
        if not table.marks:
            return (table.current,) if table.current is not None else ()
        return tuple(
            runner.id for runner in self._session.store.snapshot.runners if runner.id in table.marks
        )

    def show(self) -> None:
        """Draws the newest snapshot; what is the same as before is not written again."""
        store = self._session.store
        self.query_one(Headlines).show(overview(store.snapshot, store.now))
        self.home.keep_marks(store.snapshot.by_id)
        self._show_table()
        self.tick()

    def tick(self) -> None:
        """Draws what time alone changes: the age of the data, and the countdown of a problem."""
        snapshot, now = self._session.store.snapshot, self._session.store.now
        age = self._desk.age
        self.query_one(StatusLine).show_age(age)
        self.home.set_class(age.is_stale, "-stale")
        if snapshot.problems:
            self.query_one(Headlines).show_banner(banner(snapshot, now))

    def filter_by(self, text: str) -> None:
        """Puts a filter there as if it had been typed."""
        self.query_one(FilterBar).say(text)
        self.home.focus()

    def sort(self, column: str, *, descending: bool) -> None:
        self._ask(Query(self._query.filter, column, descending))

    def unmark(self, runner_ids: tuple[str, ...]) -> None:
        """What was marked for an action is unmarked once it has begun."""
        if self.home.marks and self.home.marks <= set(runner_ids):
            self.home.unmark_all()

    def on_resize(self) -> None:
        self.set_class(self.has_class("-pane") and self.size.width >= WIDE, "-pane")
        self._show_current()

    def on_fleet_table_moved(self) -> None:
        self._show_current()

    def on_fleet_table_marked(self) -> None:
        self._show_status()
        self._show_current()

    def on_fleet_table_opened(self) -> None:
        current = self.home.current
        if self.size.width >= WIDE:
            self.toggle_class("-pane")
            self._show_current()
        elif current is not None:
            self._desk.open_screen(DetailScreen(self._desk, current))

    def on_fleet_table_sort_asked(self, event: FleetTable.SortAsked) -> None:
        self.action_sort_by(event.column)

    def on_headlines_chosen(self, event: Headlines.Chosen) -> None:
        self.action_headline(event.key - 1)

    def on_filter_bar_changed(self, event: FilterBar.Changed) -> None:
        self._ask(Query(event.typing.filter, self._query.sort, self._query.descending))

    def on_filter_bar_closed(self, event: FilterBar.Closed) -> None:
        self._desk.remember("filters", event.text)
        self.home.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What begins a text is a letter where one is typed already."""
        return action != "filter" or self._desk.takes_commands

    def action_filter(self) -> None:
        self.query_one(FilterBar).open(self._desk.recall("filters"))

    def action_back(self) -> None:
        """One step: what was said, then out of the filter, the filter itself, the pane, the wide
        columns, the marks."""
        table = self.home
        if self._desk.unsay():
            return
        if self.focused is not table:
            table.focus()
        elif self._query.filter.text or self.query_one(FilterBar).has_class("-open"):
            self.query_one(FilterBar).clear()
        elif self.has_class("-pane"):
            self.remove_class("-pane")
        elif table.is_wide:
            self.action_wide()
        else:
            table.unmark_all()

    def action_sort(self) -> None:
        self._ask(self._query.sorted_by_next(self._columns))

    def action_sort_by(self, column: str) -> None:
        if column in self._columns:
            self._ask(self._query.sorted_by(column))

    @property
    def _columns(self) -> tuple[str, ...]:
        return tuple(each.key for each in self.home.table.columns)

    def action_wide(self) -> None:
        self.home.toggle_wide()
        self._show_status()

    def action_problems(self) -> None:
        self._toggle_filter(PROBLEMS)

    def action_headline(self, number: int) -> None:
        store = self._session.store
        self._toggle_filter(overview(store.snapshot, store.now).headlines[number].filter)

    def action_refresh(self) -> None:
        self._session.store.refresh_soon()

    def action_history(self) -> None:
        current = self.home.current
        if current is not None:
            self._desk.open_screen(HistoryScreen(self._desk, current))

    def action_json(self) -> None:
        current = self.home.current
        if current is not None:
            self._desk.open_screen(RecordScreen(self._desk, current))

    async def action_save(self) -> None:
        await self._desk.open_command_line("save runners.csv")

    def action_copy(self) -> None:
        from tui.commands import copy

        copy(self._desk, self.targets, self._copying.next(self.targets))

    def _ask(self, query: Query) -> None:
        self._query = query
        self._show_table()

    def _toggle_filter(self, text: str) -> None:
        bar = self.query_one(FilterBar)
        bar.say("" if parse_filter(text) == self._query.filter else text)
        self.home.focus()

    def _show_table(self) -> None:
        store, query = self._session.store, self._query
        table = runners_table(store.snapshot, query, store.now)
        hint = "Esc clears the filter." if query.filter.text and store.snapshot.runners else ""
        self.home.show(table, (query.sort, query.descending), hint)
        self.query_one(FilterBar).show_count(table.caption if table.total else "")
        self._show_current()
        self._show_status()

    def _show_current(self) -> None:
        store, read_only = self._session.store, self._session.is_read_only
        current = self.home.current
        if self.has_class("-pane"):
            self.query_one(SidePane).follow(self._session, current)
        asked = (store.snapshot, () if read_only else self.targets)
        if asked[0] is not self._asked[0] or asked[1] != self._asked[1]:
            self._asked = asked
            lines = action_lines(asked[1], store.snapshot, store.now) if asked[1] else ()
            self.query_one(ActionKeys).show_actions(lines)

    def _show_status(self) -> None:
        table, store = self.home, self._session.store
        parts = [*table_parts(table, self._query), *history_part(self._session.history_problem)]
        self.query_one(StatusLine).show(parts, store.snapshot, store.now)
