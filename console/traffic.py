"""Counts what passes between this console and one account's API, since the program was started.

Only counts: who asks too much is held back by `console.api.budget`.
"""

from collections import Counter
from collections.abc import Callable

FAULTS = (
    "unreachable",
    "throttled",
    "failed",
    "nonsense",
    "refused",
    "not_signed_in",
    "not_allowed",
)
"""What can come instead of an answer: the branches of `console.errors`, a word each."""


class Traffic:
    """Each request that was sent counts, repeated ones and those for a token too. `left` tells how
    many more may be sent in this minute, of `per_minute`."""

    def __init__(self, per_minute: int, left: Callable[[], int]) -> None:
        self.per_minute = per_minute
        self.calls: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self._left = left

    @property
    def left(self) -> int:
        return max(0, self._left())

    def called(self, method: str) -> None:
        self.calls[method] += 1

    def failed(self, fault: str) -> None:
        self.errors[fault] += 1
