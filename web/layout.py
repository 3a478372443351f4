"""The elements of the runners page, and where they stand: a dozen, however many runners it has."""

from dataclasses import dataclass
from datetime import datetime

from nicegui import ui

from console.fleet.fleet import Fleet
from console.fleet.snapshot import Snapshot
from console.view.overview import stale_after
from console.view.pace import seconds_to_reading
from web.components.action_bar import ActionBar
from web.components.detail_drawer import DetailDrawer
from web.components.filter_box import FilterBox
from web.components.headlines import Headlines
from web.components.help_dialog import HelpDialog
from web.components.page_top import PageTop
from web.components.palette import Palette
from web.components.runner_table import RunnerTable, TableStart
from web.components.view_tools import ViewTools
from web.feeds import Feeds
from web.seat import Seat
from web.wire import Json, headlines_json, verdict_json


@dataclass(frozen=True, slots=True)
class First:
    """What the elements show at first, each as its component reads it."""

    filter: Json
    counts: Json
    detail: Json
    bar: Json
    table: TableStart


class RunnersLayout:
    def __init__(self, seat: Seat, store: Fleet, feeds: Feeds, first: First) -> None:
        self._store = store
        self._beaten = _reading(store.snapshot)
        person = seat.person()
        with ui.element("div").classes("top"):
            self.top = PageTop(verdict_json(feeds.overview))
            with ui.element("div").classes("tools"):
                self.headlines = Headlines(first.counts, lines=headlines_json(feeds.presets))
                self.filter = FilterBox(first.filter)
                self.tools = ViewTools(first.table, who=person.name if person else "")
        with ui.element("div").classes("content"):
            self.table = RunnerTable(first.table)
            self.drawer = DetailDrawer(first.detail)
        self.bar = ActionBar(
            first.bar,
            firstAge=self._age(store.snapshot),
            firstDue=seconds_to_reading(store.snapshot, store.now),
            staleAfter=stale_after(store.snapshot).total_seconds(),
        )
        self.palette = Palette({"text": "", "entries": []})
        HelpDialog(can_act=first.table.selectable)

    def beat(self, snapshot: Snapshot) -> None:
        """Tells of a reading once: how old it is by now, and when the next one is due."""
        if _reading(snapshot) != self._beaten:
            self._beaten = _reading(snapshot)
            self.bar.beat(self._age(snapshot), seconds_to_reading(snapshot, self._store.now))

    def _age(self, snapshot: Snapshot) -> float | None:
        """Seconds, as the browser's own clock may be wrong."""
        taken = snapshot.taken
        return None if taken is None else (self._store.now - taken).total_seconds()


def _reading(snapshot: Snapshot) -> tuple[datetime | None, ...]:
    """Another one after each reading of the fleet, and after each that failed."""
    return (snapshot.taken, *(problem.next_try for problem in snapshot.problems))
