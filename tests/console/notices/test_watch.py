"""What fires for one runner: never twice, never lost, and nothing that was so before."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.notices.rules import LEAVES_WITHIN, Rule
from console.notices.sight import FAR, Presence, Sight
from tests.console.notices.watching import HERE, NEITHER, PAUSED, away, fired, rules_fired

AWAY = away()
LOST, BACK = Rule.RUNNER_LOST.value, Rule.RUNNER_RECOVERED.value


@pytest.mark.parametrize(
    ("sights", "expected"),
    [
        ([HERE, AWAY, HERE], ["", "", ""]),
        ([HERE, AWAY, AWAY], ["", "", LOST]),
        ([HERE, AWAY, AWAY, AWAY, AWAY], ["", "", LOST, "", ""]),
        ([HERE, AWAY, AWAY, HERE], ["", "", LOST, BACK]),
        ([HERE, AWAY, AWAY, HERE, AWAY, AWAY], ["", "", LOST, BACK, "", LOST]),
        ([HERE, AWAY, HERE, AWAY, HERE], ["", "", "", "", ""]),
        ([HERE, AWAY, AWAY, NEITHER, AWAY, AWAY], ["", "", LOST, "", "", ""]),
        ([HERE, AWAY, NEITHER, AWAY], ["", "", "", ""]),
        ([AWAY, AWAY, AWAY], ["", "", ""]),
        ([AWAY, HERE, AWAY, AWAY], ["", BACK, "", LOST]),
        ([NEITHER, AWAY, AWAY], ["", "", LOST]),
        ([NEITHER, HERE], ["", ""]),
    ],
)
def test_a_runner_is_lost_after_two_polls_and_back_at_once(
    sights: list[Sight], expected: list[str]
) -> None:
    assert rules_fired(sights) == expected


@pytest.mark.parametrize(
    ("sights", "expected"),
    [
        ([PAUSED, AWAY, AWAY, AWAY], ["", "", "", ""]),
        ([PAUSED, AWAY, AWAY, HERE], ["", "", "", ""]),
        ([HERE, PAUSED, NEITHER, AWAY, AWAY], ["", "", "", "", ""]),
        ([PAUSED, AWAY, HERE, AWAY, AWAY], ["", "", "", "", LOST]),
        ([HERE, AWAY, AWAY, PAUSED], ["", "", LOST, BACK]),
        ([AWAY._replace(is_paused=True), AWAY, HERE], ["", "", ""]),
        ([PAUSED, AWAY._replace(is_paused=False), AWAY], ["", "", LOST]),
    ],
)
def test_a_runner_that_somebody_has_paused_is_not_lost_until_it_is_at_work_again(
    sights: list[Sight], expected: list[str]
) -> None:
    assert rules_fired(sights) == expected


def test_a_runner_is_not_lost_while_an_action_of_ours_is_under_way_on_it() -> None:
    sights = [HERE, AWAY, AWAY, AWAY, AWAY, AWAY]
    assert rules_fired(sights, busy=[1, 2, 3]) == ["", "", "", "", "", LOST]


PRESENCES = {"h": HERE, "a": AWAY, "n": NEITHER, "p": PAUSED}


@given(st.text(alphabet="han", min_size=1, max_size=40))
def test_between_two_times_that_it_is_here_it_is_lost_once_at_most_and_never_missed(
    history: str,
) -> None:
    """The story as text: each stretch without an "h" tells of one loss if it has "aa" in it, and
    what was away from the beginning is lost without a word."""
    rules = rules_fired(PRESENCES[letter] for letter in history)
    expected = [""] * len(history)
    start, was_lost = 0, history.startswith("a")
    for number, letter in enumerate([*history, "h"]):
        if letter != "h":
            continue
        place = history.find("aa", start, number)
        if place >= 0 and not was_lost:
            expected[place + 1], was_lost = LOST, True
        if was_lost and number < len(history):
            expected[number] = BACK
        start, was_lost = number + 1, False
    assert rules == expected


@given(st.text(alphabet="hanp", min_size=1, max_size=40))
def test_lost_and_back_take_turns_whatever_happens(history: str) -> None:
    rules = [rule for rule in rules_fired(PRESENCES[letter] for letter in history) if rule]
    if history.startswith("a"):
        rules.insert(0, LOST)
    assert all(first != second for first, second in pairwise(rules))
    assert not rules or rules[0] == LOST


@pytest.mark.parametrize(
    ("field", "rule"),
    [("is_out", Rule.LEFT_SUPPORT), ("has_update", Rule.UPDATE_AVAILABLE)],
)
@given(values=st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=30))
def test_what_turns_true_is_told_each_time_and_what_nobody_tells_changes_nothing(
    field: str, rule: Rule, values: list[bool | None]
) -> None:
    rules = rules_fired(HERE._replace(**{field: value}) for value in values)
    known = [value for value in values if value is not None]
    turns = sum(not first and second for first, second in pairwise(known))
    assert rules.count(rule) == turns
    assert set(rules) <= {rule, ""}


def leaving(days: float | None, version: str = "1", *, follows: bool = False) -> Sight:
    if days is None:
        return HERE._replace(version=version, follows=follows)
    within = next((each for each in LEAVES_WITHIN if days <= each), FAR)
    about = next((each for each in LEAVES_WITHIN if days - 1 <= each), FAR)
    return HERE._replace(version=version, leaves_within=within, leaves_about=about)


def days_told(sights: list[Sight]) -> list[int]:
    """0 for what is told of nothing."""
    return [each[0].days if each else 0 for each in fired(sights)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([40, 31, 30, 29, 15, 14, 8, 7, 2, 1, 0], [0, 0, 30, 0, 0, 14, 0, 7, 0, 1, 0]),
        ([20, 19, 18], [0, 0, 0]),
        ([0.5, 0], [0, 0]),
        ([40, 3], [0, 7]),
        ([7.1, 7, 7.1, 7, 7.9, 6], [0, 7, 0, 0, 0, 0]),
        ([10, 7, 12, 7], [0, 7, 0, 7]),
        ([10, 7, None, 6.9, None, 6.5], [0, 7, 0, 0, 0, 0]),
        ([None, 5, 1], [0, 0, 1]),
        ([1, 40, 30], [0, 0, 30]),
    ],
)
def test_each_of_the_days_before_leaving_support_is_told_once(
    days: list[float | None], expected: list[int]
) -> None:
    assert days_told([leaving(each) for each in days]) == expected


def test_a_better_version_arms_the_days_again_without_a_word() -> None:
    sights = [leaving(8), leaving(7), leaving(25, "2"), leaving(14, "2"), leaving(7, "2")]
    assert days_told(sights) == [0, 7, 0, 14, 7]


def test_a_version_that_leaves_sooner_is_told() -> None:
    assert days_told([leaving(40), leaving(5, "0")]) == [0, 7]


def test_a_runner_that_updates_itself_is_told_of_once_it_no_longer_does() -> None:
    follows = leaving(None, follows=True)
    assert days_told([follows, leaving(5), follows, leaving(4.9), follows]) == [0, 7, 0, 0, 0]
    newer = leaving(None, "2", follows=True)
    assert days_told([follows, leaving(5), newer, leaving(6, "2")]) == [0, 7, 0, 7]


def test_a_runner_without_a_version_for_a_while_is_not_told_of_again() -> None:
    assert days_told([leaving(8), leaving(7), leaving(None, ""), leaving(6.9)]) == [0, 7, 0, 0]


@given(st.lists(st.floats(0, 45) | st.none(), min_size=2, max_size=40))
def test_the_same_days_are_told_again_only_after_the_date_went_away(
    days: list[float | None],
) -> None:
    answers = days_told([leaving(each) for each in days])
    for within in LEAVES_WITHIN:
        times = [number for number, told in enumerate(answers) if told == within]
        for first, second in pairwise(times):
            assert any(day is not None and day > within + 1 for day in days[first:second])


@given(st.lists(st.floats(0, 45), min_size=2, max_size=40))
def test_no_days_are_missed_as_time_goes_by(days: list[float]) -> None:
    days = sorted(days, reverse=True)
    answers = days_told([leaving(each) for each in days])
    buckets = [next((each for each in LEAVES_WITHIN if day <= each), FAR) for day in days]
    expected = [0] + [now if now < before else 0 for before, now in pairwise(buckets)]
    assert answers == expected


def test_several_things_at_once_are_all_told() -> None:
    before = HERE._replace(is_out=False, has_update=False)
    after = AWAY._replace(is_out=True, has_update=True)
    assert rules_fired([before, AWAY, after]) == [
        "",
        "",
        "runner_lost left_support update_available",
    ]


SIGHTS = st.builds(
    Sight,
    presence=st.sampled_from(Presence),
    is_paused=st.sampled_from([True, False, None]),
    is_out=st.sampled_from([True, False, None]),
    leaves_within=st.sampled_from([*LEAVES_WITHIN, FAR]),
    leaves_about=st.just(1),
    version=st.sampled_from(["1", "2", ""]),
    has_update=st.sampled_from([True, False, None]),
)


@given(SIGHTS, st.integers(2, 6))
def test_a_runner_that_stays_as_it_was_found_is_never_told_of(sight: Sight, times: int) -> None:
    paused_for_long = sight.presence is Presence.AWAY and sight.is_paused
    assert not any(rules_fired([sight] * times)) or paused_for_long


@given(SIGHTS, SIGHTS, st.integers(3, 6))
def test_nothing_is_told_twice_of_a_runner_that_stays_as_it_has_become(
    before: Sight, after: Sight, times: int
) -> None:
    rules = [rule for each in rules_fired([before, *[after] * times]) for rule in each.split()]
    assert len(rules) == len(set(rules))
