"""Notices in words: one message a rule, however many runners it is about.

What the API calls its runners goes to chats and mailboxes here, so it is stripped of what would be
a link, a mention or markup there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from console.notices.rules import LEAVES_WITHIN, Rule
from console.notices.transitions import Notice
from console.rules.assessment import Assessment
from console.view.text import shown
from console.view.version_words import forecast_sentence
from console.view.words import FINDINGS, finding_words, status_cell

Kind = Literal["failure", "warning", "info", "success"]

LONGEST_BODY = 1500
"""Characters: the shortest that a usual chat takes is 2000."""

NOT_FOR_CHATS = str.maketrans("@<>[]`", "＠‹›［］'")


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. `kind` is one of Apprise's, from which it picks a colour or a picture."""

    title: str
    body: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`one` and `many` are what has happened to so many; `meaning` is for who switches it on."""

    meaning: str
    one: str
    many: str
    kind: Kind


RULES: Mapping[Rule, RuleWords] = {
    Rule.RUNNER_LOST: RuleWords(
        "A runner is not connected or its state is unknown, for two polls at least, and nobody has"
        " paused it.",
        "1 runner is lost",
        "{count} runners are lost",
        "failure",
    ),
    Rule.RUNNER_RECOVERED: RuleWords(
        "A runner that was lost, or was so when the console was started, is connected again.",
        "1 runner is back",
        "{count} runners are back",
        "success",
    ),
    Rule.LEFT_SUPPORT: RuleWords(
        "A runner's version is no longer supported.",
        "1 runner has left support",
        "{count} runners have left support",
        "failure",
    ),
    Rule.LEAVES_SUPPORT: RuleWords(
        "A runner is expected to leave support within"
        f" {', '.join(map(str, reversed(LEAVES_WITHIN[1:])))} days, or {LEAVES_WITHIN[0]}.",
        "1 runner leaves support {soon}",
        "{count} runners leave support {soon}",
        "warning",
    ),
    Rule.UPDATE_AVAILABLE: RuleWords(
        "A runner that had the latest version of its track no longer has it.",
        "1 runner can be updated",
        "{count} runners can be updated",
        "info",
    ),
    Rule.ACTION_FAILED: RuleWords(
        "An action that this console was asked for has failed, or was not seen to be done.",
        "1 action has failed",
        "{count} actions have failed",
        "failure",
    ),
}


def messages(account: str, notices: Iterable[Notice], now: datetime) -> tuple[Message, ...]:
    """One for each rule, in the order of the notices. `account` is the profile's name."""
    return tuple(
        _message(account, rule, tuple(each), now)
        for rule, each in groupby(notices, key=lambda notice: notice.rule)
    )


def trial(account: str) -> Message:
    """A message that says that messages arrive."""
    return Message(
        _title(account, "a test"),
        "This is a test. Notifications from the Maia runner console arrive here.",
        "info",
    )


def _message(account: str, rule: Rule, notices: tuple[Notice, ...], now: datetime) -> Message:
    words, count = RULES[rule], len(notices)
    days = max(notice.days for notice in notices)
    soon = "within a day" if days <= 1 else f"within {days} days"
    title = (words.one if count == 1 else words.many).format(count=count, soon=soon)
    lines = [_safe(_LINES[rule](notice, now)) for notice in notices]
    return Message(_title(account, title), _body(lines, _remedy(notices[0])), words.kind)


def _title(account: str, title: str) -> str:
    return f"Maia {_safe(shown(account, 40))}: {title}"


def _body(lines: list[str], remedy: str) -> str:
    """As many lines as there is room for, and how many there are beyond those."""
    room = LONGEST_BODY - len(remedy) - 30
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    if more := len(lines) - len(kept):
        kept.append(f"and {more} more.")
    return "\n".join((*kept, *(("", remedy) if remedy else ())))


def _safe(text: str) -> str:
    return text.translate(NOT_FOR_CHATS)


def _of_runner(told: Callable[[Assessment, datetime], str]) -> Callable[[Notice, datetime], str]:
    def line(notice: Notice, now: datetime) -> str:
        if notice.assessed is None:
            raise ValueError(f"{notice.rule} is about a runner")
        return f"{shown(notice.assessed.runner.name, 60)}: {told(notice.assessed, now)}"

    return line


def _status(assessed: Assessment, now: datetime) -> str:
    return f"{status_cell(assessed.runner).text}."


def _found(*codes: str) -> Callable[[Assessment, datetime], str]:
    """The sentence of the finding, or the status where there is none."""

    def told(assessed: Assessment, now: datetime) -> str:
        of_these = (each for each in assessed.findings if each.code in codes)
        finding = next(of_these, None)
        return finding_words(finding, now).sentence if finding else _status(assessed, now)

    return told


def _forecast(assessed: Assessment, now: datetime) -> str:
    version = shown(assessed.runner.version or "an unknown version", 24)
    return f"{version}. {forecast_sentence(assessed)}"


def _action(notice: Notice, now: datetime) -> str:
    operation = notice.operation
    if operation is None:
        raise ValueError(f"{notice.rule} is about an action")
    note = shown(operation.note, 200) or "It was not seen to be done in time."
    return f"{operation.label} of {shown(operation.runner_name, 60)}: {note}"


_LINES: Mapping[Rule, Callable[[Notice, datetime], str]] = {
    Rule.RUNNER_LOST: _of_runner(_found("state_unknown", "offline")),
    Rule.RUNNER_RECOVERED: _of_runner(_status),
    Rule.LEFT_SUPPORT: _of_runner(_found("out_of_support")),
    Rule.LEAVES_SUPPORT: _of_runner(_forecast),
    Rule.UPDATE_AVAILABLE: _of_runner(_found("update_available")),
    Rule.ACTION_FAILED: _action,
}

_FINDINGS: Mapping[Rule, tuple[str, ...]] = {
    Rule.RUNNER_LOST: ("state_unknown", "offline"),
    Rule.LEFT_SUPPORT: ("out_of_support",),
}
"""By which of its findings a runner tells what to do about it."""


def _remedy(notice: Notice) -> str:
    """What to do, the same for all of a message; "" where there is nothing to do."""
    if notice.rule is Rule.LEAVES_SUPPORT:
        return FINDINGS["support_ending"].remedy
    codes = _FINDINGS.get(notice.rule, ())
    found = notice.assessed.findings if notice.assessed is not None else ()
    return next((FINDINGS[each.code].remedy for each in found if each.code in codes), "")
