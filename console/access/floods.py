"""Refusals that repeat. The first ones of a source are written as they come; those that follow are
counted, and told together every quarter of an hour for as long as they come. So no flood of them,
however slow, pushes out what was done."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from console.access.audit import AuditEntry, Outcome, What
from console.access.limits import address_key

PERIOD = timedelta(minutes=15)

IN_FULL = 20
"""Of one kind, person and address, until none came for a whole period."""

OF_ALL_IN_FULL = 300
"""In one period, of all together."""

OF_STRANGERS = (What.SCREEN_ASKED,)
"""What is no refusal, and takes nobody who is known."""

ELSEWHERE = "of other addresses "

Source = tuple[str, str, str]


@dataclass(slots=True)
class Repeats:
    """What came of one source: `more` since the beginning of the period were not written."""

    since: datetime
    in_full: int = 0
    more: int = 0
    last: AuditEntry | None = None

    def told(self, where: str) -> AuditEntry | None:
        """Those that were counted, as one entry; None for none."""
        if self.last is None:
            return None
        began = f"{self.since.astimezone(UTC):%H:%M} UTC"
        detail = f"{self.more} more {where}like it since {began}. {self.last.detail}".strip()
        return replace(self.last, detail=detail)


class Flood:
    """Keeps apart what it counts for so many sources; all others of a kind are one more."""

    def __init__(self) -> None:
        self._sources: dict[Source, Repeats] = {}
        self._since: datetime | None = None
        self._in_full = 0

    def lets_pass(self, entry: AuditEntry) -> bool:
        """Whether it is to be written now; it is told later otherwise."""
        if entry.outcome != Outcome.REFUSED and entry.what not in OF_STRANGERS:
            return True
        if self._since is None or _is_over(self._since, entry.at):
            self._since, self._in_full = entry.at, 0
        source = (entry.what, entry.who, address_key(entry.address))
        found = self._sources.get(source)
        has_room = self._in_full < OF_ALL_IN_FULL
        if found is None:
            source = source if has_room else (entry.what, "", ELSEWHERE)
            found = self._sources.setdefault(source, Repeats(entry.at))
        if has_room and found.in_full < IN_FULL and source[2] != ELSEWHERE:
            self._in_full += 1
            found.in_full += 1
            return True
        found.more += 1
        found.last = entry
        return False

    def due(self, now: datetime) -> Iterator[AuditEntry]:
        """What was counted in periods that are over. A source from which none came is forgotten."""
        for source, found in list(self._sources.items()):
            if not _is_over(found.since, now):
                continue
            if (told := found.told(_where(source))) is None:
                del self._sources[source]
            else:
                self._sources[source] = Repeats(now, found.in_full)
                yield told

    def rest(self) -> Iterator[AuditEntry]:
        """All that was counted, before the end."""
        for source, found in self._sources.items():
            if (told := found.told(_where(source))) is not None:
                yield told
        self._sources.clear()


def _where(source: Source) -> str:
    return ELSEWHERE if source[2] == ELSEWHERE else ""


def _is_over(since: datetime, now: datetime) -> bool:
    """Also when the clock was set back."""
    return not timedelta() <= now - since < PERIOD
