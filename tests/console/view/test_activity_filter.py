"""Which of what was done is looked at, and the same as a file."""

import csv
from dataclasses import replace
from datetime import UTC, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.errors import FilterError
from console.fleet.snapshot import AccountState, Operation, Phase
from console.journal.history import History
from console.view.activity import activity_view, plans_under_way
from console.view.activity_filter import (
    ActivityFilter,
    activity_caption,
    activity_fields,
    activity_filter,
)
from console.view.activity_grammar import ACTIONS_DONE, TypedFilter
from console.view.activity_records import activity_csv
from console.view.filter import completions, parse_filter
from console.view.query import Typing
from tests.console.fleets import HEALTHY, NOW, snapshot_of
from tests.console.view.deeds import PAUSED

DEED = replace(PAUSED, runner_name="Sales", account="emea")
FAILED = replace(DEED, plan_id="f", who="bo", phase="failed", action_id="restart", runner_name="x")
HISTORY = History(actions=(DEED, FAILED))
SNAPSHOT = snapshot_of(HEALTHY)


def operation(number: int, phase: Phase) -> Operation:
    return Operation(
        id=number,
        action_id="update",
        label="Update",
        doing="updating",
        runner_id=str(number),
        runner_name=f"r{number}",
        phase=phase,
        started=NOW - timedelta(minutes=1),
        changed=NOW,
        plan_id="p",
        who="ada",
    )


def passing(**wanted: str) -> list[str]:
    return [each.plan_id for each in HISTORY.actions if ActivityFilter(**wanted).lets_pass(each)]


def test_each_field_narrows_and_a_runner_is_found_by_a_part_of_its_name_or_its_id() -> None:
    assert passing() == ["o", "f"]
    assert passing(who="bo") == ["f"]
    assert passing(what="pause") == passing(outcome="done") == passing(runner="SAL") == ["o"]
    assert passing(runner="2") == passing(account="emea") == ["o", "f"]
    assert passing(who="ada", outcome="failed") == []


@given(st.dictionaries(st.sampled_from(["who", "outcome", "runner", "odd"]), st.text()))
def test_whatever_an_address_says_is_a_filter_that_can_be_said_again(told: dict[str, str]) -> None:
    wanted = activity_filter(told)
    assert activity_filter(wanted.parameters) == wanted
    activity_fields(wanted, HISTORY.actions, ())


def test_what_is_chosen_can_be_seen_where_nothing_is_left_of_it() -> None:
    chosen = activity_fields(ActivityFilter(who="gone", what="odd"), HISTORY.actions, ())
    assert [option.value for option in chosen[0].options] == ["", "ada", "bo", "gone"]
    assert chosen[1].options[-1].value == "odd"


def test_the_account_is_asked_for_where_several_are_open() -> None:
    names = [field.name for field in activity_fields(ActivityFilter(), (), ("emea", "apac"))]
    assert names[-1] == "account"
    assert "account" not in [field.name for field in activity_fields(ActivityFilter(), (), ())]


def test_nothing_that_fits_and_no_more_than_is_wanted_are_each_said() -> None:
    none = activity_view(SNAPSHOT, HISTORY, NOW, UTC, ActivityFilter(who="gone"))
    assert none.note.text == "Nothing that was done is like this."
    one = activity_view(SNAPSHOT, HISTORY, NOW, UTC, most=1)
    assert sum(len(day.lines) for day in one.days) == 1
    assert one.note.text == "Older actions are not listed."
    assert (activity_caption(1, 1), activity_caption(1, 3)) == ("1 action", "1 of 3 actions")


def test_a_plan_under_way_says_how_many_of_its_runners_have_ended() -> None:
    operations = (operation(1, Phase.DONE), operation(2, Phase.UNDER_WAY))
    (plan,) = plans_under_way(replace(SNAPSHOT, operations=operations))
    assert (plan.title, plan.words) == ("Update by ada: 2 runners", "1 of 2 ended")
    (alone,) = plans_under_way(replace(SNAPSHOT, operations=operations[1:]))
    assert (alone.title, alone.words) == ("Update by ada: r2", "updating")
    assert plans_under_way(replace(SNAPSHOT, operations=operations[:1])) == ()


def test_the_file_has_what_passes_the_filter_and_no_formula() -> None:
    hostile = replace(DEED, plan_id="h", runner_name='=HYPERLINK("x")', note="a\x1bb")
    operations = (operation(2, Phase.UNDER_WAY),)
    text = activity_csv(
        replace(SNAPSHOT, operations=operations),
        History(actions=(hostile, FAILED)),
        ActivityFilter(who="ada"),
    )
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["outcome"] for row in rows] == ["running", "done"]
    assert rows[1]["runner"] == '\'=HYPERLINK("x")'
    assert rows[1]["note"] == "a␛b"


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("", ["o", "f"]),
        ("who:ada", ["o"]),
        ("who:a*", ["o"]),
        ("outcome:failed", ["f"]),
        ("-outcome:failed", ["o"]),
        ("what:pause,restart account:emea", ["o", "f"]),
        ("account:apac", []),
        ("runner:x", ["f"]),
        ("sale", ["o"]),
        ("pause", ["o", "f"]),
    ],
)
def test_what_is_typed_is_the_grammar_of_the_runners_with_fields_of_its_own(
    text: str, plans: list[str]
) -> None:
    wanted = TypedFilter(parse_filter(text, ACTIONS_DONE))
    assert [each.plan_id for each in HISTORY.actions if wanted.lets_pass(each)] == plans


def test_a_field_of_runners_is_none_of_actions_and_completion_knows_its_words() -> None:
    with pytest.raises(FilterError, match="“status” is not a field"):
        parse_filter("status:running", ACTIONS_DONE)
    with pytest.raises(FilterError, match=r"cannot be compared with <\.$"):
        parse_filter("who<3", ACTIONS_DONE)
    assert completions("outcome:f", ACTIONS_DONE) == ("outcome:failed",)
    assert completions("a", ACTIONS_DONE) == ("account:",)
    typing = Typing(subject=ACTIONS_DONE).typed("outcome:failed what:x")
    assert typing.error.startswith("“x” is not a value of what.")
    assert typing.filter.text == "outcome:failed"


def test_the_count_of_what_passes_and_of_several_accounts_whose_runner_it_is() -> None:
    wanted = TypedFilter(parse_filter("outcome:failed", ACTIONS_DONE))
    told = activity_view(SNAPSHOT, HISTORY, NOW, UTC, wanted)
    assert told.caption == "1 of 2 actions"
    assert told.days[0].lines[0].name == "x"
    several = replace(SNAPSHOT, accounts=(AccountState("emea", taken=NOW),))
    names = [line.name for line in activity_view(several, HISTORY, NOW, UTC).days[0].lines]
    assert sorted(names) == ["emea/Sales", "emea/x"]
