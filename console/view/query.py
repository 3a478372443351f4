"""What a viewer asked to see: filter and order. It stays with the screen; the core applies it."""

from dataclasses import dataclass, field

from console.errors import FilterError
from console.view.filter import EVERYTHING, RUNNERS, Filter, Subject, parse_filter


@dataclass(frozen=True, slots=True)
class Query:
    """`sort` is a column key; "attention" puts the worst first. Equal rows go by name, then id."""

    filter: Filter = EVERYTHING
    sort: str = "attention"
    descending: bool = False


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
