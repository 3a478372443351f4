"""The one filter grammar of the command line, the terminal and the page.

`status:running track:stable support:ending leaves<14d behind>2 version<10.1290 name:prod* -auto:on
word`: terms are joined by "and", values after a colon by commas as "or", a minus negates, quotes
hold spaces together, `*` stands for anything. A bare word looks in name, id, description and
platform. The fields are in `console.view.fields`.
"""

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from console.errors import FilterError
from console.rules.assessment import Assessment
from console.view.fields import FIELDS, Field
from console.view.text import folded, shown
from console.view.words import platform

Test = Callable[[Assessment], bool]

_TERM = re.compile(
    r"""(?P<minus>-?)(?:(?P<field>[A-Za-z_][A-Za-z_-]*)(?P<operator><=|>=|[:<>=]))?"""
    r"""(?P<value>(?:"[^"]*"|[^\s"])*)"""
)
_VALUE = re.compile(r'(?:"[^"]*"|[^,"])+')
_LAST_TERM = re.compile(
    r"""-?(?:(?P<field>[A-Za-z_][A-Za-z_-]*)[:=])?(?P<value>(?:"[^"]*"|[^\s"])*)$"""
)


@dataclass(frozen=True)
class Filter:
    """A parsed filter. `text` is what was typed. An empty one matches every runner."""

    text: str = ""
    tests: tuple[Test, ...] = ()

    def matches(self, assessed: Assessment) -> bool:
        return all(test(assessed) for test in self.tests)

    def among(self, assessed: Iterable[Assessment]) -> list[Assessment]:
        """Those of them that match, in their order."""
        matching = list(assessed)
        for test in self.tests:
            matching = list(filter(test, matching))
        return matching

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filter) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a term as it was typed, without its quotes, and where it begins."""

    text: str
    at: int

    @property
    def pattern(self) -> str:
        """For fnmatch, with only the asterisk special."""
        return folded(self.text).replace("[", "[[]").replace("?", "[?]")


def parse_filter(text: str) -> Filter:
    """The filter for a text; raises FilterError with the position of the first fault in it."""
    tests = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TERM.match(text, at)
        assert match, "a term may be empty, so that there always is one"
        field = _field(match)
        at = match.end()
        if text.startswith('"', at):
            raise FilterError("A quote is opened here and not closed.", position=at)
        test = _field_test(match, field) if field else _any_word(match)
        tests.append(_negated(test) if match["minus"] else test)
    return Filter(text.strip(), tuple(tests))


def completions(text: str) -> tuple[str, ...]:
    """How the last word of an unfinished filter can go on: field names, or a field's words."""
    term = _LAST_TERM.search(text)
    if term is None or text.count('"') % 2:
        return ()
    name, value = term["field"], term["value"]
    typed = value.rpartition(",")[2] if name else value
    field = FIELDS.get(name.lower()) if name else None
    if name:
        words = tuple(field.allowed) if field else ()
    else:
        words = tuple(f"{each}:" for each in FIELDS)
    head = text[: len(text) - len(typed)]
    return tuple(f"{head}{word}" for word in words if word.startswith(folded(typed)))


def _field(match: re.Match[str]) -> Field | None:
    name = match["field"]
    if name is None:
        return None
    field = FIELDS.get(name.lower())
    if field is None:
        raise FilterError(
            f"“{name}” is not a field. {_allowed(name.lower(), tuple(FIELDS))}",
            position=match.start("field"),
        )
    return field


def _field_test(match: re.Match[str], field: Field) -> Test:
    sign = match["operator"]
    values = _values(match)
    if not values:
        raise FilterError(
            f"“{match['field']}{sign}” needs a value. {_allowed('', field.allowed)}".strip(),
            position=match.end("operator") - 1,
        )
    if sign not in ":=":
        return _comparison(match, field, values)
    for value in values:
        word = folded(value.text)
        if field.allowed and "*" not in word and word not in field.allowed:
            raise FilterError(
                f"“{shown(value.text)}” is not a value of {field.name}."
                f" {_allowed(word, field.allowed)}",
                position=value.at,
            )
    patterns = tuple(value.pattern for value in values)
    return lambda assessed: any(
        fnmatchcase(folded(word), pattern) for word in field.words(assessed) for pattern in patterns
    )


def _comparison(match: re.Match[str], field: Field, values: Sequence[Value]) -> Test:
    sign = match["operator"]
    measure = field.measure
    if measure is None:
        ordered = ", ".join(each.name for each in FIELDS.values() if each.measure)
        raise FilterError(
            f"“{field.name}” cannot be compared with {sign}; only {ordered} can.",
            position=match.start("operator"),
        )
    if len(values) > 1:
        raise FilterError("Only one value can be compared with.", position=values[1].at)
    bound = measure.bound(values[0].text)
    if bound is None:
        raise FilterError(
            f"“{shown(values[0].text)}” holds no {measure.wanted}.", position=values[0].at
        )
    compare, of = _COMPARISONS[sign], measure.of

    def test(assessed: Assessment) -> bool:
        known = of(assessed)
        return known is not None and compare(known, bound)

    return test


def _any_word(match: re.Match[str]) -> Test:
    """A word is looked for anywhere in the texts; with an asterisk it must fit one as a whole."""
    if not _values(match):
        fault = "A minus needs a word after it." if match["minus"] else "There is no word here."
        raise FilterError(fault, position=match.start())
    word = Value(match["value"].replace('"', "").strip(), match.start("value"))
    wanted, pattern = folded(word.text), word.pattern

    def anywhere(assessed: Assessment) -> bool:
        runner = assessed.runner
        named = _folded_texts(runner.name, runner.id, runner.description)
        return wanted in named or wanted in folded(platform(runner))

    def as_a_whole(assessed: Assessment) -> bool:
        runner = assessed.runner
        texts = (runner.name, runner.id, runner.description, platform(runner))
        return any(fnmatchcase(folded(text), pattern) for text in texts)

    return as_a_whole if "*" in wanted else anywhere


@lru_cache(maxsize=20_000)
def _folded_texts(*texts: str) -> str:
    """In one, which is looked through at each letter of a filter; no word goes over a line."""
    return "\n".join(map(folded, texts))


def _negated(test: Test) -> Test:
    return lambda assessed: not test(assessed)


def _values(match: re.Match[str]) -> tuple[Value, ...]:
    start = match.start("value")
    parts = (
        Value(part[0].replace('"', "").strip(), start + part.start())
        for part in _VALUE.finditer(match["value"])
    )
    return tuple(part for part in parts if part.text)


def _allowed(value: str, words: Sequence[str]) -> str:
    if not words:
        return ""
    from difflib import get_close_matches

    listing = f"Allowed: {', '.join(words)}."
    nearest = get_close_matches(value, words, n=1)
    return f"Did you mean {nearest[0]}? {listing}" if nearest else listing


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
