"""Messages: one for each rule, short enough for a chat, with nothing in them that a chat obeys."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.snapshot import Phase, Runner
from console.notices.rules import Rule
from console.notices.transitions import Notice
from console.notices.wording import LONGEST_BODY, RULES, Message, messages, trial
from console.rules.assessment import assess
from tests.console.fleets import HEALTHY, NOW, operation_on, snapshot_of

UNKNOWN = replace(HEALTHY, status="unknown")


def notice(rule: Rule, runner: Runner = HEALTHY, days: int = 0) -> Notice:
    if rule is Rule.ACTION_FAILED:
        operation = replace(operation_on(runner, Phase.FAILED), note="HTTP 500")
        return Notice(rule, operation=operation)
    return Notice(rule, assess(runner, snapshot_of(runner), NOW), days)


def only(*notices: Notice) -> Message:
    (message,) = messages("eu", notices, NOW)
    return message


@pytest.mark.parametrize(
    ("told", "title", "line", "kind"),
    [
        (
            notice(Rule.RUNNER_LOST, UNKNOWN),
            "Maia eu: 1 runner is lost",
            "prod-eu: Maia does not know its state. No pipeline runs on it.",
            "failure",
        ),
        (
            notice(Rule.RUNNER_LOST, replace(HEALTHY, connected=False)),
            "Maia eu: 1 runner is lost",
            "prod-eu: It should be working, but it is not connected.",
            "failure",
        ),
        (
            notice(Rule.RUNNER_RECOVERED),
            "Maia eu: 1 runner is back",
            "prod-eu: Running.",
            "success",
        ),
        (
            notice(Rule.LEFT_SUPPORT, replace(HEALTHY, api_support="unsupported")),
            "Maia eu: 1 runner has left support",
            "prod-eu: Version 10.1303.0 is out of support. It keeps running, without fixes.",
            "failure",
        ),
        (
            notice(Rule.LEAVES_SUPPORT, replace(HEALTHY, auto_updates=False), 14),
            "Maia eu: 1 runner leaves support within 14 days",
            "prod-eu: 10.1303.0. Supported until about ",
            "warning",
        ),
        (
            notice(
                Rule.UPDATE_AVAILABLE,
                replace(HEALTHY, latest_version="10.1305.0", update_available=True),
            ),
            "Maia eu: 1 runner can be updated",
            "prod-eu: It runs 10.1303.0; the latest of its track is 10.1305.0.",
            "info",
        ),
        (
            notice(Rule.ACTION_FAILED),
            "Maia eu: 1 action has failed",
            "Restart of prod-eu: HTTP 500",
            "failure",
        ),
    ],
)
def test_each_rule_has_its_words(told: Notice, title: str, line: str, kind: str) -> None:
    message = only(told)
    assert (message.title, message.kind) == (title, kind)
    assert message.body.splitlines()[0].startswith(line)


def test_many_runners_are_one_message_for_each_rule() -> None:
    lost = [notice(Rule.RUNNER_LOST, replace(UNKNOWN, name=f"r{number}")) for number in range(3)]
    soon = [notice(Rule.LEAVES_SUPPORT, days=days) for days in (1, 14)]
    first, second = messages("eu", [*lost, *soon], NOW)
    assert first.title == "Maia eu: 3 runners are lost"
    assert [line.partition(":")[0] for line in first.body.splitlines()[:3]] == ["r0", "r1", "r2"]
    assert second.title == "Maia eu: 2 runners leave support within 14 days"


@pytest.mark.parametrize("rule", Rule)
def test_a_message_about_ten_thousand_runners_is_short_and_counts_the_rest(rule: Rule) -> None:
    message = only(*(notice(rule, UNKNOWN, 7) for _ in range(10_000)))
    assert len(message.body) <= LONGEST_BODY
    assert "10000" in message.title
    lines = message.body.splitlines()
    named = sum("prod-eu" in line for line in lines)
    assert f"and {10_000 - named} more." in lines


HOSTILE = "@everyone <!channel> [x](http://evil.example) `rm` <b>\n\u202e\x1b[31m"


@given(st.text(max_size=300) | st.just(HOSTILE))
def test_what_the_api_says_is_neither_a_mention_nor_markup_nor_a_second_line(text: str) -> None:
    runner = replace(UNKNOWN, name=text, version=text, latest_version=text, track=text)
    operation = replace(operation_on(runner, Phase.FAILED), note=text)
    told = [notice(rule, runner, 7) for rule in Rule if rule is not Rule.ACTION_FAILED]
    for message in messages(text, [*told, Notice(Rule.ACTION_FAILED, operation=operation)], NOW):
        assert not set("@<>[]`\x1b\u202e") & set(message.title + message.body)
        assert "\n" not in message.title
        lines = message.body.split("\n")
        assert len(lines) == (3 if lines[-2:-1] == [""] else 1)
        assert all(line.isprintable() or not line.isascii() for line in lines)
        assert len(message.body) <= LONGEST_BODY


@pytest.mark.parametrize(
    ("runner", "remedy"),
    [(UNKNOWN, "After a credentials refresh"), (replace(HEALTHY, connected=False), "its way out")],
)
def test_a_loss_says_what_to_do_about_it(runner: Runner, remedy: str) -> None:
    assert remedy in only(notice(Rule.RUNNER_LOST, runner)).body.splitlines()[-1]


def test_every_rule_has_words_and_only_rules_have() -> None:
    assert tuple(RULES) == tuple(Rule)


def test_a_trial_says_what_it_is() -> None:
    assert trial("eu").title == "Maia eu: a test"
