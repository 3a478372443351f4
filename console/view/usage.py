"""Who uses a runner, in words: for its detail, and for a plan that would disturb it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from console.ages import duration
from console.fleet.kinds import is_hosted
from console.fleet.snapshot import ProblemKind, Runner
from console.fleet.usage import Due, Environment, Usage
from console.rules.usage import Answer, Gap, UsedBy, used_by
from console.view.section import Fact, Section
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

MOST_NAMES = 3

A_MINUTE = timedelta(minutes=1)
"""Below it no duration is told, as it would change with each look."""

_PENDING = {Gap.NOT_READ: "not read yet", Gap.BEING_READ: "being read"}

_GAPS = {
    Gap.NOT_READ: "the rest was not read",
    Gap.BEING_READ: "the rest is being read",
    Gap.NO_PROJECTS: "these credentials see no project",
    Gap.TOO_MANY: "there are more {what} than are read here",
    Gap.UNNAMED: "the API does not say of all {what} where they belong",
    Gap.UNDATED: "not every schedule says when it is next",
}

_TROUBLES = {
    ProblemKind.NOT_SIGNED_IN: "Maia did not accept the credentials",
    ProblemKind.NOT_ALLOWED: "these credentials may not see {what}",
    ProblemKind.ADDRESS_NOT_ALLOWED: "Maia does not allow this machine's address",
    ProblemKind.UNREACHABLE: "the Maia API could not be reached",
    ProblemKind.THROTTLED: "the Maia API asked to slow down",
    ProblemKind.FAILED: "the Maia API had a fault of its own",
    ProblemKind.NONSENSE: "what answered is not the Maia API, or it is broken",
    ProblemKind.REFUSED: "the Maia API refused the request",
}

_RUNNING_NOTE = "estimate: an execution does not say on which runner"


def used_by_section(runner: Runner, usage: Usage, now: datetime) -> Section:
    """What runs and what comes next are left out where no environment is known that could tell."""
    used = used_by(runner, usage, now)
    facts = []
    if used.streams is not None:
        facts.append(Fact("Streams", _streams_cell(used.streams, now)))
    facts.append(Fact("Default of", _environments_cell(used.environments, now)))
    if used.running is not None:
        facts.append(Fact("Running now", _running_cell(used.running, now)))
    if used.next_run is not None:
        facts.append(Fact("Next", _next_cell(used.next_run, now)))
    return Section("Used by", tuple(facts))


def usage_sentences(runner: Runner, usage: Usage, now: datetime) -> tuple[str, ...]:
    """What a plan that disturbs this runner says of those who use it; nothing of a hosted one,
    which no plan may disturb."""
    if is_hosted(runner):
        return ()
    used = used_by(runner, usage, now)
    streams = () if used.streams is None else (_streams_sentence(used.streams, now),)
    if used.streams is not None and used.environments.found == ():
        return streams
    return (*streams, _environments_sentence(used, now))


def _environments_cell(answer: Answer[Environment], now: datetime) -> Cell:
    if answer.found is None:
        return _unknown_cell(answer, "projects")
    if not answer.found:
        return Cell(f"No environment that these credentials can see{_age(answer, now)}")
    names = [_place(each) for each in answer.found]
    text = f"{_at_least(answer)}{_count(len(names), 'environment')} ({_some(names)})"
    return Cell(_capital(f"{text}{_age(answer, now)}{_rest(answer, 'projects')}"))


def _running_cell(answer: Answer[str], now: datetime) -> Cell:
    if answer.found is None:
        return _unknown_cell(answer, "executions")
    if not answer.found:
        return Cell(f"No pipeline{_age(answer, now)} ({_RUNNING_NOTE})")
    count = f"{_at_least(answer)}{_count(len(answer.found), 'pipeline')}"
    names = _some([_named(name) for name in dict.fromkeys(answer.found)])
    rest = _rest(answer, "executions")
    return Cell(_capital(f"{count}: {names}{_age(answer, now)} ({_RUNNING_NOTE}){rest}"))


def _next_cell(answer: Answer[Due], now: datetime) -> Cell:
    if answer.found is None:
        return _unknown_cell(answer, "schedules")
    if not answer.found:
        return Cell(f"Nothing scheduled{_age(answer, now)} (estimate)")
    due = answer.found[0]
    name = _named(due.schedule or due.pipeline)
    rest = _rest(answer, "schedules")
    return Cell(f"{name} {_until(due, now)}{_age(answer, now)} (estimate){rest}")


def _streams_cell(answer: Answer[str], now: datetime) -> Cell:
    if answer.found is None:
        return _unknown_cell(answer, "streaming pipelines")
    if not answer.found:
        return Cell(f"No pipeline that these credentials can see{_age(answer, now)}")
    return Cell(f"{_some([_named(name) for name in answer.found])}{_age(answer, now)}")


def _environments_sentence(used: UsedBy, now: datetime) -> str:
    answer = used.environments
    if answer.found is None:
        return _unknown_sentence("Who uses it", answer, "projects")
    if not answer.found:
        return (
            "No environment that these credentials can see has it as its default"
            f"{_age(answer, now)}."
        )
    count = _count(len(answer.found), "environment")
    parts = [f"Default of {_at_least(answer)}{count}{_age(answer, now)}"]
    if used.running is not None:
        parts.append(_running_part(used.running, now))
    if used.next_run is not None:
        parts.append(_next_part(used.next_run, now))
    return f"{'; '.join(parts)}."


def _running_part(answer: Answer[str], now: datetime) -> str:
    if answer.found is None:
        return _unknown_part("what runs there", answer)
    count = _count(len(answer.found), "pipeline") if answer.found else "no pipeline"
    when = "" if answer.as_of is None else f" {duration(now - answer.as_of)} ago"
    return f"{_at_least(answer)}{count} running{when} (estimate)"


def _next_part(answer: Answer[Due], now: datetime) -> str:
    if answer.found is None:
        return _unknown_part("what is scheduled next", answer)
    if not answer.found:
        return f"nothing scheduled{_age(answer, now)}"
    known = "next known schedule" if answer.is_partial else "next schedule"
    return f"{known} {_until(answer.found[0], now)}"


def _streams_sentence(answer: Answer[str], now: datetime) -> str:
    if answer.found is None:
        return _unknown_sentence("Which pipeline it streams", answer, "streaming pipelines")
    if not answer.found:
        return f"No pipeline that these credentials can see streams on it{_age(answer, now)}."
    names = _some([_named(name) for name in answer.found])
    return f"It streams {names}{_age(answer, now)}."


def _unknown_cell(answer: Answer[Any], what: str) -> Cell:
    hint = shown(answer.trouble.detail) if answer.trouble else ""
    if answer.gap in _PENDING:
        text = _capital(_PENDING[answer.gap])
        return Cell(f"{text} …" if answer.gap is Gap.BEING_READ else text, Tone.MUTED)
    return Cell(f"Cannot tell: {_why(answer, what)}.", Tone.MUTED, hint=hint)


def _unknown_sentence(subject: str, answer: Answer[Any], what: str) -> str:
    if answer.gap in _PENDING:
        return f"{subject} is {_PENDING[answer.gap]}."
    return f"{subject} cannot be told: {_why(answer, what)}."


def _unknown_part(subject: str, answer: Answer[Any]) -> str:
    if answer.gap in _PENDING:
        return f"{subject} is {_PENDING[answer.gap]}"
    return f"{subject} cannot be told"


def _why(answer: Answer[Any], what: str) -> str:
    if answer.trouble is not None:
        return _TROUBLES[answer.trouble.kind].format(what=what)
    return _GAPS[answer.gap].format(what=what) if answer.gap else ""


def _rest(answer: Answer[Any], what: str) -> str:
    if not answer.is_partial:
        return ""
    return f"; not all {what} could be read" if answer.trouble else f"; {_why(answer, what)}"


def _at_least(answer: Answer[Any]) -> str:
    return "at least " if answer.is_partial else ""


def _age(answer: Answer[Any], now: datetime) -> str:
    return "" if answer.as_of is None else f", as read {duration(now - answer.as_of)} ago"


def _until(due: Due, now: datetime) -> str:
    if due.at is None or due.at - now < A_MINUTE:
        return "within a minute"
    return f"in {duration(due.at - now)}"


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _some(names: Sequence[str]) -> str:
    first = ", ".join(names[:MOST_NAMES])
    others = len(names) - MOST_NAMES
    return f"{first} and {others} more" if others > 0 else first


def _place(environment: Environment) -> str:
    project = environment.project
    return f"{_named(project.name or project.id)} / {_named(environment.name)}"


def _named(name: str) -> str:
    return shown(name, 40) or "one without a name"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
