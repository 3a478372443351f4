"""Which versions a line's runners have, as a stacked bar: newest first, the oldest in one."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.fleet.lines import Line, line_of
from console.fleet.versions import version_order
from console.rules.currency import Currency
from console.rules.outlook import Judgement
from console.rules.support import Support
from console.view.release_words import CURRENT, STABLE, line_title
from console.view.text import shown
from console.view.tone import Tone

Case = tuple[Judgement, int]
Alike = Mapping[Judgement, int]
"""How many runners each judgement is of: a large fleet has few different ones."""

PARTS = 4
"""How many versions of a line have a part of their own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One version, or several older ones. `symbol` and `pattern` say what the tone says: `pattern`
    is a word for how the part is filled."""

    version: str
    count: int
    tone: Tone
    symbol: str
    pattern: str
    means: str


@dataclass(frozen=True, slots=True)
class VersionBar:
    """One line; the counts of the parts add up to `total`."""

    key: str
    title: str
    total: int
    parts: tuple[Part, ...]


def version_bars(alike: Alike) -> tuple[VersionBar, ...]:
    """Current and Stable first, then the other lines; only those with runners."""
    lines: dict[Line, dict[str, list[Case]]] = {}
    for judged, count in alike.items():
        line, version = line_of(judged.example), judged.example.version
        if line is not None and version:
            lines.setdefault(line, {}).setdefault(version, []).append((judged, count))
    order = sorted(lines, key=lambda line: (line != CURRENT, line != STABLE, line))
    return tuple(_bar(line, lines[line]) for line in order)


def _bar(line: Line, versions: dict[str, list[Case]]) -> VersionBar:
    newest_first = sorted(versions, key=version_order, reverse=True)
    parts = [_part(shown(version, 24), versions[version]) for version in newest_first[: PARTS - 1]]
    older = newest_first[PARTS - 1 :]
    if len(older) == 1:
        parts.append(_part(shown(older[0], 24), versions[older[0]]))
    elif older:
        found = [each for version in older for each in versions[version]]
        parts.append(_part("older", found))
    total = sum(part.count for part in parts)
    return VersionBar(line.key, line_title(line), total, tuple(parts))


def _part(version: str, found: list[Case]) -> Part:
    """By the worst that is said of its runners."""
    worst = max((_said(judged) for judged, _ in found), key=_ORDER.index)
    return Part(version, sum(count for _, count in found), *_LOOKS[worst])


def _said(judged: Judgement) -> str:
    support = judged.support.support
    if support is Support.UNSUPPORTED:
        return "out"
    if support is Support.ENDING:
        return "ending"
    if judged.standing.currency is Currency.LATEST:
        return "newest"
    return "supported" if support is Support.SUPPORTED else "unknown"


_ORDER = ("newest", "supported", "unknown", "ending", "out")
_LOOKS = {
    "newest": (Tone.GOOD, "✓", "plain", "newest"),
    "supported": (Tone.INFO, "●", "dots", "in support"),
    "unknown": (Tone.MUTED, "?", "outline", "not known"),
    "ending": (Tone.WARNING, "!", "stripes", "support ending"),
    "out": (Tone.CRITICAL, "✕", "crosses", "out of support"),
}
