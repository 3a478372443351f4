"""The Manage Runners table: which rows it has, and what is said beside them. Its columns are in
`console.view.columns`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from console.fleet.snapshot import Snapshot
from console.rules.assessment import Assessment
from console.rules.outlook import Judgement, by_the_minute
from console.view.columns import (
    COLUMNS,
    COLUMNS_WITH_ACCOUNT,
    RUNNER_COLUMNS,
    WITH_ACCOUNT,
    RunnerColumn,
    Sighting,
)
from console.view.matching import matching
from console.view.query import Query
from console.view.table import Cell, Row, Rows, Table
from console.view.text import shown
from console.view.tone import SEVERITY
from console.view.words import NOTHING

NEVER = datetime.min.replace(tzinfo=UTC)
"""The time for cells that do not tell any."""

_TONES = {rank: tone for tone, rank in SEVERITY.items()}


def runners_table(snapshot: Snapshot, query: Query, now: datetime) -> Table:
    """The rows that match the query's filter, in its order. The column of accounts is only there
    where several are open."""
    columns = columns_of(snapshot)
    seen = matching(snapshot, query, now)

    def row(number: int) -> Row:
        return _row(sighting(seen[number], snapshot, now), columns)

    rows = Rows(tuple([each.runner.id for each in seen]), row)
    total = len(snapshot.runners)
    titles = COLUMNS_WITH_ACCOUNT if snapshot.accounts else COLUMNS
    return Table(
        titles, rows, total, runner_count(len(rows), total), _empty(snapshot, query, len(rows))
    )


def table_basis(snapshot: Snapshot, now: datetime) -> tuple[object, ...]:
    """What tables rest on: while it is equal, every query's table is too. For those who draw again
    at each poll, most of which bring nothing new."""
    return (
        snapshot.runners,
        snapshot.operations,
        id(snapshot.memory),
        snapshot.last_known,
        snapshot.taken is None,
        snapshot.problem is None,
        by_the_minute(now),
    )


def columns_of(snapshot: Snapshot) -> tuple[RunnerColumn, ...]:
    """The columns of this fleet's table, in their order."""
    return WITH_ACCOUNT if snapshot.accounts else RUNNER_COLUMNS


def sighting(assessed: Assessment, snapshot: Snapshot, now: datetime) -> Sighting:
    runner = assessed.runner
    is_last_known = runner.account in snapshot.last_known
    return Sighting(assessed, snapshot.open_operations.get(runner.id), now, is_last_known)


def runner_count(matching: int, total: int) -> str:
    """ "24 runners", "5 of 24 runners", "1 runner"."""
    noun = "runner" if total == 1 else "runners"
    return f"{total} {noun}" if matching == total else f"{matching} of {total} {noun}"


def _row(seen: Sighting, columns: tuple[RunnerColumn, ...]) -> Row:
    alike = _cells_alike(seen.assessed.judged, columns is WITH_ACCOUNT)
    cells = list(alike.cells)
    worst = alike.worst
    for number in alike.own:
        cells[number] = cell = columns[number].cell(seen)
        worst = max(worst, SEVERITY[cell.tone])
    return Row(seen.runner.id, tuple(cells), _TONES[worst])


@dataclass(frozen=True, slots=True)
class _Alike:
    """The cells that are the same for all runners of one case, the numbers of those that are not,
    and the rank of the worst tone."""

    cells: tuple[Cell, ...]
    own: tuple[int, ...]
    worst: int


@lru_cache(maxsize=4096)
def _cells_alike(judged: Judgement, with_account: bool) -> _Alike:
    seen = Sighting(Assessment(judged.example, judged, ()), None, NEVER)
    columns = WITH_ACCOUNT if with_account else RUNNER_COLUMNS
    cells = tuple(NOTHING if each.is_own else each.cell(seen) for each in columns)
    own = tuple(number for number, each in enumerate(columns) if each.is_own)
    return _Alike(cells, own, max(SEVERITY[cell.tone] for cell in cells))


def _empty(snapshot: Snapshot, query: Query, shown_rows: int) -> str:
    if shown_rows:
        return ""
    if snapshot.taken is None:
        return "Nothing has been read yet." if snapshot.problem else "Reading the fleet …"
    if snapshot.runners:
        return f"No runner matches “{shown(query.filter.text)}”."
    if snapshot.accounts:
        unread = any(each.taken is None for each in snapshot.accounts)
        return "No runners have been read yet." if unread else "These accounts have no runners yet."
    return "This account has no runners yet. Create one on the vendor's page and it shows here."
