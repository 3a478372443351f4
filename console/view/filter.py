"""The one filter grammar of the command line, the terminal and the page.

What is filtered is a `Subject`: runners, unless another is named.

`status:running track:stable support:ending leaves<14d behind>2 version<10.1290 name:prod* -auto:on
word`: terms are joined by "and", values after a colon by commas as "or", a minus negates, quotes
hold spaces together, `*` stands for anything. A bare word looks in name, id, description and
platform. The fields are in `console.view.fields`.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from console.errors import FilterError
from console.rules.assessment import Assessment
from console.view.fields import FIELDS, Field
from console.view.text import folded, shown
from console.view.words import platform

Test = Callable[[Any], bool]

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
    """A parsed filter. `text` is what was typed. An empty one matches everything."""

    text: str = ""
    tests: tuple[Test, ...] = ()

    def matches(self, item: Any) -> bool:
        return all(test(item) for test in self.tests)

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


@dataclass(frozen=True)
class Subject:
    """What is filtered: the fields that a term can name, and the texts of one of it in which a bare
    word is looked for."""

    fields: Mapping[str, Field]
    texts: Callable[[Any], tuple[str, ...]]


def _texts_of_runner(assessed: Assessment) -> tuple[str, ...]:
    runner = assessed.runner
    return runner.name, runner.id, runner.description, platform(runner)


RUNNERS = Subject(FIELDS, _texts_of_runner)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a term as it was typed, without its quotes, and where it begins."""

    text: str
    at: int

    @property
    def pattern(self) -> str:
        """For fnmatch, with only the asterisk special."""
        return folded(self.text).replace("[", "[[]").replace("?", "[?]")


def parse_filter(text: str, subject: Subject = RUNNERS) -> Filter:
    """The filter for a text; raises FilterError with the position of the first fault in it."""
    tests = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TERM.match(text, at)
        assert match, "a term may be empty, so that there always is one"
        field = _field(match, subject.fields)
        at = match.end()
        if text.startswith('"', at):
            raise FilterError("A quote is opened here and not closed.", position=at)
        test = _field_test(match, field, subject) if field else _any_word(match, subject)
        tests.append(_negated(test) if match["minus"] else test)
    return Filter(text.strip(), tuple(tests))


def completions(text: str, subject: Subject = RUNNERS) -> tuple[str, ...]:
    """How the last word of an unfinished filter can go on: field names, or a field's words."""
    term = _LAST_TERM.search(text)
    if term is None or text.count('"') % 2:
        return ()
    name, value = term["field"], term["value"]
    typed = value.rpartition(",")[2] if name else value
    field = subject.fields.get(name.lower()) if name else None
    if name:
        words = tuple(field.allowed) if field else ()
    else:
        words = tuple(f"{each}:" for each in subject.fields)
    head = text[: len(text) - len(typed)]
    return tuple(f"{head}{word}" for word in words if word.startswith(folded(typed)))


def _field(match: re.Match[str], fields: Mapping[str, Field]) -> Field | None:
    name = match["field"]
    if name is None:
        return None
    field = fields.get(name.lower())
    if field is None:
        raise FilterError(
            f"“{name}” is not a field. {_allowed(name.lower(), tuple(fields))}",
            position=match.start("field"),
        )
    return field


def _field_test(match: re.Match[str], field: Field, subject: Subject) -> Test:
    sign = match["operator"]
    values = _values(match)
    if not values:
        raise FilterError(
            f"“{match['field']}{sign}” needs a value. {_allowed('', field.allowed)}".strip(),
            position=match.end("operator") - 1,
        )
    if sign not in ":=":
        return _comparison(match, field, values, subject.fields)
    for value in values:
        word = folded(value.text)
        if field.allowed and "*" not in word and word not in field.allowed:
            raise FilterError(
                f"“{shown(value.text)}” is not a value of {field.name}."
                f" {_allowed(word, field.allowed)}",
                position=value.at,
            )
    patterns = tuple(value.pattern for value in values)
    return lambda item: any(
        fnmatchcase(folded(word), pattern) for word in field.words(item) for pattern in patterns
    )


def _comparison(
    match: re.Match[str], field: Field, values: Sequence[Value], fields: Mapping[str, Field]
) -> Test:
    sign = match["operator"]
    measure = field.measure
    if measure is None:
        ordered = ", ".join(each.name for each in fields.values() if each.measure)
        rest = f"; only {ordered} can." if ordered else "."
        raise FilterError(
            f"“{field.name}” cannot be compared with {sign}{rest}",
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

    def test(item: Any) -> bool:
        known = of(item)
        return known is not None and compare(known, bound)

    return test


def _any_word(match: re.Match[str], subject: Subject) -> Test:
    """A word is looked for anywhere in the texts; with an asterisk it must fit one as a whole."""
    if not _values(match):
        fault = "A minus needs a word after it." if match["minus"] else "There is no word here."
        raise FilterError(fault, position=match.start())
    word = Value(match["value"].replace('"', "").strip(), match.start("value"))
    wanted, pattern, texts = folded(word.text), word.pattern, subject.texts

    def anywhere(item: Any) -> bool:
        return wanted in _folded_texts(*texts(item))

    def as_a_whole(item: Any) -> bool:
        return any(fnmatchcase(folded(text), pattern) for text in texts(item))

    return as_a_whole if "*" in wanted else anywhere


@lru_cache(maxsize=20_000)
def _folded_texts(*texts: str) -> str:
    """In one, which is looked through at each letter of a filter; no word goes over a line."""
    return "\n".join(map(folded, texts))


def _negated(test: Test) -> Test:
    return lambda item: not test(item)


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
