"""The runners table: rows, order, captions, and why it is empty."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.snapshot import Problem, ProblemKind, Runner, Snapshot
from console.rules.assessment import assess
from console.view.columns import COLUMNS, RUNNER_COLUMNS
from console.view.filter import parse_filter
from console.view.matching import matching
from console.view.query import Query
from console.view.runners import runners_table
from console.view.table import Cell, Table
from console.view.tone import Tone
from tests.console.fleets import (
    HEALTHY,
    HOSTED,
    NOW,
    demo_snapshot,
    operation_on,
    snapshot_of,
)

DEMO = demo_snapshot()
BARE = Runner(id="b", name="b")


def cell(table: Table, runner: Runner, column: str) -> Cell:
    keys = [each.key for each in COLUMNS]
    return table.rows[table.index[runner.id]].cells[keys.index(column)]


def cell_of(runner: Runner, column: str, snapshot: Snapshot | None = None) -> Cell:
    return cell(runners_table(snapshot or snapshot_of(runner), Query(), NOW), runner, column)


def names(snapshot: Snapshot, query: Query) -> list[str]:
    return [row.cells[0].text for row in runners_table(snapshot, query, NOW).rows]


def test_the_worst_come_first_unless_asked_otherwise() -> None:
    rows = runners_table(DEMO, Query(), NOW).rows
    ranks = [assess(DEMO.by_id[row.key], DEMO, NOW).severity for row in rows]
    assert ranks == sorted(ranks, reverse=True)
    assert ranks[0] > ranks[-1]


@pytest.mark.parametrize("column", [each.key for each in COLUMNS])
def test_each_column_sorts_both_ways_with_ties_by_name(column: str) -> None:
    order = next(each.order for each in RUNNER_COLUMNS if each.column.key == column)
    everything = [assess(runner, DEMO, NOW) for runner in DEMO.runners]
    upwards = matching(DEMO, Query(sort=column), NOW)
    downwards = matching(DEMO, Query(sort=column, descending=True), NOW)
    assert len(upwards) == len(downwards) == len(everything)
    assert [order(each) for each in upwards] == sorted(order(each) for each in everything)
    assert [order(each) for each in downwards] == [order(each) for each in reversed(upwards)]
    for ordered in (upwards, downwards):
        for one, next_one in pairwise(ordered):
            if order(one) == order(next_one):
                assert one.runner.name <= next_one.runner.name


@pytest.mark.parametrize("column", [each.key for each in COLUMNS])
@pytest.mark.parametrize("descending", [False, True])
def test_runners_of_one_name_keep_the_order_of_their_ids(column: str, descending: bool) -> None:
    twins = [replace(HEALTHY, id=number) for number in ("3", "1", "2")]
    query = Query(sort=column, descending=descending)
    rows = runners_table(snapshot_of(*twins), query, NOW).rows
    assert [row.key for row in rows] == ["1", "2", "3"]


@pytest.mark.parametrize("column", [each.key for each in COLUMNS])
def test_a_runner_of_which_little_is_known_sorts_with_the_others(column: str) -> None:
    odd = replace(HEALTHY, id="o", status="odd", track="edge", version="?", api_support="?")
    for descending in (False, True):
        query = Query(sort=column, descending=descending)
        assert len(names(snapshot_of(BARE, odd, HEALTHY, HOSTED), query)) == 4


def test_names_sort_without_regard_to_case() -> None:
    runners = [replace(HEALTHY, id=name, name=name) for name in ("b", "A", "C")]
    assert names(snapshot_of(*runners), Query(sort="name")) == ["A", "b", "C"]
    assert names(snapshot_of(*runners), Query(sort="name", descending=True)) == ["C", "b", "A"]


def test_versions_sort_by_number() -> None:
    runners = [replace(HEALTHY, id=v, name=v, version=v) for v in ("10.10", "10.9", "9.99")]
    assert names(snapshot_of(*runners), Query(sort="version")) == ["9.99", "10.9", "10.10"]


@given(st.permutations(DEMO.runners))
def test_the_api_s_order_does_not_matter(runners: list[Runner]) -> None:
    assert names(replace(DEMO, runners=tuple(runners)), Query()) == names(DEMO, Query())


@pytest.mark.parametrize(
    ("runners", "filter_text", "caption"),
    [
        ((), "", "0 runners"),
        ((HEALTHY,), "", "1 runner"),
        ((HEALTHY, HOSTED), "", "2 runners"),
        ((HEALTHY, HOSTED), "is:hosted", "1 of 2 runners"),
        ((HEALTHY, HOSTED), "nothing", "0 of 2 runners"),
    ],
)
def test_the_caption_counts_what_is_shown_of_what_there_is(
    runners: tuple[Runner, ...], filter_text: str, caption: str
) -> None:
    table = runners_table(snapshot_of(*runners), Query(parse_filter(filter_text)), NOW)
    assert table.caption == caption
    assert table.total == len(runners)


PROBLEM = Problem(ProblemKind.UNREACHABLE, "dns: x", NOW, NOW)


@pytest.mark.parametrize(
    ("snapshot", "filter_text", "empty"),
    [
        (Snapshot(), "", "Reading the fleet …"),
        (Snapshot(problem=PROBLEM), "", "Nothing has been read yet."),
        (
            snapshot_of(),
            "status:running",
            "This account has no runners yet. Create one on the vendor's page and it shows here.",
        ),
        (snapshot_of(HEALTHY), "nothing", "No runner matches “nothing”."),
        (snapshot_of(HEALTHY), "\x1b[2J", "No runner matches “␛[2J”."),
        (snapshot_of(HEALTHY), "", ""),
        (replace(snapshot_of(HEALTHY), problem=PROBLEM), "", ""),
    ],
)
def test_an_empty_table_says_why(snapshot: Snapshot, filter_text: str, empty: str) -> None:
    assert runners_table(snapshot, Query(parse_filter(filter_text)), NOW).empty == empty


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({}, "status", "● Running"),
        ({"connected": False}, "status", "✕ Running, offline"),
        ({"connected": None}, "status", "● Running"),
        ({"status": "stopped", "connected": False}, "status", "○ Stopped"),
        ({"status": "hibernating"}, "status", "? Hibernating"),
        ({"status": None}, "status", "? Not told"),
        ({"track": "stable"}, "track", "Stable"),
        ({"track": "edge"}, "track", "edge"),
        ({"track": None}, "track", "–"),
        ({"version": None}, "version", "–"),
        ({}, "latest", "✓ Latest"),
        ({"version": "10.1"}, "latest", "↑ 10.1303.0"),
        ({"version": "10.9999"}, "latest", "↓ 10.1303.0, ahead"),
        ({"latest_version": None}, "latest", "–"),
        ({"latest_version": None, "update_available": True}, "latest", "↑ Update available"),
        ({"version": "nightly"}, "latest", "10.1303.0"),
        ({}, "support", "✓ Supported"),
        ({"api_support": "x"}, "support", "✕ Out of support"),
        ({"api_support": None}, "support", "? Not known"),
        ({}, "platform", "AWS Fargate"),
        ({"provider": "oracle", "deployment": "oke"}, "platform", "oracle oke"),
        ({"provider": None, "deployment": None}, "platform", "–"),
        ({"provider": "matillion"}, "platform", "Matillion hosted"),
        ({"provider": "matillion"}, "auto", "Vendor"),
        ({"auto_updates": None}, "auto", "–"),
        ({"auto_updates": False}, "auto", "Off"),
        ({}, "attention", "–"),
        ({"connected": False, "api_support": "x"}, "attention", "✕ Out of support +1"),
    ],
)
def test_each_cell_says_what_is_known(changes: dict[str, object], column: str, said: str) -> None:
    assert cell_of(replace(HEALTHY, **changes), column).said == said  # type: ignore[arg-type]


def test_an_action_under_way_takes_the_place_of_findings() -> None:
    runner = replace(HEALTHY, connected=False)
    begun = operation_on(runner)
    busy = snapshot_of(runner, operations=(begun,))
    assert cell_of(runner, "attention", busy) == Cell(
        "Restarting", Tone.INFO, "↻", "~", is_busy=True
    )
    later = runners_table(busy, Query(), NOW + timedelta(minutes=2, seconds=59))
    assert cell(later, runner, "attention").text == "Restarting, 2 min"


def test_within_a_minute_an_action_s_cell_does_not_change() -> None:
    busy = snapshot_of(HEALTHY, operations=(operation_on(HEALTHY),))
    tables = [runners_table(busy, Query(), NOW + timedelta(seconds=s)) for s in (0, 30, 59)]
    assert tables[0].rows == tables[1].rows == tables[2].rows


def test_a_row_has_the_tone_of_its_worst_cell() -> None:
    table = runners_table(snapshot_of(replace(HEALTHY, api_support="x")), Query(), NOW)
    assert table.rows[0].tone is Tone.CRITICAL


def test_no_cell_holds_anything_that_a_terminal_would_obey() -> None:
    for row in runners_table(demo_snapshot(hostile=True), Query(), NOW).rows:
        for each in row.cells:
            assert "\n" not in each.text
            assert each.text.isprintable()
            assert each.hint.isprintable()
            assert len(each.text) <= 60
            assert len(each.hint) <= 2000


def test_markup_and_html_in_a_name_stay_as_text() -> None:
    shown_names = names(demo_snapshot(hostile=True), Query())
    assert "[bold red]x[/]" in shown_names
    assert "<script>alert(1)</script>" in shown_names
    assert "two␊lines␍␊and␉tab" in shown_names


def test_the_name_is_the_last_column_to_go_and_ranks_are_unique() -> None:
    assert sorted(each.rank for each in COLUMNS) == list(range(len(COLUMNS)))
    assert COLUMNS[0].key == "name"
    assert COLUMNS[0].rank == 0
