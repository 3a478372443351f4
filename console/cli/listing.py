"""`list`: the runners that match, once or again whenever they change."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC
from io import StringIO

from console.cli.failures import exit_for_read, read_or_raise
from console.cli.formats import (
    FORMATS,
    note,
    terminal_width,
    write_plain,
    write_records,
    write_table,
)
from console.cli.options import add_query_options, add_session_options, query, session_request
from console.fleet.snapshot import Snapshot
from console.session import Session, open_session
from console.view.query import Query
from console.view.records import fields_of, runner_records
from console.view.runners import runners_table
from console.view.words import answers_again, problem_banner


def add_arguments(parser: ArgumentParser, name: str) -> None:
    add_query_options(parser)
    parser.add_argument(
        "--output",
        choices=FORMATS,
        default="table",
        help="how to write it; a table on a terminal has the columns that fit",
    )
    parser.add_argument("--watch", action="store_true", help="write it again when it changes")
    add_session_options(parser)


def run(options: Namespace) -> int:
    wanted = query(options)
    return asyncio.run(_list(options, wanted))


async def _list(options: Namespace, wanted: Query) -> int:
    async with open_session(session_request(options, polls=options.watch)) as session:
        if options.watch:
            await _follow(session, wanted, options.output)
        snapshot = read_or_raise(await session.store.refresh())
        sys.stdout.write(_text(session, snapshot, wanted, options.output))
    return exit_for_read(snapshot)


async def _follow(session: Session, wanted: Query, output: str) -> None:
    """Writes until interrupted. A failed poll is told once, on standard error; of several accounts
    once for each that fails, and the others are written on."""
    written = ""
    failing: frozenset[str] = frozenset()
    while True:
        snapshot = await session.store.news()
        failed, failing = failing, frozenset(each.account for each in snapshot.problems)
        for problem in snapshot.problems:
            if problem.account not in failed:
                note(problem_banner(problem, session.store.now))
        for account in sorted(failed - failing):
            note(answers_again(account))
        if snapshot.taken is None or snapshot.is_cut_off:
            continue
        text = _text(session, snapshot, wanted, output)
        if text != written:
            note(f"-- {snapshot.taken.astimezone(UTC):%H:%M:%S} UTC")
            sys.stdout.write(text)
            sys.stdout.flush()
            written = text


def _text(session: Session, snapshot: Snapshot, wanted: Query, output: str) -> str:
    now = session.store.now
    if output in ("json", "yaml", "csv"):
        out = StringIO()
        records = runner_records(snapshot, wanted, now)
        write_records(records, output, out, fields_of(snapshot))
        return out.getvalue()
    table = runners_table(snapshot, wanted, now)
    out = _Terminal() if sys.stdout.isatty() else StringIO()
    if output == "plain":
        write_plain(table, out)
    else:
        write_table(table, out, terminal_width(sys.stdout))
    return out.getvalue()


class _Terminal(StringIO):
    """Text on its way to a terminal."""

    def isatty(self) -> bool:
        return True
