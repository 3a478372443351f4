"""A table as a value: columns, rows, and what changed between two. Nothing is drawn here."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from console.view.tone import Tone


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is in characters; `rank` 0 is the last to go when space is short."""

    key: str
    title: str
    width: int
    rank: int
    explains: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says: safe plain text, its tone, and a symbol that carries the tone in black
    and white. `ascii_symbol` stands in where only ASCII can be shown. `badge` asks for a tint,
    `is_busy` says that something goes on here, of which nobody knows how long it takes."""

    text: str
    tone: Tone = Tone.NEUTRAL
    symbol: str = ""
    ascii_symbol: str = ""
    badge: bool = False
    hint: str = ""
    is_busy: bool = False

    @property
    def said(self) -> str:
        """The cell as one string: symbol, space, text."""
        return f"{self.symbol} {self.text}" if self.symbol else self.text


@dataclass(frozen=True, slots=True)
class Row:
    """One runner's cells, in the order of the table's columns. `tone` is the worst among them."""

    key: str
    cells: tuple[Cell, ...]
    tone: Tone


class Rows(Sequence[Row]):
    """Rows of which the keys are known, and the cells are made when somebody looks at them: a
    screen shows two dozen of ten thousand. Equal to any sequence of equal rows."""

    __slots__ = ("_made", "_make", "keys")

    def __init__(self, keys: tuple[str, ...], make: Callable[[int], Row]) -> None:
        """`make` gives the row of a number, the same one whenever it is asked."""
        self.keys = keys
        self._make = make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple([self[number] for number in range(*at.indices(len(self.keys)))])
        number = range(len(self.keys))[at]
        row = self._made.get(number)
        if row is None:
            row = self._made[number] = self._make(number)
        return row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.keys)


@dataclass(frozen=True)
class Table:
    """Rows in the order to show. `total` counts the fleet before filtering; `caption` is the footer
    ("5 of 24 runners"); `empty` says why there is no row, and what to do, when there is none."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    total: int
    caption: str
    empty: str = ""

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Row number by row key."""
        rows = self.rows
        keys = rows.keys if isinstance(rows, Rows) else [row.key for row in rows]
        return {key: number for number, key in enumerate(keys)}


@dataclass(frozen=True, slots=True)
class Delta:
    """What turns one table into the next. `order` is None while the same rows stand in the same
    order; else it lists all keys, and `rows` holds the rows that were not there before.
    `cells` are (row key, column number, cell)."""

    cells: tuple[tuple[str, int, Cell], ...] = ()
    rows: tuple[Row, ...] = ()
    order: tuple[str, ...] | None = None

    @property
    def is_empty(self) -> bool:
        return not self.cells and self.order is None


def delta(before: Table, after: Table) -> Delta:
    """The smallest change from `before` to `after`; both must have the same columns."""
    if before.rows is after.rows:
        return Delta()
    same_order = len(before.rows) == len(after.rows)
    cells: list[tuple[str, int, Cell]] = []
    added: list[Row] = []
    for number, row in enumerate(after.rows):
        old_number = before.index.get(row.key)
        if old_number is None:
            added.append(row)
            same_order = False
            continue
        same_order = same_order and old_number == number
        old = before.rows[old_number]
        if old is not row:
            cells.extend(
                (row.key, column, new)
                for column, (was, new) in enumerate(zip(old.cells, row.cells, strict=True))
                if was is not new and was != new
            )
    order = None if same_order else tuple(row.key for row in after.rows)
    return Delta(tuple(cells), tuple(added), order)


def moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest of the keys in both that must be taken out and put back to get the new order:
    all but the longest run that is in order already."""
    places = {key: number for number, key in enumerate(before)}
    kept = [(places[key], key) for key in after if key in places]
    ends: list[int] = []
    lengths = []
    for place, _ in kept:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    wanted = len(ends) - 1
    staying = set()
    for (_, key), length in zip(reversed(kept), reversed(lengths), strict=True):
        if length == wanted:
            staying.add(key)
            wanted -= 1
    return frozenset(key for _, key in kept if key not in staying)
