"""Knows what the terminal shows, and finds few bytes that make it show something else.

Textual writes regions again, changed or not, and resets every style. Over a slow line that is most
of what is sent; here only cells that differ are written, and what has moved up or down is moved by
the terminal itself.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from tui.cells import SEEN_ON_SPACES, Cell, Line, Look, Spans

OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""What ends an attribute; the others end with a reset."""

NEAR = 4
"""So many unchanged cells between two changed ones are cheaper written than jumped over."""

MOVING_COSTS = 16
"""What one move of lines is taken to cost, in cells that need not be written."""

LONG_BLANK = 5


class Writing:
    """One terminal. `erases_in_colour` says that what it erases takes the present ground, which is
    called bce and which most can."""

    def __init__(self, *, erases_in_colour: bool = False) -> None:
        self._bce = erases_in_colour
        self._shown: list[Line] = []
        self._width = 0
        self._look = Look()

    def forget(self) -> None:
        """Something else was written, or the terminal is another: all is to be written again."""
        self._shown = []

    def update(self, spans: Spans, width: int, height: int) -> str:
        """What is to be written so that these cells stand there; "" when they do already."""
        if (len(self._shown), self._width) != (height, width):
            self._shown = [[None] * width for _ in range(height)]
            self._width, self._look = width, Look()
        wanted = self._with(spans)
        text = self._moves(wanted)
        text += "".join(
            self._line(y, old, new)
            for y, (old, new) in enumerate(zip(self._shown, wanted, strict=True))
            if old is not new and old != new
        )
        self._shown = wanted
        if not text:
            return ""
        self._look = Look()
        return f"{text}\x1b[m"

    def _with(self, spans: Spans) -> list[Line]:
        wanted = list(self._shown)
        for y, x, cells in spans:
            if not 0 <= y < len(wanted):
                continue
            if wanted[y] is self._shown[y]:
                wanted[y] = list(wanted[y])
            wanted[y][x : x + len(cells)] = cells[: max(0, self._width - x)]
        return wanted

    def _moves(self, wanted: list[Line]) -> str:
        """Has the terminal move lines, when that leaves less to write."""
        shown = self._shown
        changed = [y for y, new in enumerate(wanted) if new is not shown[y] and new != shown[y]]
        if len(changed) < 2:
            return ""
        top, end = changed[0], changed[-1] + 1
        steps = _steps(shown[top:end], wanted[top:end])
        if not steps:
            return ""
        moved = _moved(shown[top:end], steps, self._width)
        gain = _differing(shown[top:end], wanted[top:end]) - _differing(moved, wanted[top:end])
        if gain <= MOVING_COSTS * (1 + len(steps)):
            return ""
        self._shown = [*shown[:top], *moved, *shown[end:]]
        text = "".join(
            f"\x1b[{top + place + 1}H\x1b[{abs(by)}{'L' if by > 0 else 'M'}" for place, by in steps
        )
        return f"\x1b[{top + 1};{end}r{text}\x1b[r"

    def _line(self, y: int, old: Line, new: Line) -> str:
        """The cells of one line that differ. `at` is where the terminal's cursor is, -1 after a
        letter of whose width not every terminal thinks the same."""
        text = ""
        at, written = -1, 0
        blank = self._blank_from(new)
        for x, cell in enumerate(new):
            if cell is None or cell == old[x]:
                continue
            first = x if cell.text else x - 1
            letter = new[first]
            if first < written or letter is None:
                continue
            if first >= blank and len(new) - first >= LONG_BLANK:
                return text + self._place(y, first, at) + self._turned(letter) + "\x1b[K"
            near = self._near(new, at, first)
            text += self._place(y, first, at) if near is None else near
            text += self._turned(letter) + letter.text
            written = first + 1 + (first + 1 < len(new) and new[first + 1] == ("", letter.look))
            at = written if len(letter.text) == 1 and written == first + 1 else -1
        return text

    def _blank_from(self, line: Line) -> int:
        """From which column on the line can be erased: spaces on one ground."""
        last = line[-1] if line else None
        if last is None or last.text != " " or last.look.attributes:
            return len(line)
        if last.look.ground and not self._bce:
            return len(line)
        place = len(line)
        while place and line[place - 1] == last:
            place -= 1
        return place

    def _near(self, line: Line, at: int, x: int) -> str | None:
        """The cells between, when writing them again is the shortest way; None when not."""
        if at < 0 or x - at > NEAR:
            return None
        between = line[at:x]
        if any(each is None or not each.text or not self._suits(each) for each in between):
            return None
        return "".join(each.text for each in between if each is not None)

    def _place(self, y: int, x: int, at: int) -> str:
        if 0 <= at < x:
            return f"\x1b[{x - at}C"
        return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"

    def _suits(self, cell: Cell) -> bool:
        """Whether the cell looks right in the look that the terminal has now."""
        now = self._look
        if cell.text == " " and not cell.look.attributes:
            return now.ground == cell.look.ground and SEEN_ON_SPACES.isdisjoint(now.attributes)
        return now == cell.look

    def _turned(self, cell: Cell) -> str:
        """What turns the terminal to the look of the cell."""
        if self._suits(cell):
            return ""
        now, look = self._look, cell.look
        if cell.text == " " and not look.attributes:
            seen = SEEN_ON_SPACES.intersection(now.attributes)
            kept = tuple(each for each in now.attributes if each not in seen)
            look = Look(kept, now.ink, look.ground)
        self._look = look
        whole = ";".join(("0", *look.attributes, *filter(None, (look.ink, look.ground))))
        short = _difference(now, look) or whole
        return f"\x1b[{min(whole, short, key=len)}m"


def _difference(now: Look, look: Look) -> str:
    """What is to be said when the terminal has a look already; "" where only a reset helps."""
    gone = [each for each in now.attributes if each not in look.attributes]
    if any(each not in OFF for each in gone):
        return ""
    ended = dict.fromkeys(OFF[each] for each in gone)
    added = [
        each for each in look.attributes if each not in now.attributes or OFF.get(each) in ended
    ]
    ink = [look.ink or "39"] if look.ink != now.ink else []
    ground = [look.ground or "49"] if look.ground != now.ground else []
    return ";".join((*ended, *added, *ink, *ground))


def _steps(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[int, int]]:
    """Lines to take out, from below, and lines to put in, from above: place, and how many; negative
    for those that go. The last column, which is the scrollbar's, does not count."""
    one = [tuple(line[:-1]) for line in old]
    other = [tuple(line[:-1]) for line in new]
    gone: list[tuple[int, int]] = []
    come: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for _, start, end, begin, stop in matcher.get_opcodes():
        more = (stop - begin) - (end - start)
        if more < 0:
            gone.append((end + more, more))
        elif more > 0:
            come.append((stop - more, more))
    return [*reversed(gone), *come]


def _moved(lines: Sequence[Line], steps: Sequence[tuple[int, int]], width: int) -> list[Line]:
    """How they stand after the steps; as many as before."""
    count = len(lines)
    moved = list(lines)
    for place, by in steps:
        fresh: list[Line] = [[None] * width for _ in range(abs(by))]
        if by > 0:
            moved[place:place] = fresh
        else:
            del moved[place : place - by]
            moved += fresh
        del moved[count:]
    return moved


def _differing(old: Sequence[Line], new: Sequence[Line]) -> int:
    """How many cells."""
    return sum(
        was != cell
        for before, after in zip(old, new, strict=True)
        if before is not after
        for was, cell in zip(before, after, strict=True)
    )
