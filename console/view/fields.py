"""The fields that a filter can name: what each is for, and how a runner's words for it are found.

A new field is one entry of `FIELDS`; help, completion and errors are derived from it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from console.fleet.kinds import MAIA, STREAMING, is_hosted
from console.fleet.snapshot import Status
from console.fleet.versions import version_order
from console.rules.assessment import Assessment
from console.rules.currency import Currency
from console.rules.findings import Severity
from console.rules.restart import RestartEffect
from console.rules.support import Support
from console.rules.updating import Cause
from console.view.words import FINDINGS, platform


@dataclass(frozen=True, slots=True)
class Measure:
    """What < <= > >= compare: the runner's own, None without one, and the typed bound, None when it
    is not such a thing; `wanted` completes "… holds no …"."""

    of: Callable[[Assessment], Any]
    bound: Callable[[str], Any]
    wanted: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what a reader is told, the words it takes (any text when empty), and how a
    runner's words for it are found, or those of what else is filtered. A field with a `measure`
    takes < <= > >= too."""

    name: str
    explains: str
    words: Callable[[Any], Iterable[str]]
    allowed: Sequence[str] = ()
    measure: Measure | None = None


def _version_measure(of: Callable[[Assessment], str | None]) -> Measure:
    return Measure(
        lambda a: version_order(of(a) or "") or None,
        lambda text: version_order(text) or None,
        "number to compare with",
    )


def span_from(text: str) -> timedelta | None:
    """A span: "14d", "36h", "2w", or a plain number of days. None for anything else."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return None
    hours = {"h": 1, "d": 24, "w": 168, None: 24}[match["unit"]]
    return timedelta(hours=int(match["number"]) * hours)


_SPAN = re.compile(r"(?P<number>\d{1,5})(?P<unit>[hdw])?")

_LEAVES = Measure(
    lambda a: a.judged.leaves_in, span_from, "span to compare with, such as 14d, 36h or 2w"
)
_BEHIND = Measure(
    lambda a: a.judged.standing.behind,
    lambda text: int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None,
    "whole number to compare with",
)


def _switch(value: bool | None) -> tuple[str, ...]:
    return () if value is None else ("on", "yes") if value else ("off", "no")


def _is_counted(assessed: Assessment) -> bool:
    return assessed.currency is Currency.LATEST or assessed.judged.standing.behind is not None


def _is(assessed: Assessment) -> Iterable[str]:
    runner = assessed.runner
    if assessed.is_problem:
        yield "problem"
    if assessed.severity == Severity.CRITICAL:
        yield "critical"
    if runner.connected is False:
        yield "offline"
    if is_hosted(runner):
        yield "hosted"
    if not assessed.findings:
        yield "fine"


def _kind(assessed: Assessment) -> Iterable[str]:
    runner = assessed.runner
    known = {MAIA: "maia", STREAMING: "streaming"}
    yield "hosted" if is_hosted(runner) else known.get(runner.kind or "", runner.kind or "unknown")


def _platform(assessed: Assessment) -> Iterable[str]:
    runner = assessed.runner
    return (runner.provider or "", runner.deployment or "", platform(runner))


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("name", "the runner's name", lambda a: (a.runner.name,)),
        Field("id", "the runner's id", lambda a: (a.runner.id,)),
        Field("account", "its profile, where several are open", lambda a: (a.runner.account,)),
        Field("status", "what it is doing", lambda a: (a.runner.status or "",), tuple(Status)),
        Field("track", "the track it follows", lambda a: (a.runner.track or "",)),
        Field(
            "support", "whether its version is supported", lambda a: (a.support,), tuple(Support)
        ),
        Field(
            "currency", "its version against its track", lambda a: (a.currency,), tuple(Currency)
        ),
        Field("platform", "aws, azure, gcp, snowflake, fargate, eks, …", _platform),
        Field("type", "maia, streaming or hosted", _kind),
        Field(
            "version",
            "what it runs",
            lambda a: (a.runner.version or "",),
            measure=_version_measure(lambda a: a.runner.version),
        ),
        Field(
            "latest",
            "its track's newest",
            lambda a: (a.runner.latest_version or "",),
            measure=_version_measure(lambda a: a.runner.latest_version),
        ),
        Field(
            "behind",
            "by how many releases: behind>2",
            lambda a: (str(a.judged.standing.behind or 0),) if _is_counted(a) else (),
            measure=_BEHIND,
        ),
        Field(
            "leaves",
            "when it leaves support: leaves<14d",
            lambda a: _switch(a.judged.leaves_in is not None),
            ("yes", "no", "on", "off"),
            _LEAVES,
        ),
        Field(
            "armed",
            "whether any restart updates it although auto-update is off",
            lambda a: _switch(a.judged.is_armed),
            ("yes", "no", "on", "off"),
        ),
        Field(
            "restart",
            "what a restart does to its version",
            lambda a: (a.judged.restart.effect,),
            tuple(RestartEffect),
        ),
        Field(
            "why",
            "why it is not updated",
            lambda a: (a.judged.why.cause,) if a.judged.why else (),
            tuple(Cause),
        ),
        Field(
            "auto",
            "whether it updates itself",
            lambda a: _switch(a.runner.auto_updates),
            ("on", "off", "yes", "no"),
        ),
        Field(
            "update",
            "whether an update is available",
            lambda a: _switch(a.has_update),
            ("yes", "no", "on", "off"),
        ),
        Field(
            "connected",
            "whether it is connected",
            lambda a: _switch(a.runner.connected),
            ("yes", "no", "on", "off"),
        ),
        Field(
            "restricted",
            "whether only listed projects may use it",
            lambda a: _switch(a.runner.restricted),
            ("yes", "no", "on", "off"),
        ),
        Field(
            "finding",
            "a finding's code",
            lambda a: (finding.code for finding in a.findings),
            tuple(FINDINGS),
        ),
        Field("is", "short cuts", _is, ("problem", "critical", "offline", "hosted", "fine")),
    )
}
