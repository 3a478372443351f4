"""A wall as lines for a terminal of a size: counts in large digits, then as many of the problems as
there is room for, then what is next. What is left out is counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from console.ages import duration
from console.view.block_digits import ROWS, block_digits
from console.view.headlines import Headline
from console.view.places import first_places, places, wrapped
from console.view.tone import Tone
from console.view.wall import Wall
from console.view.wall_panels import Panel
from console.view.wall_words import WORDS, kinds_left

SIDE_BY_SIDE = 110
"""Places from which on the panels stand beside the problems."""

ASCII_SYMBOLS = str.maketrans("✓✕●‖↑↻◇→◷…–", "+x*=^~o>@.-")


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    tone: Tone = Tone.NEUTRAL
    is_bold: bool = False


TextLine = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a wall is looked at. `taken` is None before the first good reading, `next_in` the
    seconds to the next."""

    now: datetime
    taken: datetime | None
    next_in: float
    zone: tzinfo

    @property
    def age(self) -> timedelta:
        return self.now - self.taken if self.taken is not None else timedelta()


def wall_lines(
    name: str, wall: Wall, at: Moment, width: int, height: int, *, ascii_only: bool = False
) -> tuple[TextLine, ...]:
    """Exactly `height` lines of at most `width` places. Old data is grey from top to bottom, with
    its age in large digits."""
    is_old = at.taken is not None and at.age.total_seconds() > wall.grey_seconds
    lines = [_header(name, wall, at, width)]
    if is_old:
        lines += _age(wall, at, width, ascii_only)
    lines += _texts(f"{wall.symbol} {wall.verdict}", wall.tone, width, is_bold=True)
    if wall.tone is Tone.GOOD and at.taken is not None:
        clock = f"{at.taken.astimezone(at.zone):%H:%M:%S}"
        lines += _texts(WORDS["checked"].format(time=clock), Tone.GOOD, width)
    lines += _texts(wall.banner, Tone.CRITICAL, width)
    if at.taken is not None and height - len(lines) > ROWS + 4:
        lines += [(), *_counts(wall.headlines, width, ascii_only)]
    lines.append(())
    lines += _main(wall, width, height - len(lines))
    made = [_cut(line, width) for line in lines[:height]]
    made += [()] * (height - len(made))
    return tuple(_finished(line, is_old, ascii_only) for line in made)


def _header(name: str, wall: Wall, at: Moment, width: int) -> TextLine:
    clock = f"{at.now.astimezone(at.zone):%H:%M}"
    told = WORDS["never"]
    if at.taken is not None and at.age.total_seconds() > wall.stale_seconds:
        told = f"◷ {WORDS['old'].format(age=duration(at.age))}"
    elif at.taken is not None:
        time = f"{at.taken.astimezone(at.zone):%H:%M:%S}"
        wait = duration(timedelta(seconds=at.next_in))
        told = WORDS["updated" if at.next_in > 0 else "due"].format(time=time, wait=wait)
    right = "  ".join(part for part in (wall.planned, told, clock) if part)
    gap = width - places(name) - places("Maia runners ") - places(right)
    if gap < 2:
        return (Span(right, Tone.MUTED),)
    return (
        Span("Maia runners ", is_bold=True),
        Span(name, Tone.INFO),
        Span(" " * gap),
        Span(right, Tone.MUTED),
    )


def _age(wall: Wall, at: Moment, width: int, ascii_only: bool) -> Iterator[TextLine]:
    number, unit = duration(at.age).split()
    blocks = block_digits(int(number), ascii_only=ascii_only)
    words = WORDS["old"].format(age=unit)
    yield ()
    for row, block in enumerate(blocks):
        yield (Span(block, is_bold=True), Span(f"  {words}" if row == ROWS - 1 else ""))
    yield ()
    yield from _texts(wall.banner or WORDS["unread"], Tone.NEUTRAL, width, is_bold=True)


def _counts(headlines: Sequence[Headline], width: int, ascii_only: bool) -> Iterator[TextLine]:
    """As many as fit: those of nothing go first, then those that are least urgent."""
    shown = list(headlines)
    order = [each for each in reversed(headlines) if not each.count]
    order += [each for each in reversed(headlines) if each.count and each.tone != Tone.CRITICAL]
    for each in order:
        if sum(map(_count_width, shown)) > width:
            shown.remove(each)
    blocks = {each.key: block_digits(each.count, ascii_only=ascii_only) for each in shown}
    for row in range(ROWS):
        yield tuple(
            Span(blocks[each.key][row].ljust(_count_width(each)), each.tone, True) for each in shown
        )
    yield tuple(Span(_label(each).ljust(_count_width(each)), each.tone) for each in shown)


