"""A group of facts under a title, as the detail of a runner shows them."""

from dataclasses import dataclass

from console.view.table import Cell


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    facts: tuple[Fact, ...]
