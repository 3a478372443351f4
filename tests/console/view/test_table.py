"""A delta is exactly what turns one table into the next."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.view.table import Cell, Column, Delta, Row, Rows, Table, delta
from console.view.tone import SEVERITY, Tone

COLUMNS = (Column("a", "A", 5, 0, ""), Column("b", "B", 5, 1, ""))


def row(key: str, texts: tuple[str, str]) -> Row:
    return Row(key, tuple(Cell(text) for text in texts), Tone.NEUTRAL)


def table(rows: dict[str, tuple[str, str]]) -> Table:
    made = tuple(row(key, texts) for key, texts in rows.items())
    return Table(COLUMNS, made, len(made), f"{len(made)} runners")


def applied(before: Table, change: Delta) -> tuple[Row, ...]:
    """What a front end does with a delta."""
    rows = {each.key: list(each.cells) for each in (*before.rows, *change.rows)}
    for key, column, cell in change.cells:
        rows[key][column] = cell
    order = tuple(before.index) if change.order is None else change.order
    return tuple(Row(key, tuple(rows[key]), worst(rows[key])) for key in order)


def worst(cells: list[Cell]) -> Tone:
    return max((cell.tone for cell in cells), key=SEVERITY.__getitem__)


TEXT = st.sampled_from(["", "x", "y"])
ROWS = st.dictionaries(st.sampled_from(string.ascii_lowercase[:6]), st.tuples(TEXT, TEXT))
TABLES = ROWS.flatmap(lambda rows: st.permutations(list(rows.items())).map(dict)).map(table)


@given(TABLES, TABLES)
def test_the_delta_applied_to_the_old_table_gives_the_new_one(before: Table, after: Table) -> None:
    assert applied(before, delta(before, after)) == after.rows


@given(TABLES, TABLES)
def test_a_delta_names_only_cells_that_differ(before: Table, after: Table) -> None:
    for key, column, cell in delta(before, after).cells:
        assert before.rows[before.index[key]].cells[column] != cell


@given(TABLES)
def test_between_equal_tables_there_is_nothing(one: Table) -> None:
    same = table({each.key: tuple(c.text for c in each.cells) for each in one.rows})  # type: ignore[misc]
    assert delta(one, same) == Delta()
    assert delta(one, one).is_empty


def test_a_row_that_left_shows_in_the_order_alone() -> None:
    before, after = table({"a": ("", ""), "b": ("", "")}), table({"b": ("", "")})
    change = delta(before, after)
    assert change == Delta(order=("b",))
    assert not change.is_empty


def test_a_new_row_comes_whole_and_only_once() -> None:
    before, after = table({"a": ("", "")}), table({"b": ("x", "y"), "a": ("", "")})
    change = delta(before, after)
    assert change.rows == (row("b", ("x", "y")),)
    assert change.order == ("b", "a")
    assert change.cells == ()


def test_a_cell_is_said_with_its_symbol() -> None:
    assert Cell("Running", symbol="●").said == "● Running"
    assert Cell("Running").said == "Running"


def test_rows_are_made_when_they_are_looked_at_and_only_once() -> None:
    made: list[int] = []

    def make(number: int) -> Row:
        made.append(number)
        return Row(f"r{number}", (Cell("x"),), Tone.NEUTRAL)

    rows = Rows(tuple(f"r{number}" for number in range(1000)), make)
    table = Table((), rows, 1000, "")
    assert len(rows) == 1000
    assert table.index["r999"] == 999
    assert made == []
    assert rows[3] is rows[3]
    assert rows[-1].key == "r999"
    assert [row.key for row in rows[1:4]] == ["r1", "r2", "r3"]
    assert made == [3, 999, 1, 2]
    with pytest.raises(IndexError):
        rows[1000]


def test_rows_that_are_made_late_are_equal_to_those_that_are_there() -> None:
    there = tuple(Row(f"r{number}", (Cell("x"),), Tone.NEUTRAL) for number in range(3))
    rows = Rows(tuple(row.key for row in there), there.__getitem__)
    assert rows == there
    assert there == rows
    assert rows != there[:2]
    assert Table((), rows, 3, "") == Table((), there, 3, "")
