"""The wall on a terminal: the words of the page, within its size, and grey when it is old."""

from datetime import UTC, timedelta

import pytest

from console.fleet.snapshot import Snapshot
from console.view.block_digits import ROWS, block_digits
from console.view.places import places
from console.view.tone import Tone
from console.view.wall import wall
from console.view.wall_text import Moment, TextLine, wall_lines
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, snapshot_of

SIZES = [(40, 12), (60, 18), (80, 24), (100, 30), (132, 43), (220, 60)]


def drawn(
    snapshot: Snapshot,
    width: int = 100,
    height: int = 30,
    age: int = 5,
    *,
    ascii_only: bool = False,
) -> tuple[TextLine, ...]:
    now = NOW + timedelta(seconds=age)
    at = Moment(now, NOW, 10, UTC)
    seen = wall(snapshot, now)
    return wall_lines("demo", seen, at, width, height, ascii_only=ascii_only)


def texts(lines: tuple[TextLine, ...]) -> list[str]:
    return ["".join(span.text for span in line) for line in lines]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("runners", [24, 200, 2000])
@pytest.mark.parametrize("age", [5, 900])
def test_it_fills_the_terminal_and_no_more(runners: int, width: int, height: int, age: int) -> None:
    lines = texts(drawn(demo_snapshot(runners), width, height, age))
    assert len(lines) == height
    assert max(map(places, lines)) <= width


def test_it_begins_with_the_age_and_the_verdict_and_tells_the_worst_first() -> None:
    snapshot = demo_snapshot()
    lines = texts(drawn(snapshot))
    seen = wall(snapshot, NOW)
    assert lines[0].endswith("Updated 12:00:00, next in 10 s  12:00")
    assert lines[1] == f"✕ {seen.verdict}"
    told = [line for line in lines if "→" in line]
    assert [tile.name.text in line for tile, line in zip(seen.tiles, told, strict=True)]
    assert seen.tiles[0].do in told[0]


def test_counts_are_in_large_digits_and_those_of_nothing_go_first() -> None:
    lines = texts(drawn(demo_snapshot(), 60))
    assert any("███" in line for line in lines)
    labels = next(line for line in lines if "runners  " in line)
    assert "offline" in labels
    assert "to update" not in labels


def test_problems_without_room_are_counted() -> None:
    lines = texts(drawn(demo_snapshot(2000), 80, 14))
    assert any("more" in line for line in lines)


def test_with_nothing_wrong_it_is_green_and_tells_the_last_check() -> None:
    lines = drawn(snapshot_of(HEALTHY))
    assert lines[1][0].tone is Tone.GOOD
    assert texts(lines)[2] == "Last checked at 12:00:00"


def test_old_data_is_grey_with_its_age_in_large_digits_and_the_cause() -> None:
    lines = drawn(demo_snapshot(), age=900)
    assert {span.tone for line in lines for span in line} <= {Tone.NEUTRAL, Tone.MUTED}
    said = texts(lines)
    assert said[2 : 2 + ROWS - 1] == list(block_digits(15))[: ROWS - 1]
    assert said[1 + ROWS].endswith("min old")
    assert any("could not be read" in line for line in said)


def test_ascii_alone_is_enough() -> None:
    assert all(line.isascii() for line in texts(drawn(demo_snapshot(), ascii_only=True)))


@pytest.mark.parametrize("number", [0, 7, 1234567890])
def test_large_digits_are_five_lines_of_one_width(number: int) -> None:
    lines = block_digits(number)
    assert len(lines) == ROWS
    assert {len(line) for line in lines} == {5 * len(str(number)) - 1}
