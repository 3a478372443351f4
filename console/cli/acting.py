"""The action commands, all of them: which action it is comes from the catalogue."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from datetime import timedelta

from console.actions.action import Action
from console.actions.catalogue import ACTIONS
from console.actions.plan import Plan
from console.cli.exits import Exit
from console.cli.failures import exit_for_read, read_or_raise
from console.cli.formats import note
from console.cli.options import add_session_options, query, seconds, session_request
from console.errors import UsageError
from console.rules.assessment import assessments
from console.session import Session, open_session
from console.view.names import runners_named
from console.view.plan import PlanText, outcome_text, plan_lines, plan_text

DEFAULT_WAIT = 15 * 60.0


def add_arguments(parser: ArgumentParser, name: str) -> None:
    choices = [action.choice for action in ACTIONS if action.command == name and action.choice]
    parser.set_defaults(command=name, choice="", sort="attention", reverse=False)
    if choices:
        parser.add_argument("choice", choices=choices, help="what to change to")
    parser.add_argument("runners", nargs="*", metavar="RUNNER", help="names or ids")
    parser.add_argument("--filter", default="", metavar="FILTER", help="all runners that match")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done; do nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--wait",
        type=seconds,
        default=DEFAULT_WAIT,
        metavar="TIME",
        help="how long to watch the runners (90s, 15m, 2h); default 15m",
    )
    add_session_options(parser)
    lines = [f"  {a.choice or a.command}: {a.explains}." for a in ACTIONS if a.command == name]
    parser.epilog = "\n".join([*lines, "", "Exits with 1 when a runner is left out or fails."])


def run(options: Namespace) -> int:
    action = next(
        each
        for each in ACTIONS
        if each.command == options.command and each.choice == options.choice
    )
    if bool(options.runners) == bool(options.filter):
        raise UsageError("Name the runners, or choose them with --filter: one of the two.")
    return asyncio.run(_act(action, options))


async def _act(action: Action, options: Namespace) -> int:
    wanted = query(options)
    async with open_session(session_request(options, polls=True)) as session:
        snapshot = read_or_raise(await session.store.refresh())
        if options.runners:
            ids = [runner.id for runner in runners_named(snapshot, options.runners)]
        else:
            ids = [
                assessed.runner.id
                for assessed in assessments(snapshot, session.store.now)
                if wanted.filter.matches(assessed)
            ]
        if not ids:
            raise UsageError(f"No runner matches “{options.filter}”.")
        if action.disturbs and session.usage is not None:
            await session.usage.read(ids)
        plan = session.plan(action, ids)
        if options.dry_run:
            sys.stdout.write("\n".join(plan_lines(plan)) + "\n")
            return Exit.REFUSED if plan.refused else exit_for_read(snapshot)
        if not await _is_agreed(plan, options):
            return Exit.REFUSED
        ended = await _carry_out(session, plan, timedelta(seconds=options.wait))
        return ended or exit_for_read(snapshot)


async def _is_agreed(plan: Plan, options: Namespace) -> bool:
    text = plan_text(plan)
    for line in plan_lines(plan):
        note(line)
    if not plan.allowed:
        note(text.nothing)
        return False
    if options.yes or not text.needs_asking:
        return True
    if not sys.stdin.isatty():
        raise UsageError("There is no terminal to ask on; add --yes, or look with --dry-run.")
    return await asyncio.to_thread(_ask, text)


def _ask(text: PlanText) -> bool:
    if text.type_to_confirm:
        note(f"{text.question} Type {text.type_to_confirm} to go on:")
        return sys.stdin.readline().strip() == text.type_to_confirm
    note(f"{text.question} [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


async def _carry_out(session: Session, plan: Plan, wait: timedelta) -> int:
    failed = bool(plan.refused)
    if session.executor is None:
        return Exit.REFUSED
    async for outcome in session.executor.execute(plan, wait=wait):
        sys.stdout.write(outcome_text(outcome) + "\n")
        sys.stdout.flush()
        failed = failed or not outcome.is_success
    return Exit.REFUSED if failed else Exit.FINE
