"""The headline numbers, the verdict and the age of the data."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.fleet.memory import Lesson, Memory
from console.fleet.snapshot import Problem, ProblemKind, Runner, Snapshot
from console.view.filter import parse_filter
from console.view.overview import data_age, data_age_bound, overview, problem_text, stale_after
from console.view.query import Query
from console.view.runners import runners_table
from console.view.tone import Tone
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, snapshot_of

DEMO = demo_snapshot()
ODD = (
    Runner(id="b", name="bare"),
    replace(HEALTHY, id="p", status="pausing", connected=False),
    replace(HEALTHY, id="c", connected=None),
    replace(HEALTHY, id="u", status="unknown", connected=False, update_available=True),
    replace(HEALTHY, id="x", api_support="x"),
)
LOST = replace(HEALTHY, id="l", name="lost", connected=False)
PINNED = replace(
    HEALTHY,
    id="w",
    name="pinned",
    version="10.1",
    latest_released=NOW - timedelta(days=9),
)
PROBLEM = Problem(
    ProblemKind.UNREACHABLE,
    "timeout: eu1.api",
    NOW - timedelta(minutes=3),
    NOW + timedelta(seconds=30),
)


@pytest.mark.parametrize("snapshot", [DEMO, demo_snapshot(300), snapshot_of(*ODD), snapshot_of()])
def test_the_filter_of_a_headline_lists_exactly_what_it_counts(snapshot: Snapshot) -> None:
    for headline in overview(snapshot, NOW).headlines:
        table = runners_table(snapshot, Query(parse_filter(headline.filter)), NOW)
        assert len(table.rows) == headline.count, headline.key


def test_the_first_headline_counts_the_fleet() -> None:
    first = overview(DEMO, NOW).headlines[0]
    assert (first.key, first.count, first.filter) == ("all", 24, "")


def test_a_count_of_nothing_is_muted_and_keeps_its_place() -> None:
    calm, demo = overview(snapshot_of(HEALTHY), NOW), overview(DEMO, NOW)
    assert [each.key for each in calm.headlines] == [each.key for each in demo.headlines]
    assert {each.tone for each in calm.headlines if not each.count} == {Tone.MUTED}


@pytest.mark.parametrize(
    ("snapshot", "verdict", "tone"),
    [
        (Snapshot(), "The fleet has not been read yet.", Tone.MUTED),
        (snapshot_of(), "No runners in this account.", Tone.MUTED),
        (snapshot_of(HEALTHY), "All is well: 1 runner, none needs attention.", Tone.GOOD),
        (
            snapshot_of(HEALTHY, replace(HEALTHY, id="2")),
            "All is well: 2 runners, none needs attention.",
            Tone.GOOD,
        ),
        (snapshot_of(HEALTHY, LOST), "1 of 2 runners needs attention.", Tone.CRITICAL),
        (snapshot_of(HEALTHY, PINNED), "1 of 2 runners needs attention.", Tone.WARNING),
        (
            snapshot_of(HEALTHY, LOST, PINNED),
            "2 of 3 runners need attention, 1 of them urgently.",
            Tone.CRITICAL,
        ),
        (snapshot_of(LOST), "1 of 1 runner needs attention.", Tone.CRITICAL),
        (
            snapshot_of(replace(HEALTHY, status="paused")),
            "All is well: 1 runner, none needs attention.",
            Tone.GOOD,
        ),
    ],
)
def test_the_verdict_is_the_fleet_in_one_sentence(
    snapshot: Snapshot, verdict: str, tone: Tone
) -> None:
    seen = overview(snapshot, NOW)
    assert (seen.verdict, seen.verdict_tone) == (verdict, tone)


def test_while_the_api_cannot_be_read_nothing_is_said_to_be_well() -> None:
    seen = overview(replace(snapshot_of(HEALTHY), problem=PROBLEM), NOW)
    assert seen.verdict == "When last read, all was well: 1 runner, none needed attention."
    assert seen.verdict_tone is Tone.MUTED


def test_a_filter_narrows_the_numbers_and_an_empty_part_is_not_an_empty_account() -> None:
    among = overview(snapshot_of(HEALTHY, LOST), NOW, parse_filter("is:fine"))
    assert among.headlines[0].count == 1
    assert among.verdict == "All is well: 1 runner, none needs attention."
    nobody = overview(snapshot_of(HEALTHY), NOW, parse_filter("name:nobody"))
    assert nobody.verdict == "No runner matches the filter."


def test_a_problem_is_told_with_since_when_and_when_it_is_tried_again() -> None:
    troubled = replace(DEMO, problem=PROBLEM)
    assert overview(troubled, NOW).banner == (
        "The Maia API cannot be reached (timeout: eu1.api). For 3 min; next try in 30 s."
    )
    assert problem_text(troubled) == "The Maia API cannot be reached (timeout: eu1.api)."
    assert overview(DEMO, NOW).banner == problem_text(DEMO) == ""


@pytest.mark.parametrize("kind", ProblemKind)
def test_each_kind_of_problem_has_a_sentence(kind: ProblemKind) -> None:
    problem = replace(PROBLEM, kind=kind, detail="HTTP 500 \x1b[31m{detail}")
    text = problem_text(replace(DEMO, problem=problem))
    assert text.endswith(".")
    assert text.isprintable()


def test_the_age_is_that_of_the_last_good_reading() -> None:
    assert data_age(DEMO, NOW + timedelta(seconds=3)).text == "3 s old"
    assert data_age(DEMO, NOW - timedelta(seconds=3)).text == "0 s old"
    assert data_age(Snapshot(), NOW).text == "nothing read yet"
    assert not data_age(Snapshot(), NOW).is_stale


def test_data_is_stale_once_two_polls_are_missing() -> None:
    limit = stale_after(DEMO)
    assert limit == timedelta(seconds=35)
    fresh, stale = data_age(DEMO, NOW + limit), data_age(DEMO, NOW + limit + timedelta(seconds=1))
    assert (fresh.is_stale, fresh.tone) == (False, Tone.MUTED)
    assert (stale.is_stale, stale.tone) == (True, Tone.WARNING)


def test_behind_a_slow_line_the_age_stays_the_same_while_polls_succeed_and_never_lies() -> None:
    spans = [timedelta(seconds=seconds) for seconds in range(-5, 60)]
    told = {span: data_age_bound(DEMO, NOW + span) for span in spans}
    fresh = timedelta(seconds=20)
    assert {told[span].text for span in spans if span <= fresh} == {"under 25 s old"}
    assert all(told[span] == data_age(DEMO, NOW + span) for span in spans if span > fresh)
    assert data_age_bound(Snapshot(), NOW) == data_age(Snapshot(), NOW)


def test_the_overview_of_an_unchanged_fleet_is_equal_from_poll_to_poll() -> None:
    later = replace(DEMO, taken=NOW + timedelta(seconds=15))
    assert overview(DEMO, NOW) == overview(later, NOW + timedelta(seconds=15))


LAST = replace(HEALTHY, id="last", version="10.1302.0", auto_updates=False)
NEWEST = replace(HEALTHY, id="newest", auto_updates=False)
IN_VAIN = replace(LAST, id="in vain")
ALONG = replace(HEALTHY, id="along")


@pytest.mark.parametrize(
    ("runners", "sentence"),
    [
        ((ALONG,), ""),
        ((LAST, ALONG), "1 runner leaves support in 7 days: restart 1 now."),
        (
            (NEWEST,),
            "1 runner leaves support in 7 days: restart 1 after the Current release expected on"
            " 8 Oct.",
        ),
        (
            (LAST, NEWEST, IN_VAIN),
            "3 runners leave support in 7 days: restart 1 now, 1 after the Current release expected"
            " on 8 Oct, check 1 image.",
        ),
    ],
)
def test_the_outlook_says_who_leaves_support_soon_and_what_keeps_them_in_it(
    runners: tuple[Runner, ...], sentence: str
) -> None:
    lessons = {IN_VAIN.id: Lesson(unmoved=NOW, unmoved_version="10.1302.0")}
    snapshot = replace(snapshot_of(*runners), memory=Memory(lessons=lessons))
    assert overview(snapshot, NOW).outlook == sentence
