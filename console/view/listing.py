"""A list of things that a person may do something to: users, tokens, sign-ins."""

from dataclasses import dataclass

from console.view.form import Form
from console.view.table import Cell


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done to a row. Its form asks what else it takes, at least whether."""

    id: str
    label: str
    form: Form


@dataclass(frozen=True, slots=True)
class ListedRow:
    """`key` names it where something is done to it. The first cell is its name; `leads` is the
    address of the page with more about it, from the console's own, "" where there is none."""

    key: str
    cells: tuple[Cell, ...]
    deeds: tuple[Deed, ...] = ()
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """`empty` is said where there is no row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[ListedRow, ...]
    empty: str = ""
