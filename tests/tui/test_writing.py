"""Whatever is written leaves the terminal as it was asked for, and little is written."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tui.cells import Cell, Line, Look
from tui.writing import Writing

WIDTH, HEIGHT = 16, 6
CODE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])")
PLAIN, BOLD, TINTED = Look(), Look(("1",), "31"), Look((), "32", "44")
REVERSE, QUIET, FULL = Look(("7",)), Look(("1", "4"), "", "44"), Look(("2",), "38;5;9", "48;5;7")
LOOKS = (PLAIN, BOLD, TINTED, REVERSE, QUIET, FULL)
SINGLES = (("1", "2"), ("3",), ("4",), ("5",), ("7",), ("8",), ("9",))
ENDS = {"22": {"1", "2"}, "23": {"3"}, "24": {"4"}, "27": {"7"}, "29": {"9"}}


class Emulator:
    """As much of a terminal as is needed to see what came of it. Erasing takes the ground."""

    def __init__(self) -> None:
        self.lines: list[list[Cell]] = [self._blank() for _ in range(HEIGHT)]
        self.attributes: set[str] = set()
        self.ink = self.ground = ""
        self.x = self.y = 0
        self.top, self.end = 0, HEIGHT

    def take(self, text: str) -> None:
        place = 0
        while place < len(text):
            if code := CODE.match(text, place):
                self._do(code[2], code[1])
                place = code.end()
            else:
                wide = 2 if text[place] == "東" else 1
                cells = [Cell(text[place], self._look(text[place])), Cell("", self._look("x"))]
                self.lines[self.y][self.x : self.x + wide] = cells[:wide]
                self.x += wide
                place += 1

    def _do(self, name: str, said: str) -> None:
        numbers = [int(each or 1) for each in said.split(";")] if name != "m" else []
        if name == "H":
            self.y, self.x = numbers[0] - 1, (numbers[1] if len(numbers) > 1 else 1) - 1
        elif name == "C":
            self.x += numbers[0]
        elif name == "K":
            blank = Cell(" ", Look(ground=self.ground))
            self.lines[self.y][self.x :] = [blank] * (WIDTH - self.x)
        elif name == "r":
            self.top, self.end = (numbers[0] - 1, numbers[1]) if said else (0, HEIGHT)
            self.x = self.y = 0
        elif name in "LM":
            self._shift(numbers[0], name == "L")
        elif name == "m":
            self._turn([each or "0" for each in said.split(";")])
        else:
            raise AssertionError(f"{said}{name} is not known")

    def _shift(self, count: int, down: bool) -> None:
        part = self.lines[self.y : self.end]
        fresh = [self._blank() for _ in range(count)]
        part = [*fresh, *part][: len(part)] if down else [*part[count:], *fresh]
        self.lines[self.y : self.end] = part

    def _turn(self, codes: list[str]) -> None:
        while codes:
            code = codes.pop(0)
            if code == "0":
                self.attributes, self.ink, self.ground = set(), "", ""
            elif code in ("38", "48"):
                colour = ";".join([code, *codes[:2]])
                del codes[:2]
                self._colour(colour, code == "48")
            elif code in ("39", "49"):
                self._colour("", code == "49")
            elif len(code) == 2 and code[0] in "34":
                self._colour(code, code[0] == "4")
            elif code in ENDS:
                self.attributes -= ENDS[code]
            else:
                self.attributes.add(code)

    def _colour(self, code: str, is_ground: bool) -> None:
        if is_ground:
            self.ground = code
        else:
            self.ink = code

    def _look(self, letter: str) -> Look:
        look = Look(tuple(sorted(self.attributes)), self.ink, self.ground)
        is_plain = letter == " " and {"4", "7", "9"}.isdisjoint(self.attributes)
        return Look(ground=self.ground) if is_plain else look

    def _blank(self) -> list[Cell]:
        return [Cell("?", PLAIN)] * WIDTH


def line_of(text: str, look: Look = PLAIN) -> list[Cell]:
    cells: list[Cell] = []
    for letter in text:
        plain = letter == " " and {"4", "7", "9"}.isdisjoint(look.attributes)
        cells.append(Cell(letter, Look(ground=look.ground) if plain else look))
        if letter == "東":
            cells.append(Cell("", look))
    return (cells + [Cell(" ", Look(ground=look.ground))] * WIDTH)[:WIDTH]


def picture(*texts: str) -> list[list[Cell]]:
    return [line_of(text) for text in (*texts, *[""] * HEIGHT)][:HEIGHT]


def spans(lines: list[list[Cell]]) -> list[tuple[int, int, list[Cell]]]:
    return [(y, 0, cells) for y, cells in enumerate(lines)]


def stands(emulator: Emulator) -> list[Line]:
    return [list(line) for line in emulator.lines]


def is_whole(line: list[Cell]) -> bool:
    """No wide letter is cut in two."""
    if not line[0].text or line[-1].text == "東":
        return False
    return all(
        (one.text == "東") == (not other.text) and (bool(other.text) or one.look == other.look)
        for one, other in pairwise(line)
    )


words = some.text("ab 東", max_size=5)
lines = some.builds(line_of, words, some.sampled_from(LOOKS)).filter(
    lambda line: line[-1].text != "東"
)
joined = some.tuples(lines, lines, some.integers(0, WIDTH)).map(
    lambda three: [*three[0][: three[2]], *three[1][three[2] :]]
)
whole = joined.filter(lambda line: is_whole(line))
pictures = some.lists(whole, min_size=HEIGHT, max_size=HEIGHT)


@settings(max_examples=150, deadline=None)
@given(some.lists(pictures, min_size=1, max_size=5), some.booleans(), some.data())
def test_after_any_pictures_the_terminal_shows_the_last(
    drawn: list[list[list[Cell]]], bce: bool, data: some.DataObject
) -> None:
    writing, emulator = Writing(erases_in_colour=bce), Emulator()
    for each in drawn:
        order = data.draw(some.permutations(each)) if data.draw(some.booleans()) else each
        emulator.take(writing.update(spans(order), WIDTH, HEIGHT))
        assert stands(emulator) == order
        assert writing.update(spans(order), WIDTH, HEIGHT) == ""


@pytest.fixture
def writing() -> Writing:
    made = Writing()
    made.update(spans(picture("one", "two", "three", "four", "five", "six")), WIDTH, HEIGHT)
    return made


def test_one_cell_costs_its_place_its_letter_and_a_reset(writing: Writing) -> None:
    text = writing.update([(2, 0, line_of("thrEe"))], WIDTH, HEIGHT)
    assert text == "\x1b[3;4HE\x1b[m"


def test_cells_that_are_near_are_written_through_and_far_ones_jumped_to(writing: Writing) -> None:
    assert writing.update([(2, 0, line_of("ThreE"))], WIDTH, HEIGHT) == "\x1b[3HThreE\x1b[m"
    writing.update(spans(picture("a              b")), WIDTH, HEIGHT)
    assert "\x1b[14C" in writing.update([(0, 0, line_of("c              d"))], WIDTH, HEIGHT)


def test_a_line_that_comes_in_moves_the_others_on_the_terminal(writing: Writing) -> None:
    many = [letter * WIDTH for letter in "abcdef"]
    writing.update(spans(picture(*many)), WIDTH, HEIGHT)
    text = writing.update(spans(picture(many[0], "new", *many[1:-1])), WIDTH, HEIGHT)
    assert "\x1b[1L" in text
    assert not set("bcdf") & set(text)


def test_what_was_forgotten_is_written_again(writing: Writing) -> None:
    same = spans(picture("one", "two", "three", "four", "five", "six"))
    assert writing.update(same, WIDTH, HEIGHT) == ""
    writing.forget()
    assert "three" in writing.update(same, WIDTH, HEIGHT)


def test_a_terminal_of_another_size_is_written_anew(writing: Writing) -> None:
    assert "one" in writing.update([(0, 0, line_of("one"))], WIDTH, HEIGHT - 1)


@pytest.mark.parametrize(("bce", "expected"), [(True, True), (False, False)])
def test_a_coloured_end_of_a_line_is_erased_only_where_that_keeps_the_colour(
    bce: bool, expected: bool
) -> None:
    made = Writing(erases_in_colour=bce)
    text = made.update([(0, 0, line_of("a", TINTED))], WIDTH, HEIGHT)
    assert ("\x1b[K" in text) is expected
