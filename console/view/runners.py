"""The Manage Runners table: its columns, once, each with its title, its cell and its order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from console.ages import duration
from console.fleet.kinds import is_hosted
from console.fleet.snapshot import Operation, Runner, Snapshot
from console.fleet.versions import version_order
from console.rules.assessment import Assessment, assessments
from console.rules.currency import Currency
from console.rules.outlook import Judgement, by_the_minute
from console.rules.support import Support
from console.view.query import Query
from console.view.table import Cell, Column, Row, Table
from console.view.text import folded, shown
from console.view.tone import SEVERITY, Tone
from console.view.version_words import (
    behind_cell,
    latest_cell,
    leaves_cell,
    restart_cell,
    support_cell,
    version_cell,
)
from console.view.words import (
    DASH,
    NOTHING,
    SEVERITY_SYMBOL,
    SEVERITY_TONE,
    finding_words,
    platform,
    status_cell,
    track_cell,
)

NEVER = datetime.min.replace(tzinfo=UTC)
"""The time for cells that do not tell any."""

_TONES = {rank: tone for tone, rank in SEVERITY.items()}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One runner as a row is made of it: the facts, what is being done to it, and the time.
    `is_last_known` says that its account, one of several, cannot be read now."""

    assessed: Assessment
    operation: Operation | None
    now: datetime
    is_last_known: bool = False

    @property
    def runner(self) -> Runner:
        return self.assessed.runner


@dataclass(frozen=True, slots=True)
class RunnerColumn:
    """A column with the two functions that only it has: what its cell says, and its order.

    `order` sorts ascending; for "attention" that is worst first. A column that `is_own` says
    something of one runner alone; the cells of the others are the same for all runners that the
    rules judge alike, and are made once for them."""

    column: Column
    cell: Callable[[Sighting], Cell]
    order: Callable[[Assessment], Any]
    is_own: bool = False


def runners_table(snapshot: Snapshot, query: Query, now: datetime) -> Table:
    """The rows that match the query's filter, in its order. The column of accounts is only there
    where several are open."""
    columns = columns_of(snapshot)
    assessed = assessments(snapshot, now)
    matching = [each for each in assessed if query.filter.matches(each)]
    matching = in_order(matching, query)
    rows = tuple([_row(sighting(each, snapshot, now), columns) for each in matching])
    caption = runner_count(len(rows), len(assessed))
    titles = COLUMNS_WITH_ACCOUNT if snapshot.accounts else COLUMNS
    return Table(titles, rows, len(assessed), caption, _empty(snapshot, query, len(rows)))


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
    return _WITH_ACCOUNT if snapshot.accounts else RUNNER_COLUMNS


def sighting(assessed: Assessment, snapshot: Snapshot, now: datetime) -> Sighting:
    runner = assessed.runner
    is_last_known = runner.account in snapshot.last_known
    return Sighting(assessed, snapshot.open_operations.get(runner.id), now, is_last_known)


def in_order(assessed: Iterable[Assessment], query: Query) -> list[Assessment]:
    """Sorted as the query asks; ties by name, then account, then id, always ascending."""
    by_name = sorted(assessed, key=lambda each: _tie(each.runner))
    if query.sort == "name" and not query.descending:
        return by_name
    order = _BY_KEY[query.sort].order
    return sorted(by_name, key=order, reverse=query.descending)


def _tie(runner: Runner) -> tuple[str, str, str]:
    return folded(runner.name), runner.account, runner.id


def runner_count(matching: int, total: int) -> str:
    """ "24 runners", "5 of 24 runners", "1 runner"."""
    noun = "runner" if total == 1 else "runners"
    return f"{total} {noun}" if matching == total else f"{matching} of {total} {noun}"


def operation_cell(operation: Operation, now: datetime) -> Cell:
    """An action under way, with its age in minutes: "Restarting, 2 min"."""
    minutes = int((now - operation.started).total_seconds()) // 60
    age = f", {duration(now - operation.started)}" if minutes else ""
    return Cell(f"{operation.doing.capitalize()}{age}", Tone.INFO, "↻", "~")


def _row(seen: Sighting, columns: tuple[RunnerColumn, ...]) -> Row:
    alike = _cells_alike(seen.assessed.judged, columns is _WITH_ACCOUNT)
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
    columns = _WITH_ACCOUNT if with_account else RUNNER_COLUMNS
    cells = tuple(NOTHING if each.is_own else each.cell(seen) for each in columns)
    own = tuple(number for number, each in enumerate(columns) if each.is_own)
    return _Alike(cells, own, max(SEVERITY[cell.tone] for cell in cells))


def _name(seen: Sighting) -> Cell:
    return _named(seen.runner.name, seen.runner.description)


@lru_cache(maxsize=20_000)
def _named(name: str, description: str) -> Cell:
    return Cell(shown(name, 60), Tone.NEUTRAL, hint=shown(description))


def _account(seen: Sighting) -> Cell:
    name = shown(seen.runner.account, 24)
    if seen.is_last_known:
        return Cell(name, Tone.MUTED, "?", "?", hint="It cannot be read now: this is as last read.")
    return Cell(name)


