"""View values as the JSON that the page's scripts read, with the table as short as it can be."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from console.actions.plan import Plan
from console.fleet.versions import version_order
from console.view.detail import ActionLine, Detail
from console.view.filter import completions
from console.view.headlines import Headline
from console.view.overview import Overview
from console.view.plan import PlanText
from console.view.plan_groups import plan_groups
from console.view.query import Typing
from console.view.table import Cell, Column, Delta, Row, Table, delta, moved
from console.view.text import shown
from console.view.timeline import Timeline, timeline_legend
from console.view.tone import Tone

Json = Any

FIRST_ROWS = 64
"""How many rows come with the page; the rest follows by a request of its own."""

LONGEST_VERSION = 24
MOST_ENDINGS = 12

SENTENCE = ". "
"""What stands between two sentences."""

TONES = {tone: number for number, tone in enumerate(Tone)}
"""Tones go over the wire by their number."""


def cell_json(cell: Cell, hint: Json = None) -> Json:
    """[text, tone, symbol, hint, marks], without what is plain at its end; plain text as such.
    Marks are 1 for a badge and 2 for something that goes on, added up. `hint` stands in for the
    cell's own."""
    marks = int(cell.badge) + 2 * int(cell.is_busy)
    parts = [cell.text, TONES[cell.tone], cell.symbol, hint or cell.hint, marks]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts[0] if len(parts) == 1 else parts


def row_json(row: Row) -> Json:
    return [row.key, [cell_json(cell) for cell in row.cells]]


def table_json(table: Table, version: int, *, first: int | None = None) -> Json:
    """The table, or its beginning; `total` rows there are in all, after filtering."""
    rows = table.rows if first is None else table.rows[:first]
    return {
        "version": version,
        "caption": table.caption,
        "empty": table.empty,
        "total": len(table.rows),
        "rows": [row_json(row) for row in rows],
    }


def delta_json(before: Table, after: Table, version: int) -> Json:
    """What turns one table into the next, None when nothing does. Rows go by their numbers.

    `c` changed cells [column, cell, old numbers], where a number in place of the cell means: as it
    was there, and one in its hint: that sentence of the hint before; `x` old numbers of rows that
    left; `m` rows that moved [old number, new number]; `r` new rows [new number, row]; both by
    ascending new number.
    """
    change = delta(before, after)
    message: dict[str, Json] = {"v": version}
    if change.cells:
        message["c"] = _cells_json(before, change)
    if change.order is not None:
        away = moved(tuple(before.index), change.order)
        moves = {
            "x": [number for key, number in before.index.items() if key not in after.index],
            "m": [
                [before.index[key], number] for key, number in after.index.items() if key in away
            ],
            "r": [[after.index[row.key], row_json(row)] for row in change.rows],
        }
        message |= {kind: rows for kind, rows in moves.items() if rows}
    if (before.caption, before.empty) != (after.caption, after.empty):
        message |= {"caption": after.caption, "empty": after.empty}
    return message if len(message) > 1 else None


def _cells_json(before: Table, change: Delta) -> Json:
    """Cells of a fleet are much alike: most that are new in one row were there in another, and the
    rest differ from the old ones in much the same way."""
    columns = {column for _, column, _ in change.cells}
    known = {
        (column, row.cells[column]): number
        for number, row in _backwards(before)
        for column in columns
    }
    numbers: dict[tuple[int, Json], list[int]] = {}
    for key, column, cell in change.cells:
        number = before.index[key]
        told: Json = known.get((column, cell))
        if told is None:
            old = before.rows[number].cells[column]
            told = cell_json(cell, sentences_json(old.hint, cell.hint))
        told = tuple(told) if isinstance(told, list) else told
        numbers.setdefault((column, told), []).append(number)
    return [[column, told, where] for (column, told), where in numbers.items()]


def _backwards(table: Table) -> Iterator[tuple[int, Row]]:
    """So that what is written last, and stays, has a low number, which is short."""
    return ((number, table.rows[number]) for number in reversed(range(len(table.rows))))


def sentences_json(before: str, after: str) -> Json:
    """A text, or its sentences, with its number for each that was there before."""
    if not (before and after):
        return after
    had = before.split(SENTENCE)
    told = tuple(had.index(each) if each in had else each for each in after.split(SENTENCE))
    return after if all(isinstance(each, str) for each in told) else told


