"""What a viewer asked to see: filter and order. It stays with the screen; the core applies it."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from console.errors import FilterError
from console.view.filter import EVERYTHING, RUNNERS, Filter, Subject, parse_filter
from console.view.text import shown

USUAL = "attention"
"""The column by which runners stand unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Query:
    """`sort` is a column key; "attention" puts the worst first. Equal rows go by name, then id."""

    filter: Filter = EVERYTHING
    sort: str = USUAL
    descending: bool = False

    def sorted_by(self, column: str) -> "Query":
        """By a column; when it is by that one already, the other way round."""
        return replace(self, sort=column, descending=self.sort == column and not self.descending)

    def sorted_by_next(self, columns: Sequence[str]) -> "Query":
        """By the column that follows, of those that there are."""
        place = columns.index(self.sort) if self.sort in columns else -1
        return replace(self, sort=columns[(place + 1) % len(columns)], descending=False)

    def for_columns(self, columns: Container[str]) -> "Query":
        """The same, in the usual order where there is no such column."""
        return self if self.sort in columns else replace(self, sort=USUAL, descending=False)


def not_columns(names: Sequence[str]) -> str:
    """What to say of names that were meant as columns, as in an address; "" for none."""
    if not names:
        return ""
    said = ", ".join(f"“{shown(name, 40)}”" for name in names)
    return f"{said} is not a column." if len(names) == 1 else f"{said} are not columns."


@dataclass(frozen=True, slots=True)
class Typing:
    """A filter while it is being typed: what is in force, and what is wrong with the text, if
    anything. While the text does not parse, the last filter that did stays in force."""

    text: str = ""
    filter: Filter = field(default=EVERYTHING)
    error: str = ""
    error_at: int | None = None
    subject: Subject = RUNNERS

    def typed(self, text: str) -> "Typing":
        """The next state, after the text has become `text`."""
        try:
            return Typing(text, parse_filter(text, self.subject), subject=self.subject)
        except FilterError as error:
            before = text[: text.rfind(" ", 0, error.position) + 1]
            fresh = Typing(subject=self.subject)
            kept = self.filter if before == text else fresh.typed(before).filter
            return Typing(text, kept, str(error), error.position, self.subject)