def _count_width(line: Headline) -> int:
    return max(5 * len(str(line.count)) + 2, places(_label(line)) + 3)


def _label(line: Headline) -> str:
    return f"{line.symbol} {line.label}".strip()


def _main(wall: Wall, width: int, height: int) -> list[TextLine]:
    rest = [(Span(f"✓ {wall.rest}", Tone.GOOD),)] if wall.rest and wall.bands else []
    aside = list(_panels(wall, width if width < SIDE_BY_SIDE else width * 2 // 5))
    if width < SIDE_BY_SIDE or not wall.bands:
        told = _problems(wall, width, height - len(rest))
        room = height - len(told) - len(rest) - 1
        return [*told, *rest, (), *_whole(aside, room)]
    left = width - width * 2 // 5 - 3
    told = [*_problems(wall, left, height - len(rest)), *rest]
    beside = _whole(aside, height)
    rows = max(len(told), len(beside))
    told += [()] * (rows - len(told))
    beside += [()] * (rows - len(beside))
    return [
        (*_padded(one, left), Span("   "), *other) for one, other in zip(told, beside, strict=True)
    ]


def _problems(wall: Wall, width: int, room: int) -> list[TextLine]:
    tiles = [
        (
            Span(f"{tile.cells[0].said}  ", tile.tone, True),
            Span(tile.name.text, is_bold=True),
            Span(f"  → {tile.do}" if tile.do else "", Tone.MUTED),
            Span(f"  ◷ {tile.old}" if tile.old else "", Tone.WARNING),
        )
        for tile in wall.tiles
    ]
    if tiles and len(tiles) <= room:
        return list(tiles)
    count = max((len(str(band.count)) for band in wall.bands), default=1)
    bands: list[TextLine] = [
        (
            Span(f"{band.count:>{count}} {band.symbol} {band.title}", band.tone, True),
            Span(f"  → {band.do}", Tone.MUTED),
            Span(f"  {', '.join(band.names[:3])}"),
        )
        for band in wall.bands
    ]
    if len(bands) <= room:
        return bands
    left = len(bands) - max(0, room - 1)
    more = (Span(f"✕ {kinds_left(left)}", Tone.CRITICAL, True),)
    return [*bands[: max(0, room - 1)], more]


def _panels(wall: Wall, width: int) -> Iterator[TextLine]:
    """Each after an empty line but the first."""
    ordered = sorted(wall.panels, key=lambda panel: panel.key != "work")
    for panel in ordered:
        yield from (*_panel(panel, width), ())
    for bar in wall.versions:
        told = "  ".join(f"{part.symbol} {part.count} {part.version}" for part in bar.parts)
        yield (Span(f"{bar.title}  ", Tone.MUTED, True), Span(told))


def _panel(panel: Panel, width: int) -> Iterator[TextLine]:
    yield (Span(panel.title, Tone.MUTED, True),)
    for line in panel.lines[:3]:
        name = f"{line.symbol} {line.name}".strip()
        gap = max(2, width - places(name) - places(line.text))
        yield (Span(name, line.tone), Span(" " * min(gap, 40)), Span(line.text))


def _whole(lines: Sequence[TextLine], room: int) -> list[TextLine]:
    """Up to the last empty line that there is room for, so that no panel ends in the middle."""
    if len(lines) <= room:
        return list(lines)
    ends = [number for number, line in enumerate(lines[: max(0, room + 1)]) if not line]
    return list(lines[: ends[-1]]) if ends else []


def _texts(text: str, tone: Tone, width: int, *, is_bold: bool = False) -> Iterable[TextLine]:
    return [(Span(line, tone, is_bold),) for line in wrapped(text, width)]


def _cut(line: TextLine, width: int) -> TextLine:
    made: list[Span] = []
    for span in line:
        fitting = first_places(span.text, width)
        width -= places(fitting)
        if fitting:
            made.append(Span(fitting, span.tone, span.is_bold))
    return tuple(made)


def _padded(line: TextLine, width: int) -> TextLine:
    cut = _cut(line, width)
    return (*cut, Span(" " * (width - sum(places(span.text) for span in cut))))


def _finished(line: TextLine, is_old: bool, ascii_only: bool) -> TextLine:
    if not is_old and not ascii_only:
        return line
    return tuple(
        Span(
            span.text.translate(ASCII_SYMBOLS) if ascii_only else span.text,
            Tone.NEUTRAL if is_old and span.is_bold else Tone.MUTED if is_old else span.tone,
            span.is_bold,
        )
        for span in line
    )