def words_json(before: Json, after: Json) -> Json:
    """A text, or only those of its words that are other ones, [number, word]."""
    if not (isinstance(before, str) and isinstance(after, str)):
        return after
    pairs = list(zip(before.split(" "), after.split(" "), strict=False))
    changed = [[number, new] for number, (old, new) in enumerate(pairs) if old != new]
    is_short = before.count(" ") == after.count(" ") and 3 * len(changed) <= len(pairs)
    return changed if is_short else after


@lru_cache(maxsize=8)
def columns_json(table_columns: tuple[Column, ...]) -> Json:
    return [asdict(column) for column in table_columns]


def verdict_json(overview: Overview) -> Json:
    return {
        "verdict": overview.verdict,
        "tone": overview.verdict_tone,
        "outlook": overview.outlook,
        "banner": overview.banner,
    }


def counts_json(headlines: Iterable[Headline]) -> Json:
    """What of the headlines changes: [count, tone]; the rest comes once, as `headlines_json`."""
    return [[line.count, TONES[line.tone]] for line in headlines]


def headlines_json(headlines: Iterable[Headline]) -> Json:
    return [
        {"key": line.key, "label": line.label, "symbol": line.symbol, "filter": line.filter}
        for line in headlines
    ]


def filter_json(typing: Typing) -> Json:
    """The filter as typed. `endings` are whole texts that it can go on to."""
    endings = [text for text in completions(typing.text) if text != typing.text]
    return {
        "text": typing.text,
        "error": typing.error,
        "error_at": typing.error_at,
        "endings": endings[:MOST_ENDINGS],
    }


def detail_json(detail: Detail | None) -> Json:
    """None when no runner is open, or when it is no longer there."""
    if detail is None:
        return None
    told = asdict(replace(detail, timeline=None))
    told["timeline"] = None if detail.timeline is None else timeline_json(detail.timeline)
    return told


def timeline_json(timeline: Timeline) -> Json:
    """Moments are milliseconds since 1970, as scripts count them; `versions` are newest first."""
    versions = {stay.version for stay in timeline.stays}
    versions |= {release.version for release in timeline.releases}
    return {
        "title": timeline.title,
        "line": timeline.line_title,
        "version": shown(timeline.version, LONGEST_VERSION),
        "versions": [
            shown(each, LONGEST_VERSION) for each in sorted(versions, key=version_order)[::-1]
        ],
        "span": [_milliseconds(timeline.begins), _milliseconds(timeline.ends)],
        "now": _milliseconds(timeline.now),
        "stays": [
            [
                shown(each.version, LONGEST_VERSION),
                _milliseconds(each.start),
                _milliseconds(each.end),
                each.supported,
            ]
            for each in timeline.stays
        ],
        "releases": [
            [
                shown(each.version, LONGEST_VERSION),
                _milliseconds(each.out),
                _milliseconds(each.newest_until),
                _milliseconds(each.leaves),
            ]
            for each in timeline.releases
        ],
        "coming": [_milliseconds(each.at) for each in timeline.coming],
        "legend": timeline_legend(timeline),
        "summary": timeline.summary,
        "note": timeline.note,
    }


def _milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def bar_json(deeds: Json, caption: str, count: int, lines: Iterable[ActionLine]) -> Json:
    """`count` runners are selected; `lines` are what can be done to them, `deeds` what was done."""
    return {
        "caption": caption,
        "count": count,
        "actions": [asdict(line) for line in lines],
        **deeds,
    }


def plan_json(plan: Plan, text: PlanText, refusal: str = "") -> Json:
    """`refusal` is why it was not begun after all."""
    return {
        "title": text.title,
        "question": "" if refusal else text.question,
        "confirm": text.confirm,
        "danger": plan.action.danger,
        "shared_title": text.shared_title,
        "shared": text.shared,
        "allowed": [asdict(group) for group in plan_groups(text.allowed)],
        "refused": [asdict(group) for group in plan_groups(text.refused)],
        "left_out": text.left_out,
        "nothing": refusal or text.nothing,
        "type_to_confirm": "" if refusal else text.type_to_confirm,
    }
