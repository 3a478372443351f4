"""The columns of the runners' table, once, each with its title, its cell and its order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from console.ages import duration
from console.fleet.kinds import is_hosted
from console.fleet.snapshot import Operation, Runner
from console.fleet.versions import version_order
from console.rules.assessment import Assessment
from console.rules.currency import Currency
from console.rules.support import Support
from console.view.table import Cell, Column
from console.view.text import folded, shown
from console.view.tone import Tone
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


def operation_cell(operation: Operation, now: datetime) -> Cell:
    """An action under way, with its age in minutes: "Restarting, 2 min"."""
    minutes = int((now - operation.started).total_seconds()) // 60
    age = f", {duration(now - operation.started)}" if minutes else ""
    return Cell(f"{operation.doing.capitalize()}{age}", Tone.INFO, "↻", "~", is_busy=True)


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
WITH_ACCOUNT: tuple[RunnerColumn, ...] = (_NAME, ACCOUNT_COLUMN, *_OTHERS)

COLUMNS_WITH_ACCOUNT = tuple(each.column for each in WITH_ACCOUNT)
"""Of several accounts."""

BY_KEY = {each.column.key: each for each in WITH_ACCOUNT}

SORT_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "name": "N",
        "status": "S",
        "track": "T",
        "version": "V",
        "latest": "L",
        "support": "U",
        "leaves": "E",
        "behind": "B",
        "restart": "R",
        "platform": "P",
        "auto": "A",
        "attention": "O",
        "account": "C",
    }
)
"""With shift, by column: a letter of its title, the first one that is free."""
