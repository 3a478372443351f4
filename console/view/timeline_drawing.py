"""Draws a timeline with characters: versions from the newest down, time from left to right.

The runner is a heavy bar, the releases of its line are a stair, the support window is shaded. No
meaning rests on colour alone, and there is a drawing in plain ASCII.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from console.view.places import first_places, places, wrapped
from console.view.text import shown
from console.view.timeline import Timeline, timeline_legend
from console.view.timeline_rows import AHEAD, timeline_rows
from console.view.tone import Tone

Parts = tuple[tuple[str, Tone], ...]
"""One line, as pieces of text in their tones."""

NARROWEST = 40
"""A narrower terminal gets the words alone."""

LABEL = 14
"""The most places that a version takes beside its row."""

DAYS_APART = (1, 2, 7, 14)
MONTHS_APART = (1, 2, 3, 6)


@dataclass(frozen=True, slots=True)
class Brush:
    """The characters of a drawing. A corner is named for the ends that it joins."""

    bar: str
    lost: str
    shade: str
    line: str
    rise: str
    to_rise: str
    from_rise: str
    ahead: str
    mark: str
    now: str
    axis: str
    foot: str
    tick: str
    corner: str
    fold: str
    here: str


UNICODE = Brush("█", "╳", "░", "─", "│", "┘", "┌", "╌", "◇", "┊", "│", "─", "┴", "└", "…", "▸")
ASCII = Brush("#", "X", ".", "-", "|", "+", "+", "~", "o", ":", "|", "-", "+", "+", ":", ">")


def timeline_lines(
    timeline: Timeline, width: int, *, ascii_only: bool = False
) -> tuple[Parts, ...]:
    """The words, the drawing with its legend, and since when there is a history; no line is wider
    than `width`. Without anything to draw, or without room, the words alone."""
    words = _words(timeline.summary, width, Tone.NEUTRAL)
    note = _words(timeline.note, width, Tone.MUTED)
    if width < NARROWEST or not (timeline.stays or timeline.releases):
        return (*words, *note)
    drawing = _Drawing(timeline, width, ASCII if ascii_only else UNICODE)
    return (*words, (), *drawing.lines(), (), *drawing.legend(), *note)


class _Drawing:
    """One drawing while it is made: a grid of characters, each with its tone."""

    def __init__(self, timeline: Timeline, width: int, brush: Brush) -> None:
        self._told, self._width, self._brush = timeline, width, brush
        self._rows, self._row_of = timeline_rows(timeline)
        self._labels = [self._label(row) for row in self._rows]
        self._margin = max(map(places, self._labels)) + 2
        self._columns = width - self._margin - 1
        self._cells = [[(" ", Tone.MUTED)] * self._columns for _ in self._rows]
        self._used: set[str] = set()
        self._shade()
        self._draw_now()
        self._draw_stair()
        self._draw_bars()

    def lines(self) -> Iterator[Parts]:
        for label, row, cells in zip(self._labels, self._rows, self._cells, strict=True):
            is_here = row == (self._told.version,)
            mark = self._brush.here if is_here else " "
            gap = " " * (self._margin - 2 - places(label))
            tone = Tone.NEUTRAL if is_here else Tone.MUTED
            head = f"{mark}{gap}{label} "
            yield _joined([(head, tone), (self._brush.axis, Tone.MUTED), *cells])
        yield from self._axis()

    def legend(self) -> Iterator[Parts]:
        brush, told = self._brush, self._told
        symbols = {
            "bar": (brush.bar, Tone.INFO),
            "lost": (brush.lost, Tone.CRITICAL),
            "newest": (brush.line, Tone.NEUTRAL),
            "window": (brush.shade, Tone.MUTED),
            "expected": (brush.mark, Tone.NEUTRAL),
            "now": (brush.now, Tone.MUTED),
        }
        entries = [(*symbols[key], text) for key, text in timeline_legend(told).items()]
        line: list[tuple[str, Tone]] = []
        for symbol, tone, text in entries:
            if symbol not in self._used:
                continue
            taken = sum(places(part) for part, _ in line)
            if line and taken + 3 + 2 + places(text) > self._width:
                yield tuple(line)
                line = []
            space = "   " if line else ""
            fitting = first_places(text, self._width - 2)
            line += [(f"{space}{symbol}", tone), (f" {fitting}", Tone.MUTED)]
        if line:
            yield tuple(line)

    def _column(self, at: datetime) -> int:
        told = self._told
        share = (at - told.begins) / (told.ends - told.begins)
        return min(max(int(share * self._columns), 0), self._columns - 1)

    def _put(self, row: int, column: int, character: str, tone: Tone) -> None:
        self._cells[row][column] = (character, tone)
        self._used.add(character)

    def _shade(self) -> None:
        for release in self._told.releases:
            row = self._row_of.get(release.version)
            if row is None or release.leaves is None or len(self._rows[row]) > 1:
                continue
            if release.leaves <= self._told.begins:
                continue
            for column in range(self._column(release.out), self._column(release.leaves)):
                self._put(row, column, self._brush.shade, Tone.MUTED)

    def _draw_now(self) -> None:
        column = self._column(self._told.now)
        for row in range(len(self._rows)):
            self._put(row, column, self._brush.now, Tone.MUTED)

    def _draw_stair(self) -> None:
        """The newest version of the line over time, and where it is expected to rise."""
        at: tuple[int, int] | None = None
        for release in self._told.releases:
            row = self._row_of.get(release.version)
            until = release.newest_until
            if row is None or (until is not None and until <= max(release.out, self._told.begins)):
                continue
            start = self._column(release.out)
            self._run(row, start, self._column(until or self._told.now), self._brush.line)
            if at is not None:
                self._rise(at[0], row, start)
            at = (row, start)
        if at is None or not self._told.coming or AHEAD not in self._rows:
            return
        top, row = self._rows.index(AHEAD), at[0]
        marks = [self._column(each.at) for each in self._told.coming]
        self._run(row, self._column(self._told.now) + 1, marks[0], self._brush.ahead)
        self._rise(row, top, marks[0])
        self._run(top, marks[0], marks[-1], self._brush.ahead)
        for column in marks:
            self._put(top, column, self._brush.mark, Tone.NEUTRAL)

    def _run(self, row: int, start: int, end: int, character: str) -> None:
        for column in range(start, end + 1):
            self._put(row, column, character, Tone.NEUTRAL)

    def _rise(self, low: int, high: int, column: int) -> None:
        """The step of the stair from one row up to another; down, where versions went back."""
        if low == high:
            return
        brush = self._brush
        is_up = high < low
        stands = self._cells[low][column][0] in (brush.from_rise, brush.rise)
        self._put(low, column, brush.rise if stands else brush.to_rise, Tone.NEUTRAL)
        for row in range(min(low, high) + 1, max(low, high)):
            self._put(row, column, brush.rise, Tone.NEUTRAL)
        self._put(high, column, brush.from_rise if is_up else brush.rise, Tone.NEUTRAL)

    def _draw_bars(self) -> None:
        for stay in self._told.stays:
            row = self._row_of.get(stay.version)
            if row is None:
                continue
            lost = stay.supported is False
            character = self._brush.lost if lost else self._brush.bar
            tone = Tone.CRITICAL if lost else Tone.INFO
            for column in range(self._column(stay.start), self._column(stay.end) + 1):
                self._put(row, column, character, tone)

    def _label(self, row: tuple[str, ...]) -> str:
        if row == AHEAD:
            return "expected"
        if len(row) > 1:
            return f"{self._brush.fold} {len(row)} more"
        text = shown(row[0], 200)
        if self._brush is ASCII:
            text = "".join(letter if letter.isascii() else "?" for letter in text)
        cut = "~" if self._brush is ASCII else "…"
        return text if places(text) <= LABEL else first_places(text, LABEL - 1) + cut

    def _axis(self) -> Iterator[Parts]:
        foot = [self._brush.foot] * self._columns
        dates = [" "] * self._columns
        now = self._column(self._told.now)
        taken = self._write(dates, max(0, min(now - 1, self._columns - 3)), "now")
        foot[now] = self._brush.tick
        for at in self._ticks():
            column = self._column(at)
            text = f"{at.day} {at:%b}"
            span = range(column - 1, column + len(text) + 1)
            if column + len(text) > self._columns or taken & set(span):
                continue
            taken |= self._write(dates, column, text)
            foot[column] = self._brush.tick
        indent = " " * self._margin
        yield ((f"{indent}{self._brush.corner}{''.join(foot)}", Tone.MUTED),)
        yield ((f"{indent} {''.join(dates)}".rstrip(), Tone.MUTED),)

    def _ticks(self) -> Iterator[datetime]:
        """Midnights of the user's zone: every day, every so many days, or the first of months, as
        many as there is room for."""
        told = self._told
        days = (told.ends - told.begins) / timedelta(days=1)
        most = max(1, self._columns // 11)
        step = next((each for each in DAYS_APART if days / each <= most), 0)
        months = next((each for each in MONTHS_APART if days / 30 / each <= most), MONTHS_APART[-1])
        day = told.begins.astimezone(told.zone).date() + timedelta(days=1)
        while day <= told.ends.astimezone(told.zone).date():
            is_tick = day.toordinal() % step == 1 if step > 1 else step == 1
            if is_tick or (not step and day.day == 1 and day.month % months == 0):
                yield datetime.combine(day, time(), told.zone)
            day += timedelta(days=1)

    @staticmethod
    def _write(line: list[str], column: int, text: str) -> set[int]:
        line[column : column + len(text)] = text
        return set(range(column, column + len(text)))


def _words(text: str, width: int, tone: Tone) -> tuple[Parts, ...]:
    return tuple(((line, tone),) for line in wrapped(text, max(1, width)))


def _joined(cells: Sequence[tuple[str, Tone]]) -> Parts:
    """Neighbours of one tone as one piece, without spaces at the end."""
    parts: list[tuple[str, Tone]] = []
    for text, tone in cells:
        if parts and (parts[-1][1] == tone or not text.strip()):
            parts[-1] = (parts[-1][0] + text, parts[-1][1])
        else:
            parts.append((text, tone))
    text, tone = parts[-1]
    parts[-1] = (text.rstrip(), tone)
    return tuple(part for part in parts if part[0])
