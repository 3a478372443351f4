"""`releases`: what is out, what is expected next and whom it pushes out of support; for reading, as
data, or as a calendar file."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from console.cli.failures import exit_for_read, read_or_raise
from console.cli.formats import note, write_records
from console.cli.options import add_session_options, session_request
from console.errors import UsageError, printable
from console.session import Session, open_session
from console.view.release_records import release_records
from console.view.releases import Calendar, LineCalendar, releases_view

STANDARD_OUTPUT = "-"


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("--output", choices=("plain", "json", "yaml"), default="plain")
    parser.add_argument("--ics", metavar="FILE", help="write an iCalendar file; - for the output")
    parser.add_argument("--all", action="store_true", help="list every release that is known")
    add_zone_option(parser)
    add_session_options(parser)


def add_zone_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--time-zone", metavar="ZONE", help="such as Europe/London; default: the profile's"
    )


def run(options: Namespace) -> int:
    return asyncio.run(_releases(options))


async def _releases(options: Namespace) -> int:
    request = replace(
        session_request(options, polls=False), overrides={"time_zone": options.time_zone}
    )
    async with open_session(request) as session:
        snapshot = read_or_raise(await session.store.refresh())
        if options.ics:
            _write_calendar(session, options.ics)
        elif options.output == "plain":
            most = {"most": None} if options.all else {}
            calendar = releases_view(
                session.store.snapshot, session.store.now, session.zone, **most
            )
            sys.stdout.write("\n".join(calendar_lines(calendar)) + "\n")
        else:
            records = release_records(session.store.snapshot, session.store.now)
            write_records(records, options.output, sys.stdout)
    return exit_for_read(snapshot)


def calendar_lines(calendar: Calendar) -> Iterator[str]:
    """The calendar for reading from top to bottom."""
    if calendar.outlook:
        yield calendar.outlook
    for number, line in enumerate(calendar.lines):
        if number or calendar.outlook:
            yield ""
        yield from _line(line)


def _line(line: LineCalendar) -> Iterator[str]:
    yield line.title
    yield f"  {line.newest}"
    for said in (line.unsupported.text, line.elsewhere):
        if said:
            yield f"  {said}"
    yield f"  {line.cadence}"
    if line.coming:
        yield ""
        yield "  Expected next"
    for coming in line.coming:
        utc = f" ({coming.utc})" if coming.utc else ""
        yield f"    {coming.sure.symbol} {coming.date}{utc}. {coming.sure.text}."
        for sentence in (coming.carries, coming.effect):
            if sentence:
                yield f"      {sentence}"
    if line.out:
        yield ""
        yield "  Out"
    widths = [
        max((len(text) for text in column), default=0)
        for column in zip(*((out.version, out.date, out.runs) for out in line.out), strict=True)
    ]
    for out in line.out:
        told = (out.version, out.date, out.runs)
        cells = [text.ljust(width) for text, width in zip(told, widths, strict=True)]
        yield "    " + "  ".join((*cells, out.support.text if out.in_window else "")).rstrip()
    if line.older:
        yield f"    {line.older}"


def _write_calendar(session: Session, target: str) -> None:
    from console.files import replace_file
    from console.view.calendar_feed import calendar_feed

    store = session.store
    content = calendar_feed(store.snapshot, store.now, session.zone, session.name)
    if target == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        return
    try:
        replace_file(Path(target), content.decode())
    except OSError as error:
        raise UsageError(printable(f"{target} cannot be written: {error.strerror}.")) from None
    note(printable(f"Written to {target}."))
