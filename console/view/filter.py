"""The one filter grammar of the command line, the terminal and the page.

`status:running track:stable support:unsupported platform:aws version<10.1290 name:prod* -auto:on
word`: terms are joined by "and", values after a colon by commas as "or", a minus negates, quotes
hold spaces together, `*` stands for anything. A bare word looks in name, id, description and
platform. `explain` is for help pages; completion is derived from `FIELDS`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from console.errors import FilterError
from console.fleet.snapshot import Status
from console.rules.assessment import Assessment
from console.rules.currency import Currency
from console.rules.findings import Severity
from console.rules.kinds import MAIA, STREAMING, is_hosted
from console.rules.support import Support
from console.rules.versions import version_order
from console.view.text import folded
from console.view.words import FINDINGS, platform

Test = Callable[[Assessment], bool]

_TERM = re.compile(
    r"""(?P<minus>-?)(?:(?P<field>[a-z_]+)(?P<operator><=|>=|[:<>=]))?"""
    r"""(?P<value>(?:"[^"]*"|[^\s"])*)"""
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what a reader is told, the words it takes (any text when empty), and how a
    runner's words for it are found. A field with `ordered` takes versions and < <= > >= too."""

    name: str
    explains: str
    words: Callable[[Assessment], Iterable[str]]
    allowed: Sequence[str] = ()
    ordered: bool = False


@dataclass(frozen=True)
class Filter:
    """A parsed filter. `text` is what was typed. An empty one matches every runner."""

    text: str = ""
    tests: tuple[Test, ...] = ()

    def matches(self, assessed: Assessment) -> bool:
        return all(test(assessed) for test in self.tests)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filter) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


EVERYTHING = Filter()


def parse_filter(text: str) -> Filter:
    """The filter for a text; raises FilterError with the position of the first fault in it."""
    tests = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TERM.match(text, at)
        if match is None or match.end() == at:
            raise FilterError("A quote is opened here and not closed.", position=at)
        tests.append(_term(match))
        at = match.end()
    return Filter(text.strip(), tuple(tests))


def completions(text: str) -> tuple[str, ...]:
    """How the last word of an unfinished filter can go on: field names, or a field's words."""
    start = max(text.rfind(" "), text.rfind(",")) + 1
    last = text[start:].lstrip("-")
    head = text[: len(text) - len(last)]
    if "," in text[text.rfind(" ") + 1 :] and ":" not in last:
        term = text[text.rfind(" ") + 1 :].lstrip("-")
        name, _, _ = term.partition(":")
        typed = last
    elif ":" in last:
        name, _, typed = last.partition(":")
        head += f"{name}:"
    else:
        return tuple(f"{head}{name}:" for name in FIELDS if name.startswith(last))
    field = FIELDS.get(name)
    words = field.allowed if field else ()
    return tuple(f"{head}{word}" for word in words if word.startswith(typed))


def _term(match: re.Match[str]) -> Test:
    name, operator = match["field"], match["operator"]
    values = tuple(_values(match["value"]))
    if name is None:
        if not values:
            raise FilterError("A minus needs a word after it.", position=match.start())
        test = _any_word(values[0] if len(values) == 1 else match["value"].replace('"', ""))
    else:
        test = _field_test(match, name, operator, values)
    return (lambda assessed: not test(assessed)) if match["minus"] else test


def _field_test(match: re.Match[str], name: str, operator: str, values: tuple[str, ...]) -> Test:
    field = FIELDS.get(name)
    if field is None:
        raise FilterError(
            f"“{name}” is not a field. {_allowed(name, tuple(FIELDS))}",
            position=match.start("field"),
        )
    if not values:
        raise FilterError(
            f"“{name}{operator}” needs a value. {_allowed('', field.allowed)}".strip(),
            position=match.end("operator") - 1,
        )
    if operator not in ":=":
        return _comparison(match, field, operator, values[0])
    for value in values:
        if field.allowed and "*" not in value and value not in field.allowed:
            raise FilterError(
                f"“{value}” is not a value of {name}. {_allowed(value, field.allowed)}",
                position=match.start("value") + match["value"].lower().find(value),
            )
    patterns = tuple(values)
    return lambda assessed: any(
        fnmatchcase(folded(word), pattern) for word in field.words(assessed) for pattern in patterns
    )


def _comparison(match: re.Match[str], field: Field, operator: str, value: str) -> Test:
    if not field.ordered:
        ordered = ", ".join(each.name for each in FIELDS.values() if each.ordered)
        raise FilterError(
            f"“{field.name}” cannot be compared with {operator}; only {ordered} can.",
            position=match.start("operator"),
        )
    bound = version_order(value)
    if not bound:
        raise FilterError(
            f"“{value}” holds no number to compare with.", position=match.start("value")
        )
    compare = _COMPARISONS[operator]

    def test(assessed: Assessment) -> bool:
        known = [version_order(word) for word in field.words(assessed)]
        return any(order and compare(order, bound) for order in known)

    return test


def _any_word(word: str) -> Test:
    def test(assessed: Assessment) -> bool:
        runner = assessed.runner
        texts = (runner.name, runner.id, runner.description, platform(runner))
        return any(wanted in folded(text) for text in texts)

    wanted = folded(word)
    if "*" in wanted:
        pattern = wanted
        return lambda assessed: fnmatchcase(folded(assessed.runner.name), pattern)
    return test


def _values(text: str) -> Iterable[str]:
    for part in re.findall(r'(?:"[^"]*"|[^,"])+', text):
        value = folded(part.replace('"', "").strip())
        if value:
            yield value.replace("[", "[[]").replace("?", "[?]")


def _allowed(value: str, words: Sequence[str]) -> str:
    if not words:
        return ""
    from difflib import get_close_matches

    listing = f"Allowed: {', '.join(words)}."
    nearest = get_close_matches(value, words, n=1)
    return f"Did you mean {nearest[0]}? {listing}" if nearest else listing


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

_COMPARISONS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    "<": lambda ours, bound: ours < bound,
    "<=": lambda ours, bound: ours <= bound,
    ">": lambda ours, bound: ours > bound,
    ">=": lambda ours, bound: ours >= bound,
}
