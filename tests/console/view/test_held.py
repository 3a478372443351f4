"""What was told over time: put together from changes, and blank where nobody saw."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from console.fleet.changes import Change, What, changes
from console.fleet.snapshot import Runner
from console.journal.history import History
from console.view.held import Held, held
from tests.console.fleets import HEALTHY, NOW

HOUR = timedelta(hours=1)


def version(before: str, after: str, hours_ago: float) -> Change:
    return Change("1", "prod", What.VERSION, before, after, NOW - hours_ago * HOUR)


def presence(what: What, hours_ago: float) -> Change:
    return Change("1", "prod", what, "", "", NOW - hours_ago * HOUR)


def told(history: History, present: str = "3") -> list[tuple[str, float, float, bool]]:
    """As (version, hours ago, hours ago, whether its beginning was seen)."""
    return [
        (each.text, (NOW - each.start) / HOUR, (NOW - each.end) / HOUR, each.is_begun)
        for each in held(history, What.VERSION, present, NOW)
    ]


def test_each_change_ends_one_and_begins_the_next() -> None:
    history = History((version("2", "3", 1), version("1", "2", 5)), recorded_since=NOW - 9 * HOUR)
    assert told(history) == [("1", 9, 5, False), ("2", 5, 1, True), ("3", 1, 0, True)]


def test_without_a_change_it_was_so_as_long_as_it_was_watched() -> None:
    assert told(History(recorded_since=NOW - 9 * HOUR)) == [("3", 9, 0, False)]


def test_without_a_record_only_now_is_known() -> None:
    assert told(History()) == [("3", 0, 0, False)]
    assert told(History(), "") == []


def test_a_history_that_is_cut_tells_nothing_of_what_was_before() -> None:
    history = History((version("2", "3", 1),), recorded_since=NOW - 99 * HOUR, is_cut=True)
    assert told(history) == [("3", 1, 0, True)]


def test_nothing_is_known_between_leaving_and_joining_again() -> None:
    history = History(
        (
            version("2", "3", 1),
            presence(What.JOINED, 4),
            presence(What.LEFT, 6),
            version("1", "2", 8),
        ),
        recorded_since=NOW - 9 * HOUR,
    )
    assert told(history) == [
        ("1", 9, 8, False),
        ("2", 8, 6, True),
        ("2", 4, 1, False),
        ("3", 1, 0, True),
    ]


def test_a_record_that_contradicts_itself_leaves_the_moments_that_were_seen() -> None:
    history = History((version("9", "3", 1), version("1", "2", 5)), recorded_since=NOW - 9 * HOUR)
    assert told(history) == [("1", 9, 5, False), ("2", 5, 5, True), ("3", 1, 0, True)]
    assert told(history, "4")[-2:] == [("3", 1, 1, True), ("4", 0, 0, False)]


def test_a_time_at_which_nothing_was_told_is_left_out() -> None:
    history = History((version("", "3", 1), version("1", "", 5)), recorded_since=NOW - 9 * HOUR)
    assert told(history) == [("1", 9, 5, False), ("3", 1, 0, True)]


def test_a_change_from_the_future_counts_as_seen_now() -> None:
    history = History((version("2", "3", -5),), recorded_since=NOW - 9 * HOUR)
    assert told(history) == [("2", 9, 0, False), ("3", 0, 0, True)]


Read = tuple[datetime, Runner | None]


@st.composite
def readings(draw: st.DrawFn) -> list[Read]:
    """What a console read at some moments, oldest first; None while the runner was not there."""
    hours = sorted(draw(st.sets(st.integers(1, 500), min_size=1, max_size=30)), reverse=True)
    versions = st.sampled_from(["1.0", "2.0", "3.0", None])
    present = st.one_of(versions.map(lambda each: replace(HEALTHY, version=each)), st.none())
    return [(NOW - hour * HOUR, draw(present)) for hour in hours]


def recorded(seen: list[Read]) -> History:
    """What the journal would hold of it."""
    first = next((at for at, runner in seen if runner is not None), None)
    found: list[Change] = []
    before: dict[str, Runner] = {}
    for at, runner in seen:
        after = {runner.id: runner} if runner is not None else {}
        if first is not None and at > first:
            found += changes(before, after, at)
        before = after
    return History(tuple(reversed(found)), recorded_since=first)


def covers(each: Held, at: datetime) -> bool:
    return each.start <= at < each.end or each.start == at


@settings(max_examples=300)
@given(readings(), st.integers(0, 40))
def test_what_is_told_of_a_moment_is_what_was_read_then(seen: list[Read], kept: int) -> None:
    whole = recorded(seen)
    is_cut = kept < len(whole.changes)
    history = replace(whole, changes=whole.changes[:kept], is_cut=is_cut)
    last = seen[-1][1]
    never_left = None not in [runner for at, runner in seen if at >= (whole.recorded_since or NOW)]
    found = held(history, What.VERSION, last.version or "" if last else "", NOW)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for at, runner in seen:
        told_then = {each.text for each in found if covers(each, at)}
        assert told_then <= {runner.version if runner is not None else None}
        if never_left and not is_cut and runner is not None and runner.version:
            assert told_then, "it was seen, so it is told"


@given(
    st.lists(st.builds(version, st.sampled_from("123"), st.sampled_from("123"), st.floats(-9, 99)))
)
def test_no_record_brings_a_version_that_is_not_in_it(found: list[Change]) -> None:
    texts = {each.before for each in found} | {each.after for each in found} | {"3"}
    spans = held(History(tuple(found), recorded_since=NOW - 50 * HOUR), What.VERSION, "3", NOW)
    assert {each.text for each in spans} <= texts
    assert all(each.start <= each.end <= NOW for each in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
