"""Which versions have a row of their own in the drawing of a timeline, and which are folded."""

from collections.abc import Sequence

from console.fleet.versions import version_order
from console.view.timeline import Timeline

ROWS = 8
"""How many versions have a row of their own, at most."""

AHEAD: tuple[str, ...] = ()
"""The row of expected releases: no version is in it."""


def timeline_rows(timeline: Timeline) -> tuple[list[tuple[str, ...]], dict[str, int]]:
    """The rows from the top down, each with its versions, and the row of each version. The oldest
    and least telling versions between two that are shown are folded into one row."""
    chosen = _chosen(timeline)
    for count in range(len(chosen), 0, -1):
        rows = _folded(timeline, set(chosen[:count]))
        if len(rows) <= ROWS + 1:
            break
    if timeline.coming:
        rows = [AHEAD, *rows]
    return rows, {version: number for number, row in enumerate(rows) for version in row}


def _chosen(timeline: Timeline) -> Sequence[str]:
    """Versions by how much they tell: what it has, the newest two, what it had, the others."""
    newest = [each.version for each in reversed(timeline.releases)]
    had = [each.version for each in reversed(timeline.stays)]
    present = [timeline.version] if timeline.version else []
    return list(dict.fromkeys((*present, *newest[:2], *had, *newest)))[:ROWS]


def _folded(timeline: Timeline, chosen: set[str]) -> list[tuple[str, ...]]:
    every = {each.version for each in timeline.releases} | {each.version for each in timeline.stays}
    every |= chosen
    rows: list[tuple[str, ...]] = []
    for version in sorted(every, key=lambda each: (version_order(each), each), reverse=True):
        if version in chosen:
            rows.append((version,))
        elif rows and rows[-1][0] not in chosen:
            rows[-1] = (*rows[-1], version)
        else:
            rows.append((version,))
    return rows
