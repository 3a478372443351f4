"""The fields that a filter can name: what each is for, and how a runner's words for it are found.

A new field is one entry of `FIELDS`; help, completion and errors are derived from it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from console.fleet.kinds import MAIA, STREAMING, is_hosted
from console.fleet.snapshot import Status
from console.rules.assessment import Assessment
from console.rules.currency import Currency
from console.rules.findings import Severity
from console.rules.support import Support
from console.view.words import FINDINGS, platform


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what a reader is told, the words it takes (any text when empty), and how a
    runner's words for it are found. A field with `ordered` takes versions and < <= > >= too."""

    name: str
    explains: str
    words: Callable[[Assessment], Iterable[str]]
    allowed: Sequence[str] = ()
    ordered: bool = False


def _switch(value: bool | None) -> tuple[str, ...]:
    return () if value is None else ("on", "yes") if value else ("off", "no")


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
        Field("version", "what it runs", lambda a: (a.runner.version or "",), (), True),
        Field("latest", "its track's newest", lambda a: (a.runner.latest_version or "",), (), True),
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
