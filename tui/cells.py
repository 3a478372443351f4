"""The terminal as cells: a letter and how it looks. From Textual's updates to lines of cells."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip


class Look(NamedTuple):
    """SGR parameters: attributes in order, colour of the letter and of its ground ("" for the
    terminal's own)."""

    attributes: tuple[str, ...] = ()
    ink: str = ""
    ground: str = ""


class Cell(NamedTuple):
    """`text` is "" for the second half of a wide letter."""

    text: str
    look: Look


Line = list[Cell | None]
"""None is a cell of which nobody knows what stands there."""

Spans = list[tuple[int, int, list[Cell]]]
"""Line, column, and the cells from there on."""

SEEN_ON_SPACES = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that show where no letter stands: underlined, reverse, struck out."""

_SYSTEMS = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}


class Written(CompositorUpdate):
    """An update of which is known what is to be written."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render_segments(self, console: Console) -> str:
        return self._text


def spans_of(update: LayoutUpdate | ChopsUpdate, colours: str | None) -> Spans:
    """The cells that an update would write, in Textual's own order; `colours` is Rich's name of
    how many there are."""
    if isinstance(update, LayoutUpdate):
        left, top = update.region.x, update.region.y
        return [
            (top + number, left, _cells(strips, colours))
            for number, strips in enumerate(update.strips)
        ]
    found: Spans = []
    for y, start, end in update.spans:
        for chop_end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= end or chop_end <= start:
                continue
            cells = _cells([strip], colours)
            first = max(0, start - x)
            found.append((y, x + first, cells[first : min(chop_end, end) - x]))
    return found


def _cells(strips: Iterable[Strip], colours: str | None) -> list[Cell]:
    cells: list[Cell] = []
    for strip in strips:
        for text, style, control in strip:
            if control:
                continue
            look = look_of(style, colours) if style is not None else Look()
            if text.isascii():
                space = _on_space(look)
                cells += [Cell(each, space if each == " " else look) for each in text]
            else:
                cells += _wide_cells(text, look)
    return cells


def _wide_cells(text: str, look: Look) -> list[Cell]:
    """A mark that takes no place of its own stays with the letter before it."""
    cells: list[Cell] = []
    for letter in text:
        width = cell_len(letter)
        if not width and cells:
            place = -2 if not cells[-1].text and len(cells) > 1 else -1
            cells[place] = Cell(cells[place].text + letter, cells[place].look)
        elif letter == " ":
            cells.append(Cell(letter, _on_space(look)))
        elif width:
            cells += [Cell(letter, look), *[Cell("", look)] * (width - 1)]
    return cells


@lru_cache(maxsize=4096)
def look_of(style: Style, colours: str | None) -> Look:
    system = _SYSTEMS.get(colours or "")
    if system is None:
        return Look()
    attributes = style.update_link(None).without_color.render("x", color_system=system)
    ink = _colour(style.color, system)
    return Look(_codes(attributes), ink, _colour(style.bgcolor, system, is_ground=True))


def _colour(colour: Color | None, system: ColorSystem, *, is_ground: bool = False) -> str:
    if colour is None or colour.is_default:
        return ""
    return ";".join(colour.downgrade(system).get_ansi_codes(foreground=not is_ground))


@lru_cache(maxsize=4096)
def _on_space(look: Look) -> Look:
    """Only what can be seen of it where no letter stands."""
    if SEEN_ON_SPACES.isdisjoint(look.attributes):
        return Look(ground=look.ground)
    return look


def _codes(rendered: str) -> tuple[str, ...]:
    """Of `ESC [ 1 ; 7 m x ESC [ 0 m`, the 1 and the 7."""
    if not rendered.startswith("\x1b["):
        return ()
    return tuple(rendered[2 : rendered.index("m")].split(";"))
