"""`show`: one runner in full, for reading or as data."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import datetime

from console.cli.failures import exit_for_read, read_or_raise
from console.cli.formats import write_records
from console.cli.options import add_session_options, session_request
from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import assess
from console.session import open_session
from console.view.detail import Detail, runner_detail
from console.view.names import runners_named
from console.view.records import runner_record


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("runner", help="its name or id")
    parser.add_argument("--output", choices=("plain", "json", "yaml"), default="plain")
    add_session_options(parser)


def run(options: Namespace) -> int:
    return asyncio.run(_show(options))


async def _show(options: Namespace) -> int:
    async with open_session(session_request(options, polls=False)) as session:
        snapshot = read_or_raise(await session.store.refresh())
        (runner,) = runners_named(snapshot, [options.runner])
        if options.output == "plain" and session.usage is not None:
            await session.usage.read([runner.id])
        _write(runner, session.store.snapshot, session.store.now, options.output)
    return exit_for_read(snapshot)


def _write(runner: Runner, snapshot: Snapshot, now: datetime, output: str) -> None:
    if output != "plain":
        write_records([runner_record(assess(runner, snapshot, now))], output, sys.stdout)
        return
    detail = runner_detail(snapshot, runner.id, now)
    if detail is not None:
        sys.stdout.write("\n".join(detail_lines(detail)) + "\n")


def detail_lines(detail: Detail) -> Iterator[str]:
    """The detail for reading from top to bottom, findings first."""
    yield detail.title
    if detail.description:
        yield detail.description
    for finding in detail.findings:
        yield f"{finding.symbol} {finding.sentence} {finding.remedy}"
    for section in detail.sections:
        yield ""
        yield section.title
        for fact in section.facts:
            yield f"  {fact.label:<20} {fact.cell.said}"
