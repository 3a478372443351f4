"""From view values to lines for the ear and the finger: no columns, no symbols, no blank lines, and
each line a sentence that can stand alone."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from io import StringIO

from console.actions.catalogue import action_by_id
from console.cli.formats import write_plain
from console.cli.plain.announcing import age_sentence
from console.fleet.snapshot import Snapshot
from console.view.activity import Activity, ActivityLine
from console.view.connection import Connection
from console.view.detail import Detail
from console.view.history import HistoryView
from console.view.overview import banner, overview
from console.view.profiles import Profiles
from console.view.releases import Calendar, LineCalendar
from console.view.table import Cell, Table

LAST = "attention"
"""The column of the highest rank that is told, unless all are asked for."""

INDENT = "  "


def trouble_lines(snapshot: Snapshot, now: datetime) -> Iterator[str]:
    """Why what follows may be out of date; nothing while the API answers."""
    if snapshot.problem is not None:
        yield f"{banner(snapshot, now)} {age_sentence(snapshot, now)}"


def fleet_lines(snapshot: Snapshot, now: datetime) -> Iterator[str]:
    """How the fleet stands, in few lines. A count's number lists what it counts."""
    told = overview(snapshot, now)
    yield told.verdict
    if told.headlines[0].count:
        numbered = enumerate(told.headlines, start=1)
        yield ", ".join(f"{number}) {each.count} {each.label}" for number, each in numbered)
    if told.outlook:
        yield told.outlook


def count_lines(snapshot: Snapshot, now: datetime) -> Iterator[str]:
    """The counts one by one, each with the filter that lists what it counts."""
    for number, each in enumerate(overview(snapshot, now).headlines, start=1):
        listed = f": runners {each.filter}" if each.filter else ""
        yield f"{number}) {each.count} {each.label}{listed}"


def row_lines(table: Table, marked: Collection[str] = (), *, wide: bool = False) -> Iterator[str]:
    """A runner a line, as `list --output plain` writes it; fewer columns unless it is `wide`."""
    ranks = {column.key: column.rank for column in table.columns}
    numbers = [
        number for number, column in enumerate(table.columns) if wide or column.rank <= ranks[LAST]
    ]
    rows = tuple(
        replace(row, cells=tuple(row.cells[number] for number in numbers)) for row in table.rows
    )
    columns = tuple(table.columns[number] for number in numbers)
    out = StringIO()
    write_plain(replace(table, columns=columns, rows=rows), out)
    lines = out.getvalue().removesuffix("\n").split("\n")
    for line, row in zip(lines, table.rows or (None,), strict=True):
        yield f"{line} Marked." if row is not None and row.key in marked else line


def detail_lines(detail: Detail) -> Iterator[str]:
    """One runner in full, what needs attention first."""
    yield detail.title
    if detail.description:
        yield detail.description
    for finding in detail.findings:
        yield f"{finding.sentence} {finding.remedy}"
    if detail.timeline is not None:
        yield detail.timeline.summary
    for section in detail.sections:
        yield f"{section.title}:"
        yield from (f"{INDENT}{fact.label}: {fact.cell.text}" for fact in section.facts)
    if detail.actions:
        yield "Actions:"
    for line in detail.actions:
        action = action_by_id(line.action_id)
        word = f"{action.command} {action.choice}".strip()
        yield f"{INDENT}{word}: {line.refusal or f'{line.explains}.'}"
    if detail.operations:
        yield "Done from here:"
        yield from (f"{INDENT}{cell.text}" for cell in detail.operations)


def history_lines(view: HistoryView) -> Iterator[str]:
    """What was recorded of one runner, the newest first."""
    yield view.note.text
    for day in view.days:
        yield f"{day.title}:"
        yield from (f"{INDENT}{line.clock} {_with_hint(line.cell)}" for line in day.lines)
    if view.more:
        yield view.more


def activity_lines(told: Activity) -> Iterator[str]:
    """What was done to any runner: under way from here first, then by days, newest first."""
    yield from (_deed(line) for line in told.running)
    for day in told.days:
        yield f"{day.title}:"
        yield from (f"{INDENT}{_deed(line)}" for line in day.lines)
    yield from _said(told.note.text)


def connection_lines(told: Connection) -> Iterator[str]:
    yield told.title.text
    yield from (f"{fact.label}: {fact.cell.text}" for fact in told.facts)
    yield from told.steps


def profile_lines(told: Profiles) -> Iterator[str]:
    yield from (f"{line.name}: {line.cell.text}. {line.opening}" for line in told.lines)
    yield told.note.text


def calendar_lines(calendar: Calendar) -> Iterator[str]:
    if calendar.outlook:
        yield calendar.outlook
    for line in calendar.lines:
        yield f"{line.title}:"
        yield from (f"{INDENT}{said}" for said in _line(line))


def _line(line: LineCalendar) -> Iterator[str]:
    yield from _said(line.newest, line.unsupported.text, line.elsewhere, line.cadence)
    for coming in line.coming:
        utc = f" ({coming.utc})" if coming.utc else ""
        expected = f"{coming.date}{utc}. {coming.sure.text}."
        yield " ".join(_said(expected, coming.carries, coming.effect))
    for out in line.out:
        support = out.support.text if out.in_window else ""
        yield ", ".join(_said(f"{out.version}, {out.date}", out.runs, support))
    yield from _said(line.older)


def _deed(line: ActivityLine) -> str:
    return f"{line.clock} {line.name}: {_with_hint(line.cell)}"


def _said(*texts: str) -> Iterable[str]:
    return (text for text in texts if text)


def _with_hint(cell: Cell) -> str:
    return f"{cell.text.rstrip('.')}. {cell.hint}" if cell.hint else cell.text
