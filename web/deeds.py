"""What was sent of a form on the settings page, and what became of it."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.access.person import Person
from console.access.refusals import refusal
from console.view.answers import Answers
from console.view.text import shown

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: of which row, "" where it is about none, and the answers by field."""

    form: str
    key: str
    answers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it: `errors` by field, under "" those of the form; else what is `said`, and a
    `secret` that is shown this once."""

    errors: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    secret: str = field(default="", repr=False)


Doing = Callable[[Person, str, Answers], Awaitable[Answer]]


async def done(
    doing: Coroutine[Any, Any, object],
    given: Answers,
    said: str,
    blamed: str = "",
    *words: str,
) -> Answer:
    """Does it, unless an answer is wrong. A refusal is put to the `blamed` field."""
    if given.errors:
        doing.close()
        return Answer(given.errors)
    refused = await refusal(doing)
    if refused:
        return Answer({blamed: refused})
    return Answer(said=said.format(*(shown(word, LONGEST_NAME) for word in words)))