def _auto(seen: Sighting) -> Cell:
    if is_hosted(seen.runner):
        return Cell("Vendor", Tone.MUTED)
    if seen.runner.auto_updates is None:
        return NOTHING
    return Cell("On") if seen.runner.auto_updates else Cell("Off", Tone.MUTED)


def _attention(seen: Sighting) -> Cell:
    if seen.operation is not None:
        return operation_cell(seen.operation, seen.now)
    found = seen.assessed.findings
    if not found:
        return NOTHING
    label = finding_words(found[0], seen.now).label
    more = f" +{len(found) - 1}" if len(found) > 1 else ""
    symbol, ascii_symbol = SEVERITY_SYMBOL[found[0].severity]
    hint = " ".join(finding_words(each, seen.now).sentence for each in found)
    tone = SEVERITY_TONE[found[0].severity]
    return Cell(f"{label}{more}", tone, symbol, ascii_symbol, hint=hint)


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


_SUPPORT_ORDER = ("unsupported", "ending", "unknown", "supported")


def _first_finding(assessed: Assessment) -> tuple[int, str]:
    codes = assessed.findings
    return (-assessed.severity, codes[0].code if codes else "")


def _first_to_leave(assessed: Assessment) -> tuple[bool, bool, timedelta]:
    span = assessed.judged.leaves_in
    has_left = assessed.support is Support.UNSUPPORTED
    return (not has_left, span is None, span or timedelta())


RUNNER_COLUMNS: tuple[RunnerColumn, ...] = (
    RunnerColumn(
        Column("name", "Runner", 22, 0, "The runner's name"),
        _name,
        lambda a: folded(a.runner.name),
        is_own=True,
    ),
    RunnerColumn(
        Column("status", "Status", 18, 1, "What it is doing, and whether it is connected"),
        lambda seen: status_cell(seen.runner),
        lambda a: (a.runner.status or "", a.runner.connected is not False),
    ),
    RunnerColumn(
        Column("track", "Track", 8, 3, "The release track it follows"),
        lambda seen: track_cell(seen.runner),
        lambda a: a.runner.track or DASH,
    ),
    RunnerColumn(
        Column("version", "Version", 10, 5, "The version it reports"),
        lambda seen: version_cell(seen.runner),
        lambda a: version_order(a.runner.version or ""),
    ),
    RunnerColumn(
        Column("latest", "Latest", 12, 6, "The newest version of its track, when it is behind"),
        lambda seen: latest_cell(seen.assessed),
        lambda a: (not a.has_update, version_order(a.runner.latest_version or "")),
    ),
    RunnerColumn(
        Column("support", "Support", 17, 2, "Whether the vendor supports its version"),
        lambda seen: support_cell(seen.assessed),
        lambda a: _SUPPORT_ORDER.index(a.support),
    ),
    RunnerColumn(
        Column("leaves", "Leaves support", 14, 8, "How long it is expected to stay in support"),
        lambda seen: leaves_cell(seen.assessed),
        _first_to_leave,
    ),
    RunnerColumn(
        Column("behind", "Behind", 8, 9, "How many releases of its track it is behind"),
        lambda seen: behind_cell(seen.assessed),
        lambda a: (a.currency is not Currency.BEHIND, -(a.judged.standing.behind or 0)),
    ),
    RunnerColumn(
        Column("restart", "A restart", 14, 10, "The version that a restart is expected to bring"),
        lambda seen: restart_cell(seen.assessed),
        lambda a: (not a.judged.is_armed, a.judged.restart.effect),
    ),
    RunnerColumn(
        Column("platform", "Platform", 20, 7, "The cloud and service it runs in"),
        lambda seen: Cell(platform(seen.runner)),
        lambda a: folded(platform(a.runner)),
    ),
    RunnerColumn(
        Column("auto", "Auto-update", 11, 11, "Whether it updates itself"),
        _auto,
        lambda a: {True: 0, False: 1, None: 2}[a.runner.auto_updates],
    ),
    RunnerColumn(
        Column("attention", "Attention", 26, 4, "What needs a look, or is being done"),
        _attention,
        _first_finding,
        is_own=True,
    ),
)

COLUMNS = tuple(each.column for each in RUNNER_COLUMNS)
"""Of one account."""

ACCOUNT_COLUMN = RunnerColumn(
    Column("account", "Account", 10, 3, "The profile it belongs to"),
    _account,
    lambda a: folded(a.runner.account),
    is_own=True,
)


def _below(other: RunnerColumn) -> RunnerColumn:
    """The column as it is beside that of accounts, which is kept longer than most."""
    column = other.column
    is_below = column.rank >= ACCOUNT_COLUMN.column.rank
    return replace(other, column=replace(column, rank=column.rank + is_below))


_NAME, *_OTHERS = map(_below, RUNNER_COLUMNS)
_WITH_ACCOUNT = (_NAME, ACCOUNT_COLUMN, *_OTHERS)

COLUMNS_WITH_ACCOUNT = tuple(each.column for each in _WITH_ACCOUNT)
"""Of several accounts."""

_BY_KEY = {each.column.key: each for each in _WITH_ACCOUNT}
