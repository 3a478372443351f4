"""The words that act: marks, the plan told in lines, the agreement, and the start."""

import asyncio
import shlex
from collections.abc import Iterable
from contextlib import suppress

from console.actions.action import Action
from console.actions.catalogue import ACTIONS
from console.actions.plan import Plan
from console.cli.plain.looking import look_up_usage
from console.cli.plain.talk import Question, Talk
from console.errors import UnknownName, UsageError, wrong_value
from console.view.names import runner_label, runners_named
from console.view.plan import PlanText, plan_lines, plan_text
from console.view.runners import runner_count, runners_table
from console.view.text import shown

BEGINS_WITHIN = 3.0
"""Seconds in which an action is waited for to have begun, so that it is told with the answer."""

ALL = "all"
NAMED = 10
"""How many of the marked are named."""


async def mark(talk: Talk, rest: str) -> Iterable[str]:
    """Marks these too; without a name it only tells which are marked."""
    store = talk.session.store
    if rest == ALL:
        table = runners_table(store.snapshot, talk.query, store.now)
        ids = [row.key for row in table.rows]
    else:
        ids = named_ids(talk, rest) if rest else []
    talk.marks |= dict.fromkeys(ids)
    return (_marked(talk),)


async def unmark(talk: Talk, rest: str) -> Iterable[str]:
    """Without a name all of them."""
    ids = set(named_ids(talk, rest)) if rest and rest != ALL else set(talk.marks)
    talk.marks = {each: None for each in talk.marks if each not in ids}
    return (_marked(talk),)


async def act(talk: Talk, command: str, rest: str) -> Iterable[str]:
    """Tells the plan. What needs no agreement begins at once; else a question stays open."""
    action, rest = _action(command, rest)
    ids = named_ids(talk, rest) if rest else list(talk.marks)
    if not ids:
        raise UsageError(f"Name the runners, or mark them first: {command} NAME …")
    if action.disturbs:
        await look_up_usage(talk, ids)
    plan = talk.session.plan(action, ids)
    text, lines = plan_text(plan), plan_lines(plan)
    talk.has_refused = talk.has_refused or bool(plan.refused)
    if not plan.allowed:
        return (*lines, text.nothing)
    if text.needs_asking:
        talk.question = Question(plan, text)
        return lines
    await _begin(talk, plan)
    return lines


async def settle(talk: Talk, question: Question, line: str) -> Iterable[str]:
    """The answer to the open question: agreed, not agreed, or asked again."""
    agreed = is_agreed(question.text, line)
    if agreed is None:
        return ()
    talk.question = None
    if not agreed:
        talk.has_refused = True
        return ("Nothing was done.",)
    await _begin(talk, question.plan)
    return ()


def question_line(text: PlanText) -> str:
    if text.type_to_confirm:
        return f"{text.question} Type {text.type_to_confirm} to go on, anything else to leave it."
    return f"{text.question} Type yes or no."


def is_agreed(text: PlanText, line: str) -> bool | None:
    """None where it is neither a yes nor a no. Only the whole word that is asked for agrees to what
    destroys something."""
    said = line.strip()
    if text.type_to_confirm:
        return said == text.type_to_confirm
    return {"y": True, "yes": True, "n": False, "no": False, "": False}.get(said.lower())


def named_ids(talk: Talk, rest: str) -> list[str]:
    """One name with spaces, or several names; one of several that has spaces stands in quotes."""
    snapshot = talk.session.store.snapshot
    with suppress(UnknownName):
        return [runner.id for runner in runners_named(snapshot, [rest])]
    try:
        names = shlex.split(rest)
    except ValueError:
        raise UsageError(f"A quote is opened in “{shown(rest)}” and not closed.") from None
    return [runner.id for runner in runners_named(snapshot, names)]


def _action(command: str, rest: str) -> tuple[Action, str]:
    """The action of a command, by its choice where it has some, and what follows."""
    choices = {each.choice: each for each in ACTIONS if each.command == command}
    if "" in choices:
        return choices[""], rest
    choice, _, names = rest.partition(" ")
    if choice not in choices:
        raise wrong_value(f"what {command} takes first", choice, choices)
    return choices[choice], names.strip()


async def _begin(talk: Talk, plan: Plan) -> None:
    if talk.deeds is None:
        return
    store = talk.session.store
    known = {each.id for each in store.snapshot.operations}
    talk.deeds.start(plan)
    talk.marks.clear()
    with suppress(TimeoutError):
        async with asyncio.timeout(BEGINS_WITHIN):
            while known.issuperset(each.id for each in store.snapshot.operations):
                await store.news()


def _marked(talk: Talk) -> str:
    by_id = talk.session.store.snapshot.by_id
    names = [runner_label(by_id[each]) for each in talk.marks if each in by_id]
    total = runner_count(len(by_id), len(by_id))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    listed = f": {', '.join(names[:NAMED])}{more}" if names else ""
    return f"{len(talk.marks)} marked of {total}{listed}."
