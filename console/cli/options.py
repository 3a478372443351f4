"""Options that several commands share, and what they ask for."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.accounts import SessionRequest
    from console.view.query import Query


def add_session_options(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("which fleet")
    group.add_argument("--profile", metavar="NAME", help="the profile; several as eu,us or all")
    group.add_argument("--config", type=Path, metavar="FILE", help="another settings file")
    group.add_argument("--demo", action="store_true", help="a made-up fleet; nothing is sent out")
    group.add_argument("--demo-runners", type=count, default=24, metavar="N", help="its size")
    group.add_argument("--scenario", default="calm", metavar="NAME", help="what befalls it")
    group.add_argument("--read-only", action="store_true", help="look, but never act")


def add_query_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--filter", default="", metavar="FILTER", help="such as 'status:running -auto:on prod'"
    )
    parser.add_argument("--sort", default="attention", metavar="COLUMN", help="the column to sort")
    parser.add_argument("--reverse", action="store_true", help="the other way round")


def session_request(options: Namespace, *, polls: bool) -> "SessionRequest":
    """Also keeps the log of the core off standard error, where a command has its own words."""
    import logging

    from console.accounts import SessionRequest

    logging.getLogger("console").addHandler(logging.NullHandler())
    return SessionRequest(
        profile=options.profile,
        demo=options.demo,
        demo_runners=options.demo_runners,
        scenario=_scenario(options.scenario),
        read_only=options.read_only,
        polls=polls,
        config=options.config,
    )


def query(options: Namespace) -> "Query":
    """Raises FilterError, and UsageError for a column that does not exist."""
    from console.cli.formats import note
    from console.errors import FilterError, wrong_value
    from console.view.columns import ACCOUNT_COLUMN, COLUMNS
    from console.view.filter import parse_filter
    from console.view.query import Query
    from console.view.text import shown

    columns = tuple(column.key for column in COLUMNS)
    if options.sort not in (*columns, ACCOUNT_COLUMN.column.key):
        raise wrong_value("a column", options.sort, columns)
    try:
        parsed = parse_filter(options.filter)
    except FilterError as error:
        note(f"  {shown(options.filter)}\n  {' ' * error.position}^")
        raise
    return Query(parsed, options.sort, options.reverse)


def count(text: str) -> int:
    """A whole number that is not negative, for argparse."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def seconds(text: str) -> float:
    """A duration: 90, 90s, 15m, 2h; in seconds, for argparse."""
    units = {"s": 1, "m": 60, "h": 3600}
    unit = units.get(text[-1:])
    value = float(text[:-1] if unit else text) * (unit or 1)
    if not 0 <= value <= 7 * 86400:
        raise ValueError(text)
    return value


count.__name__ = "number"
seconds.__name__ = "duration"


def _scenario(names: str) -> str:
    """One, or one for each of several demo accounts: "calm,denied"."""
    if names == "calm":
        return names
    from console.demo.scenarios import SCENARIOS
    from console.errors import wrong_value

    for name in names.split(","):
        if name not in SCENARIOS:
            raise wrong_value("a scenario", name, SCENARIOS)
    return names
