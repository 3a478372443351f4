"""The fleet table alone: what it paints again, and what follows a runner when the order changes."""

import time
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from console.view.columns import COLUMNS
from console.view.query import Query
from console.view.runners import runners_table
from console.view.table import Table
from console.view.tone import COLOURLESS, DARK_16, LIGHT_16, Palette, Tone
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, snapshot_of
from tests.tui.conftest import Console, Open
from tui.theme import tone_style
from tui.widgets.columns import fitted, slots_for
from tui.widgets.table import FleetTable


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines of fleet tables as they are painted."""
    lines: list[int] = []
    paint = FleetTable.render_line

    def counting(table: FleetTable, y: int) -> object:
        lines.append(y)
        return paint(table, y)

    monkeypatch.setattr(FleetTable, "render_line", counting)
    return lines


async def test_a_reading_that_finds_nothing_new_paints_no_line(
    painted: list[int], open_console: Open
) -> None:
    async with open_console() as console:
        await console.read()
        painted.clear()
        console.clock.move(seconds=5)
        await console.read()
        assert painted == []
        assert "0 s old" in console.text


async def test_one_changed_runner_paints_one_line(painted: list[int], open_console: Open) -> None:
    async with open_console() as console:
        await console.press("s")
        runner = console.world.named("prod-eu-fargate")
        console.world.rewrite([replace(runner, auto_updates=False, version="10.1200.0")])
        painted.clear()
        await console.read()
        place = console.names.index("prod-eu-fargate")
        assert set(painted) == {place + 1}


async def test_a_change_out_of_sight_paints_nothing(painted: list[int], open_console: Open) -> None:
    async with open_console((80, 24), runners=200) as console:
        await console.press("s")
        last = console.names[-1]
        console.world.rewrite([replace(console.world.named(last), connected=False)])
        painted.clear()
        await console.read()
        assert painted == []


async def test_moving_the_cursor_paints_two_lines(painted: list[int], console: Console) -> None:
    painted.clear()
    await console.press("down")
    assert set(painted) == {1, 2}


async def test_the_cursor_stays_on_its_runner_when_the_order_changes(console: Console) -> None:
    await console.press("end", "up")
    before = console.current
    runner = console.world.named(before)
    console.world.rewrite([replace(runner, connected=False)])
    await console.read()
    assert console.names[0] != before or console.names.index(before) < 22
    assert console.current == before


async def test_the_cursor_keeps_its_line_when_runners_come_in_above(open_console: Open) -> None:
    async with open_console((80, 24), runners=200) as console:
        await console.press("s", *["pagedown"] * 3)
        line, name = _cursor_line(console), console.current
        for number in range(5):
            new = replace(console.world.named("sandbox"), id=f"new-{number}", name=f"a{number}")
            console.world.create(new)
        await console.read()
        assert console.current == name
        assert _cursor_line(console) == line


async def test_at_the_beginning_of_the_table_what_comes_in_on_top_is_seen(console: Console) -> None:
    await console.press("down")
    before = console.current
    runner = console.world.named("dev-eu-fargate")
    console.world.rewrite([replace(runner, connected=False)])
    await console.read()
    assert console.names[0] == "dev-eu-fargate"
    assert "dev-eu-fargate" in console.text
    assert console.current == before


async def test_the_wheel_scrolls_and_a_reading_does_not_jump_back(open_console: Open) -> None:
    async with open_console((80, 24), runners=200) as console:
        console.table.scroll_to(y=40, animate=False)
        await console.pilot.pause()
        seen = console.text
        await console.read()
        assert console.text == seen
        await console.press("down")
        assert any(line.startswith("▌") for line in console.text.splitlines())


async def test_without_its_runner_the_cursor_stays_where_it_was(console: Console) -> None:
    await console.press("slash")
    await console.type("sandbox")
    await console.press("enter", "escape", *["home"], *["down"] * 6)
    assert console.current == "sandbox"
    console.world.delete(console.id_of("sandbox"))
    await console.read()
    assert console.current == console.names[6]


async def test_columns_go_by_rank_and_the_name_takes_the_rest() -> None:
    for width in range(20, 200, 7):
        slots = slots_for(COLUMNS, width)
        ranks = sorted(COLUMNS[slot.number].rank for slot in slots)
        assert ranks[0] == 0
        assert slots[-1].start + slots[-1].width == width or len(slots) == 1
    assert len(slots_for(COLUMNS, 200)) == len(COLUMNS)


@pytest.mark.parametrize(
    "text", ["prod", "prod-eu-fargate-the-long-one", "東京本番環境の実行機", "é́é"]
)
def test_a_fitted_text_has_exactly_its_cells(text: str) -> None:
    assert cell_len(fitted(text, 12)) == 12


async def test_a_name_of_wide_letters_leaves_the_columns_in_line() -> None:
    snapshot = snapshot_of(HEALTHY, replace(HEALTHY, id="2", name="東京本番環境の実行機の名前"))
    table = runners_table(snapshot, Query(), NOW)
    app = Host(table)
    async with app.run_test(size=(100, 10)) as pilot:
        await pilot.pause()
        widget = app.query_one(FleetTable)
        assert {widget.render_line(y).cell_length for y in range(4)} == {99}


async def test_ten_thousand_rows_are_shown_in_under_50_ms_of_processor_time() -> None:
    table = runners_table(demo_snapshot(10_000), Query(), NOW)
    changed = replace(table, rows=table.rows[1:] + table.rows[:1])
    app = Host(table)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        widget = app.query_one(FleetTable)
        spent = []
        for shown in (changed, table, changed):
            begin = time.process_time()
            widget.show(shown, ("attention", False))
            [widget.render_line(y) for y in range(50)]
            spent.append(time.process_time() - begin)
        assert min(spent) < 0.05


@pytest.mark.parametrize("palette", [DARK_16, LIGHT_16, COLOURLESS])
def test_with_few_colours_the_cursor_line_stands_in_reverse_whatever_the_tone(
    palette: Palette,
) -> None:
    styles = {tone_style(palette.name, tone, selected=True) for tone in Tone}
    assert len(styles) == 1
    assert styles.pop().reverse


class Host(App[None]):
    """A table and nothing else."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def compose(self) -> ComposeResult:
        yield FleetTable()

    def on_mount(self) -> None:
        self.query_one(FleetTable).show(self._table, ("attention", False))


def _cursor_line(console: Console) -> int:
    """The line of the screen on which the cursor stands."""
    lines = enumerate(console.text.splitlines())
    return next(number for number, line in lines if line.startswith("▌"))
