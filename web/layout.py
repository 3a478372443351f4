"""The elements of the runners page, and where they stand: a dozen, however many runners it has."""

from dataclasses import dataclass
from json import dumps

from web.address import rows_url
from web.beats import Beats
from web.components.action_bar import ActionBar
from web.components.box import Box
from web.components.detail_drawer import DetailDrawer
from web.components.filter_box import FilterBox
from web.components.headlines import Headlines
from web.components.help_dialog import HelpDialog
from web.components.page_top import PageTop
from web.components.palette import Palette
from web.components.runner_table import RunnerTable, TableStart
from web.components.view_tools import ViewTools
from web.feeds import Feed, Feeds
from web.look import Look
from web.wire import Json, headlines_json


@dataclass(frozen=True, slots=True)
class First:
    """What the elements show at first, each as its component reads it."""

    filter: Json
    counts: Json
    detail: Json
    bar: Json
    table: TableStart
    note: str


def table_start(look: Look, feed: Feed, selected: tuple[str, ...], selectable: bool) -> TableStart:
    return TableStart(
        rows=feed.first,
        source=rows_url(look.query),
        sort=look.sort,
        descending=look.descending,
        columns=feed.table.columns,
        chosen=look.columns,
        selected=selected,
        selectable=selectable,
    )


class RunnersLayout:
    def __init__(self, who: str, feeds: Feeds, beats: Beats, first: First) -> None:
        """`who` is the name of the one who has it open."""
        with Box("top"):
            self.top = PageTop(feeds.bulletin.verdict)
            self.tools = ViewTools(first.table, who=who)
            with Box("tools"):
                self.headlines = Headlines(first.counts, lines=headlines_json(feeds.presets))
                self.filter = FilterBox(first.filter)
        with Box("content"):
            self.table = RunnerTable(first.table)
            self.drawer = DetailDrawer(first.detail)
        age, due = beats.told
        self.bar = ActionBar(
            first.bar,
            firstAge=age,
            firstDue=due,
            staleAfter=beats.stale_after.total_seconds(),
            note=first.note,
        )
        self.palette = Palette({"text": "", "entries": []})
        self._client = self.bar.client
        HelpDialog(can_act=first.table.selectable, columns=first.table.columns)

    def show_address(self, url: str) -> None:
        """In the browser's address field, without a new entry in its history. Also when no event of
        this page is being handled, as `ui.navigate` needs."""
        self._client.run_javascript(f"history.replaceState({{}}, '', {dumps(url)})")
