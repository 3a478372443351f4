"""Long answers, some lines at a time."""

from collections.abc import Iterable

PAGE = 20
"""Lines of an answer before it waits to be asked for more."""


class Pages:
    """Keeps what was not told yet of the newest long answer."""

    def __init__(self) -> None:
        self._rest: tuple[str, ...] = ()

    def first(self, lines: Iterable[str], most: int = PAGE) -> tuple[str, ...]:
        """The beginning of an answer. One that is hardly longer than `most` is told whole."""
        self._rest = tuple(lines)
        return self.next(most)

    def next(self, most: int = PAGE) -> tuple[str, ...]:
        """What follows, with how much is left after it."""
        told, rest = self._rest[:most], self._rest[most:]
        if len(rest) == 1:
            told, rest = self._rest, ()
        self._rest = rest
        return (*told, f"{len(rest)} more lines. Type more for the next.") if rest else told
