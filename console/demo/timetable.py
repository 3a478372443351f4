"""What is due in the demo world, and when; entries due at one moment keep their order."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from itertools import count

from console.demo.lifecycle import Step
from console.demo.releases import Line

Entry = tuple[str, Step] | Line


class Timetable:
    """A step of a runner is a pair with the runner's id; a release is the name of its line."""

    def __init__(self) -> None:
        self._order = count()
        self._entries: list[tuple[datetime, int, Entry]] = []

    def add(self, at: datetime, entry: Entry) -> None:
        heapq.heappush(self._entries, (at, next(self._order), entry))

    def due(self, now: datetime) -> Iterator[tuple[datetime, Entry]]:
        """Takes out what is due until `now`, with what is added meanwhile, earliest first."""
        while self._entries and self._entries[0][0] <= now:
            at, _, entry = heapq.heappop(self._entries)
            yield at, entry
