"""One snapshot, drawn by every front end: the same titles, cells, order and sentences."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from pydantic import TypeAdapter
from rich.console import Console
from textual.app import App, ComposeResult

from console.api.models.record import Page, parsed
from console.api.models.runners import RunnerRecord
from console.cli.formats import write_plain, write_table
from console.cli.showing import detail_lines as shown_lines
from console.demo.world import World
from console.fleet.snapshot import Snapshot
from console.fleet.store import FleetStore
from console.view.columns import COLUMNS
from console.view.detail import Detail, runner_detail
from console.view.overview import overview
from console.view.query import Query
from console.view.runners import runners_table
from console.view.table import Cell, Table
from console.view.tone import DARK
from console.view.wall import wall
from tests.console.fleets import NOW
from tui.theme import THEMES
from tui.widgets.columns import slots_for
from tui.widgets.detail import detail_lines
from tui.widgets.headlines import Headlines
from tui.widgets.line import Line
from tui.widgets.table import FleetTable
from web.wire import (
    columns_json,
    counts_json,
    detail_json,
    headlines_json,
    table_json,
    verdict_json,
)

QUERIES = tuple(
    Query(sort=column.key, descending=down) for column in COLUMNS for down in (False, True)
)
SIZE = (260, 40)

Drawn = list[list[str]]
"""Titles, then the cells of each row as a reader sees them."""


@pytest.fixture
async def store() -> FleetStore:
    """The demo's 24 runners, read once."""
    world = World(clock=lambda: NOW)
    page = parsed(TypeAdapter(Page[RunnerRecord]), world.written_page(0, 100))

    async def read() -> tuple[RunnerRecord, ...]:
        return page.results

    store = FleetStore(read, clock=lambda: NOW)
    await store.refresh()
    return store


@pytest.fixture
def snapshot(store: FleetStore) -> Snapshot:
    return store.snapshot


class Host(App[None]):
    """The terminal's table and its counts, and nothing else."""

    def __init__(self, table: Table, snapshot: Snapshot) -> None:
        super().__init__()
        self._table = table
        self._overview = overview(snapshot, NOW)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return THEMES[0].variables

    def compose(self) -> ComposeResult:
        yield Headlines("test", read_only=False)
        yield FleetTable()

    def on_mount(self) -> None:
        self.query_one(FleetTable).show(self._table, ("", False))
        self.query_one(Headlines).show(self._overview)


async def in_the_terminal(table: Table, snapshot: Snapshot) -> Drawn:
    app = Host(table, snapshot)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        widget = app.query_one(FleetTable)
        slots = slots_for(table.columns, widget.scrollable_content_region.width)
        lines = [widget.render_line(y) for y in range(len(table.rows) + 1)]
    return [
        [line.crop(slot.start, slot.start + slot.width).text.strip() for slot in slots]
        for line in lines
    ]


def on_the_command_line(table: Table) -> Drawn:
    out = StringIO()
    write_table(table, out)
    lines = out.getvalue().splitlines()
    starts = [lines[0].index(column.title) for column in table.columns]
    ends = [*starts[1:], None]
    return [
        [line[start:end].strip() for start, end in zip(starts, ends, strict=True)] for line in lines
    ]


def on_the_page(table: Table) -> Drawn:
    titles = [column["title"] for column in columns_json(table.columns)]
    rows = json.loads(json.dumps(table_json(table, 1)))["rows"]
    return [titles, *([_said(cell) for cell in cells] for _, cells in rows)]


def _said(cell: str | list[str | int]) -> str:
    if isinstance(cell, str):
        return cell
    text, _, symbol = (*cell, "")[:3]
    return f"{symbol} {text}" if symbol else str(text)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: f"{query.sort}-{query.descending:d}")
def test_the_command_line_and_the_page_show_one_table(snapshot: Snapshot, query: Query) -> None:
    table = runners_table(snapshot, query, NOW)
    drawn = on_the_command_line(table)
    assert len(drawn) == 25
    assert on_the_page(table) == drawn


@pytest.mark.parametrize("query", [QUERIES[0], QUERIES[-2]], ids=lambda query: query.sort)
async def test_the_terminal_shows_the_same_table(snapshot: Snapshot, query: Query) -> None:
    table = runners_table(snapshot, query, NOW)
    assert await in_the_terminal(table, snapshot) == on_the_command_line(table)


def test_plain_lines_hold_every_cell_of_the_table_in_its_order(snapshot: Snapshot) -> None:
    table = runners_table(snapshot, Query(), NOW)
    out = StringIO()
    write_plain(table, out)
    for line, row in zip(out.getvalue().splitlines(), table.rows, strict=True):
        name, *others = row.cells
        assert line.startswith(f"{name.text}: ")
        places = [line.index(f" {cell.text}") for cell in others if cell.text != "–"]
        assert len(places) >= 5


def sentences(detail: Detail) -> Iterator[Cell]:
    """All that a detail says about a runner, each with the symbol that stands before it."""
    yield from (Cell(detail.title), Cell(detail.description))
    for finding in detail.findings:
        yield from (Cell(finding.sentence, symbol=finding.symbol), Cell(finding.remedy))
    for section in detail.sections:
        yield Cell(section.title)
        for fact in section.facts:
            yield from (Cell(fact.label), fact.cell)


def test_the_details_of_every_runner_say_the_same_everywhere(snapshot: Snapshot) -> None:
    for runner in snapshot.runners:
        detail = runner_detail(snapshot, runner.id, NOW)
        assert detail is not None
        shown = "\n".join(shown_lines(detail))
        terminal = _as_text(detail)
        wire = json.dumps(detail_json(detail))
        page = set(_texts(json.loads(wire)))
        for sentence in sentences(detail):
            assert sentence.said in shown
            assert sentence.said in terminal
            assert {sentence.text, sentence.symbol} <= page | {""}


def _as_text(detail: Detail) -> str:
    console = Console(width=500, file=StringIO(), force_terminal=False)
    with console.capture() as captured:
        console.print(detail_lines(detail, DARK))
    return captured.get()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


async def test_the_verdict_and_the_counts_are_the_same_everywhere(snapshot: Snapshot) -> None:
    told, on_the_wall = overview(snapshot, NOW), wall(snapshot, NOW)
    assert (on_the_wall.verdict, on_the_wall.tone) == (told.verdict, told.verdict_tone)
    assert on_the_wall.headlines == told.headlines
    assert verdict_json(told)["verdict"] == told.verdict
    page = zip(counts_json(told.headlines), headlines_json(told.headlines), strict=True)
    told_by_page = [(count[0], each["label"]) for count, each in page]
    assert told_by_page == [(each.count, each.label) for each in told.headlines]
    app = Host(runners_table(snapshot, Query(), NOW), snapshot)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert told.verdict in app.query_one("#verdict", Line).said
        counts = app.query_one("#counts", Line).said
    for headline in told.headlines:
        assert f"{headline.count} {headline.label}" in counts


def test_the_wall_shows_the_problems_in_the_tables_order(snapshot: Snapshot) -> None:
    rows = runners_table(snapshot, Query(), NOW).rows
    tiles = wall(snapshot, NOW).tiles
    assert [tile.key for tile in tiles] == [row.key for row in rows[: len(tiles)]]
    assert [tile.name for tile in tiles] == [row.cells[0] for row in rows[: len(tiles)]]
