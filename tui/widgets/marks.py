"""Which runners are marked for an action, and where a range of them begins."""

from collections.abc import Container
from dataclasses import dataclass

from console.view.table import Table


@dataclass(frozen=True, slots=True)
class Marks:
    """`last` is the runner that was marked last, "" before any was."""

    keys: frozenset[str] = frozenset()
    last: str = ""

    def among(self, known: Container[str]) -> "Marks":
        """Without those of runners that there are no more."""
        return Marks(frozenset(key for key in self.keys if key in known), self.last)

    def toggled(self, key: str) -> "Marks":
        return Marks(self.keys ^ {key}, key)

    def through(self, number: int, table: Table) -> "Marks":
        """With all rows from the one that was marked last to this one."""
        begin = table.index.get(self.last, number)
        first, last = sorted((begin, number))
        keys = (row.key for row in table.rows[first : last + 1])
        return Marks(self.keys.union(keys), table.rows[number].key)

    def with_all(self, table: Table) -> "Marks":
        """With all rows, the unseen too; without them, when all are marked."""
        keys = frozenset(table.index)
        return Marks(self.keys - keys if keys <= self.keys else self.keys | keys, self.last)
