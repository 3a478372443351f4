"""The problems of a wall, worst first: one tile a runner, and one band a kind of problem."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import Assessment
from console.rules.findings import Severity
from console.view.columns import BY_KEY
from console.view.names import runner_label
from console.view.overview import stale_after
from console.view.runners import sighting
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone
from console.view.wall_words import TROUBLES, Dates, wrong_words
from console.view.words import SEVERITY_SYMBOL, SEVERITY_TONE

FACTS = ("status", "support", "platform")
"""The columns of a tile, below what is wrong."""

NAMED = 8
"""How many runners of a band are named."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One runner that needs a look. Of several accounts its name has its own before it. The first
    of `cells` says what is wrong, or is being done; `do` what to do about it. `filter` lists this
    runner. `is_planned` marks work of this console on it, `old` since when its account has not
    been read, once that is too long ago."""

    key: str
    name: Cell
    tone: Tone
    cells: tuple[Cell, ...]
    do: str = ""
    filter: str = ""
    is_planned: bool = False
    old: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One kind of problem. `filter` lists exactly the `count` runners that have it, some of which
    may have others too; `names` are the first of them. `planned` are under planned work."""

    key: str
    title: str
    tone: Tone
    symbol: str
    count: int
    names: tuple[str, ...]
    do: str
    filter: str
    planned: int = 0
    old: str = ""


def tiles(
    problems: Iterable[Assessment], snapshot: Snapshot, now: datetime, dates: Dates
) -> tuple[Tile, ...]:
    old = old_accounts(snapshot, now, dates)
    return tuple(_tile(each, snapshot, now, dates, old) for each in problems)


def bands(
    problems: Sequence[Assessment], snapshot: Snapshot, now: datetime, dates: Dates, group: str
) -> tuple[Band, ...]:
    """The worst kind first, then the one with the most runners. `group` is the wall's filter."""
    found: dict[str, list[Assessment]] = {}
    severities: dict[str, int] = {}
    for each in problems:
        for finding in each.findings:
            if finding.severity < Severity.WARNING:
                continue
            found.setdefault(finding.code, []).append(each)
            worst = max(severities.get(finding.code, 0), finding.severity)
            severities[finding.code] = worst
    old = old_accounts(snapshot, now, dates)
    told = [
        _band(code, severities[code], runners, snapshot, now, dates, old, group)
        for code, runners in found.items()
    ]
    return tuple(sorted(told, key=lambda each: (each.tone != Tone.CRITICAL, -each.count)))


def old_accounts(snapshot: Snapshot, now: datetime, dates: Dates) -> Mapping[str, str]:
    """The accounts that were not read for two polls, while others may be; each with since when."""
    limit = stale_after(snapshot)
    return {
        each.name: f"as read at {dates.clock(each.taken)}"
        for each in snapshot.accounts
        if each.problem is not None and each.taken is not None and now - each.taken > limit
    }


def _tile(
    each: Assessment,
    snapshot: Snapshot,
    now: datetime,
    dates: Dates,
    old: Mapping[str, str],
) -> Tile:
    runner, worst = each.runner, each.findings[0]
    seen = sighting(each, snapshot, now)
    wrong = BY_KEY["attention"].cell(seen)
    planned = seen.operation is not None
    if not planned and worst.code == "support_ending":
        wrong = replace(wrong, text=wrong_words(worst, now, dates))
    tone = SEVERITY_TONE[worst.severity]
    return Tile(
        key=runner.id,
        name=Cell(runner_label(runner), Tone.NEUTRAL, hint=shown(runner.description)),
        tone=Tone.INFO if planned else tone,
        cells=(wrong, *(BY_KEY[key].cell(seen) for key in FACTS)),
        do="" if planned else _do(worst.code, (each,), now, dates),
        filter=f"id:{_quoted(runner)}",
        is_planned=planned,
        old=old.get(runner.account, ""),
    )


def _band(
    code: str,
    severity: int,
    found: Sequence[Assessment],
    snapshot: Snapshot,
    now: datetime,
    dates: Dates,
    old: Mapping[str, str],
    group: str,
) -> Band:
    trouble = TROUBLES[code]
    under_way = snapshot.open_operations
    since = {old[each.runner.account] for each in found if each.runner.account in old}
    return Band(
        key=code,
        title=trouble.title,
        tone=SEVERITY_TONE[Severity(severity)],
        symbol=SEVERITY_SYMBOL[Severity(severity)][0],
        count=len(found),
        names=tuple(runner_label(each.runner) for each in found[:NAMED]),
        do=_do(code, found, now, dates),
        filter=f"{group} is:problem finding:{code} {trouble.within}".strip(),
        planned=sum(each.runner.id in under_way for each in found) if under_way else 0,
        old=f"in part {min(since)}" if since else "",
    )


def _do(code: str, found: Iterable[Assessment], now: datetime, dates: Dates) -> str:
    """By the earliest day on which one of them needs it."""
    untils = {one.until for each in found for one in each.findings if one.code == code}
    return TROUBLES[code].done_by(min(filter(None, untils), default=None), now, dates)


def _quoted(runner: Runner) -> str:
    """An id as a value of the filter; one that holds a quote cannot be asked for as a whole."""
    text = runner.id.replace('"', "*")
    return f'"{text}"' if any(each in text for each in " ,") else text
