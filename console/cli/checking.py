"""`check`: one line, performance data and an exit code, as monitoring plugins do it."""

import asyncio
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import timedelta

from console.cli.exits import PluginState
from console.cli.failures import read_or_raise
from console.cli.options import add_query_options, add_session_options, query, session_request
from console.errors import UsageError, wrong_value
from console.rules.assessment import assessments
from console.rules.leaving import leaving as leaving_support
from console.session import open_session
from console.view.overview import Overview, overview
from console.view.query import Query
from console.view.text import shown

DEFAULT_CRITICAL = ("unsupported=0", "offline=0", "unknown=0")
METRICS = ("unsupported", "offline", "unknown", "paused", "update")


def add_arguments(parser: ArgumentParser, name: str) -> None:
    add_query_options(parser)
    for level, default in (("warning", "none"), ("critical", " ".join(DEFAULT_CRITICAL))):
        parser.add_argument(
            f"--{level}",
            action="append",
            metavar="METRIC=N",
            help=f"{level} when more than N runners are so ({', '.join(METRICS)});"
            f" default: {default}",
        )
    parser.add_argument(
        "--fail-within",
        type=span,
        metavar="SPAN",
        help="critical when a runner is expected to leave support within so long, such as 14d",
    )
    add_session_options(parser)
    parser.epilog = "Exits with 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN."


def run(options: Namespace) -> int:
    wanted = query(options)
    warning = _thresholds(options.warning or [])
    critical = _thresholds(
        options.critical if options.critical is not None else list(DEFAULT_CRITICAL)
    )
    counted, leaving, unread = asyncio.run(_count(options, wanted))
    state, line = plugin_line(counted, warning, critical, leaving, unread)
    sys.stdout.write(line + "\n")
    return state


def span(text: str) -> timedelta:
    """How far ahead to look, for argparse: 14d, 36h, 2w."""
    from console.view.fields import span_from

    ahead = span_from(text)
    if ahead is None:
        raise ArgumentTypeError(f"“{text}” is not a span such as 14d, 36h or 2w")
    return ahead


def plugin_line(
    counted: Overview,
    warning: dict[str, int],
    critical: dict[str, int],
    leaving: int | None = None,
    unread: Sequence[str] = (),
) -> tuple[PluginState, str]:
    """The state and the line with performance data (label=value;warning;critical;minimum).
    `leaving` counts the runners that leave support too soon, None where nobody asked. What is
    `unread` of several accounts leaves the state unknown, unless it is critical without them."""
    headlines = {each.key: each for each in counted.headlines}
    state = PluginState.OK
    reasons = []
    for key in METRICS:
        headline = headlines[key]
        level = PluginState.OK
        if key in critical and headline.count > critical[key]:
            level = PluginState.CRITICAL
        elif key in warning and headline.count > warning[key]:
            level = PluginState.WARNING
        if level:
            reasons.append(f"{headline.count} {headline.label}")
        state = max(state, level)
    if leaving:
        reasons.append(f"{leaving} leaving support soon")
        state = PluginState.CRITICAL
    if unread:
        reasons += [f"{shown(account, 24)} not read" for account in unread]
        state = PluginState.CRITICAL if state is PluginState.CRITICAL else PluginState.UNKNOWN
    total = headlines["all"].count
    summary = ", ".join(reasons) if reasons else f"{headlines['running'].count} running"
    data = " ".join(
        f"{key}={headlines[key].count};{warning.get(key, '')};{critical.get(key, '')};0"
        for key in METRICS
    )
    if leaving is not None:
        data = f"{data} leaving={leaving};;0;0"
    text = f"MAIA {state.name} - {summary} of {total} runners"
    return state, f"{text} | runners={total};;;0 running={headlines['running'].count};;;0 {data}"


async def _count(options: Namespace, wanted: Query) -> tuple[Overview, int | None, tuple[str, ...]]:
    async with open_session(session_request(options, polls=False)) as session:
        snapshot, now = read_or_raise(await session.store.refresh()), session.store.now
        counted = overview(snapshot, now, wanted.filter)
        unread = tuple(problem.account for problem in snapshot.problems)
        if options.fail_within is None:
            return counted, None, unread
        matching = filter(wanted.filter.matches, assessments(snapshot, now))
        return counted, leaving_support(matching, options.fail_within).total, unread


def _thresholds(texts: list[str]) -> dict[str, int]:
    limits = {}
    for text in texts:
        metric, _, number = text.partition("=")
        if metric not in METRICS:
            raise wrong_value("a metric", metric, METRICS)
        if not number.isdecimal():
            raise UsageError(f"“{text}” is not a threshold; write {metric}=N with a whole number.")
        limits[metric] = int(number)
    return limits
