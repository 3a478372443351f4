"""The history of one runner as lines for a reader: what changed and what was done, newest first,
by days of the user's time zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from console.ages import duration
from console.fleet.changes import Change, What
from console.fleet.snapshot import Phase, Status
from console.fleet.versions import version_order
from console.journal.history import History, RecordedAction
from console.view.dates import day_words, local_clock
from console.view.table import Cell
from console.view.text import shown
from console.view.timeline_words import history_note
from console.view.tone import Tone
from console.view.words import STATUS, TRACK

A_MINUTE = timedelta(minutes=1)
"""Below it no age is told, as it would change with each look."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was seen or done. `clock` is its time of day with the zone. `cell` says it;
    its hint says more, such as what a plan had expected."""

    at: datetime
    clock: str
    age: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class HistoryDay:
    """The lines of one day, newest first; the title is "Today", "Yesterday" or the date."""

    title: str
    lines: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """`note` says since when there is a history, or why there is none; `more` that it goes further
    back than this, else ""."""

    days: tuple[HistoryDay, ...]
    note: Cell
    more: str = ""


def history_view(history: History, now: datetime, zone: tzinfo) -> HistoryView:
    """All of it. What happened between two readings has the time of the later one."""
    days: dict[str, list[HistoryLine]] = {}
    for at, cell in _newest_first(history, now):
        line = HistoryLine(at, local_clock(at, zone), _age(at, now), cell)
        days.setdefault(_day_title(at, now, zone), []).append(line)
    more = "Older entries are not listed." if history.is_cut else ""
    return HistoryView(
        tuple(HistoryDay(title, tuple(lines)) for title, lines in days.items()),
        _note(history, now, zone),
        more,
    )


def change_cell(change: Change) -> Cell:
    """A change in words: "Version: 10.1316.0 → 10.1317.0", "Left support"."""
    if change.what is What.STATUS:
        return _status_cell(change)
    if change.what is What.VERSION:
        return _version_cell(change)
    if change.what is What.SUPPORT:
        return _support_cell(change)
    if change.what in _PLAIN:
        return _PLAIN[change.what]
    fixed = _FLAGS.get((change.what, change.after))
    if fixed is not None:
        again = _AGAIN.get((change.what, change.before, change.after))
        return again or fixed
    label = _LABELS[change.what]
    return _moved(label, _word(change.what, change.before), _word(change.what, change.after))


def action_cell(action: RecordedAction, now: datetime) -> Cell:
    """An action in words: "Restart by ada from the terminal: done after 2 min"."""
    who = f" by {shown(action.who, 60)}" if action.who else ""
    where = f" from the {shown(action.face, 24)}" if action.face else ""
    text, tone, symbol, ascii_symbol = _outcome(action, now)
    note = f". {shown(action.note, 300)}" if action.note else ""
    expected = f"Expected: {shown(action.expected, 300)}" if action.expected else ""
    said = f"{shown(action.label, 40)}{who}{where}: {text}{note}"
    return Cell(said, tone, symbol, ascii_symbol, hint=expected)


def _newest_first(history: History, now: datetime) -> Iterator[tuple[datetime, Cell]]:
    """Both kinds by their time; an action before what came of it, read from the bottom up."""
    changes = [(each.at, 1, change_cell(each)) for each in history.changes]
    actions = [(each.started, 0, action_cell(each, now)) for each in history.actions]
    both = sorted([*changes, *actions], key=lambda each: each[:2], reverse=True)
    return ((at, cell) for at, _, cell in both)


def _status_cell(change: Change) -> Cell:
    if change.after not in STATUS:
        return _moved("Status", _status_word(change.before), _status_word(change.after))
    now = STATUS[Status(change.after)]
    said = _moved("Status", _status_word(change.before), _status_word(change.after))
    return Cell(said.text, now.tone, now.symbol, now.ascii_symbol)


def _version_cell(change: Change) -> Cell:
    said = _moved("Version", shown(change.before, 40), shown(change.after, 40))
    older, newer = version_order(change.before), version_order(change.after)
    if older and newer and newer < older:
        return Cell(f"{said.text}, a step back", Tone.WARNING, "↓", "v")
    if older and newer:
        return Cell(said.text, Tone.INFO, "↑", "^")
    return said


def _support_cell(change: Change) -> Cell:
    if not change.after:
        return Cell("The API no longer says whether it is supported", Tone.MUTED, "?", "?")
    if change.after == "supported":
        word = "Supported again" if change.before else "Supported"
        return Cell(word, Tone.GOOD, "✓", "+")
    hint = f"The API says: {shown(change.after)}"
    word = "Left support" if change.before in ("", "supported") else "Still out of support"
    return Cell(word, Tone.CRITICAL, "✕", "x", hint=hint)


def _outcome(action: RecordedAction, now: datetime) -> tuple[str, Tone, str, str]:
    took = duration(action.changed - action.started)
    if action.phase == Phase.DONE:
        return f"done after {took}", Tone.GOOD, "✓", "+"
    if action.phase == Phase.FAILED:
        return f"failed after {took}", Tone.CRITICAL, "✕", "x"
    if action.phase == Phase.NOT_SEEN:
        return f"not seen to finish within {took}", Tone.WARNING, "!", "!"
    return f"under way when last seen, {_age(action.changed, now)}", Tone.INFO, "↻", "~"


def _note(history: History, now: datetime, zone: tzinfo) -> Cell:
    said = history_note(history, now, zone)
    if history.problem:
        return Cell(said, Tone.WARNING, "!", "!")
    is_quiet = history.recorded_since and not history.changes and not history.actions
    return Cell(f"{said} Nothing has changed since." if is_quiet else said, Tone.MUTED)


def _day_title(at: datetime, now: datetime, zone: tzinfo) -> str:
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    said = day_words(day)
    return {0: f"Today, {said}", 1: f"Yesterday, {said}"}.get((today - day).days, said)


def _age(at: datetime, now: datetime) -> str:
    return f"{duration(now - at)} ago" if now - at >= A_MINUTE else "just now"


def _moved(label: str, before: str, after: str) -> Cell:
    if not before:
        return Cell(f"{label}: {after}", Tone.NEUTRAL, "•", "-")
    if not after:
        return Cell(f"{label}: {before} → no longer told", Tone.MUTED, "•", "-")
    return Cell(f"{label}: {before} → {after}", Tone.NEUTRAL, "•", "-")


def _status_word(word: str) -> str:
    return STATUS[Status(word)].text.lower() if word in STATUS else shown(word, 24)


def _word(what: What, told: str) -> str:
    if what is What.TRACK and told in TRACK:
        return TRACK[told].text
    if what in (What.NAME, What.TRACK):
        return shown(told, 60)
    return {"yes": "on", "no": "off"}.get(told, shown(told, 24))


_LABELS: Mapping[What, str] = {
    What.NAME: "Name",
    What.TRACK: "Track",
    What.CONNECTED: "Connection",
    What.AUTO_UPDATES: "Auto-update",
    What.RESTRICTED: "Restricted to listed projects",
}

_PLAIN: Mapping[What, Cell] = {
    What.JOINED: Cell("Joined the fleet", Tone.INFO, "+", "+"),
    What.LEFT: Cell("Left the fleet", Tone.WARNING, "−", "-"),
}

_FLAGS: Mapping[tuple[What, str], Cell] = {
    (What.CONNECTED, "yes"): Cell("Connected", Tone.GOOD, "●", "*"),
    (What.CONNECTED, "no"): Cell("Connection lost", Tone.CRITICAL, "✕", "x"),
    (What.AUTO_UPDATES, "yes"): Cell("Auto-update switched on", Tone.NEUTRAL, "•", "-"),
    (What.AUTO_UPDATES, "no"): Cell("Auto-update switched off", Tone.NEUTRAL, "•", "-"),
    (What.RESTRICTED, "yes"): Cell("Restricted to listed projects", Tone.NEUTRAL, "•", "-"),
    (What.RESTRICTED, "no"): Cell("Open to all projects", Tone.NEUTRAL, "•", "-"),
}

_AGAIN: Mapping[tuple[What, str, str], Cell] = {
    (What.CONNECTED, "no", "yes"): Cell("Connected again", Tone.GOOD, "●", "*"),
    (What.AUTO_UPDATES, "", "yes"): Cell("Auto-update: on", Tone.NEUTRAL, "•", "-"),
    (What.AUTO_UPDATES, "", "no"): Cell("Auto-update: off", Tone.NEUTRAL, "•", "-"),
}
