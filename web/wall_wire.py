"""A wall as JSON, and the least that turns one into the next: a merge patch (RFC 7396). Lists whose
parts change one by one are objects by key, with their order beside them."""

from collections.abc import Iterable
from typing import Any

from console.view.headlines import Headline
from console.view.table import Cell
from console.view.wall import Wall
from console.view.wall_panels import Panel, PanelLine
from console.view.wall_problems import Band, Tile
from console.view.wall_versions import Part, VersionBar

Json = Any
Keyed = Iterable[tuple[str, Json]]


def picture(wall: Wall) -> Json:
    return {
        "verdict": {"text": wall.verdict, "tone": wall.tone, "symbol": wall.symbol},
        "headlines": _keyed((each.key, _headline(each)) for each in wall.headlines),
        "shape": wall.shape,
        "tiles": _keyed((each.key, _tile(each)) for each in wall.tiles),
        "bands": _keyed((each.key, _band(each)) for each in wall.bands),
        "panels": _keyed((each.key, _panel(each)) for each in wall.panels),
        "versions": _keyed((each.key, _bar(each)) for each in wall.versions),
        "said": {
            "rest": wall.rest,
            "problems": wall.problems,
            "banner": wall.banner,
            "outlook": wall.outlook,
            "old": wall.old,
            "planned": wall.planned,
            "date": wall.date,
        },
        "stale": wall.stale_seconds,
        "grey": wall.grey_seconds,
    }


def patch(before: Json, after: Json) -> Json:
    """What of `before` is otherwise in `after`: None takes a key away. Empty for equals."""
    changes: dict[str, Json] = {key: None for key in before if key not in after}
    for key, value in after.items():
        was = before.get(key)
        if was == value:
            continue
        both = isinstance(was, dict) and isinstance(value, dict)
        changes[key] = patch(was, value) if both else value
    return changes


def _keyed(parts: Keyed) -> Json:
    found = dict(parts)
    return {"order": list(found), "of": found}


def _counted(parts: Iterable[Json]) -> Json:
    """By their numbers."""
    return {str(number): each for number, each in enumerate(parts)}


def _headline(line: Headline) -> Json:
    return {"label": line.label, "count": line.count, "tone": line.tone, "symbol": line.symbol}


def _tile(tile: Tile) -> Json:
    return {
        "name": tile.name.text,
        "tone": tile.tone,
        "cells": _counted(_cell(each) for each in tile.cells),
        "do": tile.do,
        "filter": tile.filter,
        "planned": tile.is_planned,
        "old": tile.old,
    }


def _cell(cell: Cell) -> Json:
    return {"text": cell.text, "tone": cell.tone, "symbol": cell.symbol}


def _band(band: Band) -> Json:
    return {
        "title": band.title,
        "tone": band.tone,
        "symbol": band.symbol,
        "count": band.count,
        "names": list(band.names),
        "do": band.do,
        "filter": band.filter,
        "planned": band.planned,
        "old": band.old,
    }


def _panel(panel: Panel) -> Json:
    return {
        "title": panel.title,
        "lines": _counted(_line(each) for each in panel.lines),
        "more": panel.more,
    }


def _line(line: PanelLine) -> Json:
    return {
        "name": line.name,
        "text": line.text,
        "tone": line.tone,
        "symbol": line.symbol,
        "detail": line.detail,
        "share": round(line.share, 3),
    }


def _bar(bar: VersionBar) -> Json:
    return {
        "title": bar.title,
        "total": bar.total,
        "parts": _counted(_part(each) for each in bar.parts),
    }


def _part(part: Part) -> Json:
    return {
        "version": part.version,
        "count": part.count,
        "tone": part.tone,
        "symbol": part.symbol,
        "pattern": part.pattern,
        "means": part.means,
    }
