"""Each finding is there when its condition holds, and only then."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.memory import NOTHING_REMEMBERED
from console.fleet.snapshot import Runner, Status
from console.rules.assessment import assess
from console.rules.findings import (
    HOSTED_RULES,
    RULES,
    Finding,
    Moment,
    Severity,
    findings,
    is_plainly_fine,
)
from console.rules.outlook import Outlook
from console.view.words import FINDINGS, finding_words
from tests.console.fleets import HEALTHY, HOSTED, NOW, SNOWFLAKE, snapshot_of

BEHIND = {"version": "10.1290.0", "update_available": True}
LONG_OUT = NOW - timedelta(days=5)


def moment_of(runner: Runner, seen_for: timedelta | None = None) -> Moment:
    judged = Outlook(NOTHING_REMEMBERED, NOW).judgement(runner)
    return Moment(NOW, judged, None if seen_for is None else NOW - seen_for)


def found_in(runner: Runner, *, seen_for: timedelta | None = None) -> tuple[Finding, ...]:
    return findings(runner, moment_of(runner, seen_for))


def codes(runner: Runner, *, seen_for: timedelta = timedelta()) -> list[str]:
    return [each.code for each in found_in(runner, seen_for=seen_for)]


def test_a_healthy_runner_has_no_finding() -> None:
    assert codes(HEALTHY) == []


@pytest.mark.parametrize(
    ("code", "severity", "changes"),
    [
        ("out_of_support", Severity.CRITICAL, {"api_support": "out_of_support"}),
        ("state_unknown", Severity.CRITICAL, {"status": "unknown", "connected": False}),
        ("offline", Severity.CRITICAL, {"connected": False}),
        ("offline", Severity.CRITICAL, {"status": "pausing", "connected": False}),
        ("offline_paused", Severity.WARNING, {"status": "paused", "connected": False}),
        ("auto_update_behind", Severity.WARNING, {**BEHIND, "latest_released": LONG_OUT}),
        ("stopped", Severity.NOTICE, {"status": "stopped", "connected": False}),
        ("pending", Severity.NOTICE, {"status": "pending", "connected": False}),
        ("paused", Severity.NOTICE, {"status": "paused"}),
        ("status_unrecognised", Severity.NOTICE, {"status": "hibernating"}),
        ("status_unrecognised", Severity.NOTICE, {"status": None}),
        ("update_available", Severity.NOTICE, BEHIND),
        ("update_available", Severity.NOTICE, {"version": None, "update_available": True}),
    ],
)
def test_a_condition_brings_its_finding(
    code: str, severity: Severity, changes: dict[str, object]
) -> None:
    found = found_in(replace(HEALTHY, **changes))  # type: ignore[arg-type]
    assert severity in [each.severity for each in found if each.code == code]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("out_of_support", {"api_support": None}),
        ("out_of_support", {"api_support": "supported"}),
        ("offline", {"connected": None}),
        ("offline", {"status": "stopped", "connected": False}),
        ("offline", {"status": "pending", "connected": False}),
        ("offline", {"status": "stopping", "connected": False}),
        ("offline", {"status": "paused", "connected": False}),
        ("auto_update_behind", {**BEHIND, "latest_released": NOW - timedelta(days=2, hours=23)}),
        ("auto_update_behind", {**BEHIND, "latest_released": NOW + timedelta(days=9)}),
        ("auto_update_behind", {**BEHIND, "latest_released": None}),
        ("auto_update_behind", {**BEHIND, "latest_released": LONG_OUT, "auto_updates": False}),
        ("auto_update_behind", {**BEHIND, "latest_released": LONG_OUT, "auto_updates": None}),
        ("auto_update_behind", {"latest_released": LONG_OUT}),
        ("status_unrecognised", {"status": "running"}),
        ("update_available", {"version": "10.1303.0"}),
        ("update_available", {"version": None, "update_available": None}),
    ],
)
def test_without_its_condition_a_finding_is_absent(code: str, changes: dict[str, object]) -> None:
    assert code not in codes(replace(HEALTHY, **changes))  # type: ignore[arg-type]


def test_a_native_app_behind_on_auto_update_is_the_vendor_s_business() -> None:
    runner = replace(SNOWFLAKE, version="10.1290.0", latest_released=LONG_OUT)
    assert "auto_update_behind" not in codes(runner)


@pytest.mark.parametrize("status", ["stopping", "pausing"])
def test_a_drain_is_stuck_after_an_hour_of_being_watched(status: str) -> None:
    runner = replace(HEALTHY, status=status)
    assert codes(runner, seen_for=timedelta(minutes=59)) == []
    assert codes(runner, seen_for=timedelta(hours=1)) == [f"stuck_{status}"]
    found = found_in(runner, seen_for=timedelta(hours=3, minutes=59))
    assert found == (Finding(f"stuck_{status}", Severity.WARNING, (("hours", "3"),)),)


def test_a_drain_whose_beginning_nobody_saw_is_not_called_stuck() -> None:
    assert found_in(replace(HEALTHY, status="stopping")) == ()


def test_a_running_runner_is_never_stuck() -> None:
    assert codes(HEALTHY, seen_for=timedelta(days=30)) == []


def test_a_pause_carries_the_moment_at_which_it_ends() -> None:
    until = NOW + timedelta(hours=6)
    found = found_in(replace(HEALTHY, status="paused", paused_until=until))
    assert [each.until for each in found] == [until]
    words = finding_words(found[0], NOW)
    assert words.label == "Paused until 18:00 UTC"
    assert words.sentence.endswith("It resumes by itself at 18:00 UTC.")


def test_a_pause_without_an_end_promises_none() -> None:
    found = found_in(replace(HEALTHY, status="paused"))
    assert finding_words(found[0], NOW).label == "Paused"


def test_the_worst_comes_first_and_equals_keep_the_order_of_the_rules() -> None:
    runner = replace(
        HEALTHY,
        status="paused",
        connected=False,
        version="10.1200.0",
        api_support="out_of_support",
    )
    assert codes(runner) == ["out_of_support", "offline_paused", "paused", "update_available"]


def test_a_hosted_runner_is_never_told_to_update_or_resume() -> None:
    runner = replace(HOSTED, status="paused", version="10.1200.0", latest_released=LONG_OUT)
    assert codes(runner) == []


def test_a_hosted_runner_that_is_lost_is_still_told_of() -> None:
    assert codes(replace(HOSTED, status="unknown")) == ["state_unknown"]
    assert codes(replace(HOSTED, connected=False)) == ["offline"]
    assert codes(replace(HOSTED, api_support="gone")) == ["out_of_support"]


def test_hosted_rules_are_among_the_rules() -> None:
    assert set(HOSTED_RULES) < set(RULES)


def test_a_warning_or_worse_is_a_problem_and_a_notice_is_not() -> None:
    paused, offline = replace(HEALTHY, status="paused"), replace(HEALTHY, connected=False)
    assert not assess(paused, snapshot_of(paused), NOW).is_problem
    assert assess(offline, snapshot_of(offline), NOW).is_problem


_FACTS = ("version", "latest", "hours", "days", "status", "track", "left", "other")


@pytest.mark.parametrize("code", FINDINGS)
def test_each_finding_words_itself_even_when_its_facts_are_empty(code: str) -> None:
    facts = tuple((key, "") for key in _FACTS)
    words = finding_words(Finding(code, Severity.NOTICE, facts), NOW)
    assert words.label
    assert words.sentence.endswith(".")
    assert "“”" not in words.sentence
    assert "{" not in words.label + words.sentence


def test_a_runner_without_a_status_is_not_said_to_have_an_unknown_version() -> None:
    found = found_in(replace(HEALTHY, status=None))
    sentence = finding_words(found[0], NOW).sentence
    assert "version" not in sentence
    assert sentence == "The API does not tell its status."


def test_the_codes_found_are_the_codes_worded() -> None:
    """Every documented status, on and off line, gives only codes that have words."""
    for status in (*Status, None, "odd"):
        for connected in (True, False, None):
            runner = replace(HEALTHY, status=status, connected=connected)
            assert set(codes(runner, seen_for=timedelta(days=1))) <= set(FINDINGS)


@given(
    status=st.sampled_from([*Status, None, "rebalancing"]),
    connected=st.sampled_from([True, False, None]),
    api_support=st.sampled_from(["supported", "out_of_support", None]),
    version=st.sampled_from(["10.1.0", "10.2.0", "edge", None]),
    latest_version=st.sampled_from(["10.1.0", "10.2.0", "edge", None]),
    update_available=st.sampled_from([True, False, None]),
    auto_updates=st.sampled_from([True, False, None]),
    provider=st.sampled_from(["aws", "snowflake", "matillion"]),
)
def test_no_rule_finds_anything_in_a_runner_that_is_plainly_fine(**facts: object) -> None:
    some = Runner(id="1", name="some", latest_released=NOW - timedelta(days=30), **facts)  # type: ignore[arg-type]
    if is_plainly_fine(some):
        moment = moment_of(some, timedelta(days=2))
        assert [rule(some, moment) for rule in RULES] == [None] * len(RULES)
