"""What a runner was told to be over time, put together from the changes that were recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from console.fleet.changes import What
from console.journal.history import History


@dataclass(frozen=True, slots=True)
class Held:
    """What was told between two moments that were seen. `is_begun` says that the first of them is
    when it began, as far as readings tell; else it may have been so before."""

    text: str
    start: datetime
    end: datetime
    is_begun: bool


def held(history: History, what: What, present: str, now: datetime) -> tuple[Held, ...]:
    """Oldest first; `present` is what is told now. Times of which nothing is known are left out,
    and so are those about which the record contradicts itself: the moments that were seen remain.

    The history must be one that was asked for without a beginning.
    """
    found = list(_until_now(history, what, present, now))
    if present and (not found or found[-1].end < now):
        found.append(Held(present, now, now, False))
    return tuple(found)


def _until_now(history: History, what: What, present: str, now: datetime) -> Iterator[Held]:
    """`since` is None while nothing is known, `text` is None while only a later change tells it."""
    text: str | None = None
    since = _known_from(history, now)
    is_begun = False
    for change in sorted(reversed(history.changes), key=lambda each: each.at):
        at = min(change.at, now)
        if change.what is what:
            yield from _ended(text, since, is_begun, change.before, at)
            text, since, is_begun = change.after, at, True
        elif change.what is What.LEFT:
            yield from _ended(text, since, is_begun, text or "", at)
            text, since, is_begun = "", None, False
        elif change.what is What.JOINED:
            text, since, is_begun = None, at, False
    yield from _ended(text, since, is_begun, present, now)


def _ended(
    text: str | None, since: datetime | None, is_begun: bool, before: str, at: datetime
) -> Iterator[Held]:
    """What was told from `since` on, when it is found to have been `before` until `at`."""
    if since is None or since > at:
        return
    if text is None:
        if before and since < at:
            yield Held(before, since, at, is_begun)
    elif text:
        yield Held(text, since, at if text == before else since, is_begun)


def _known_from(history: History, now: datetime) -> datetime | None:
    """From when on every change is in the history."""
    if history.is_cut:
        earliest = min((each.at for each in history.changes), default=None)
    else:
        earliest = history.recorded_since
    return min(earliest, now) if earliest is not None else None
