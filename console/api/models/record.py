"""How records are read: camelCase on the wire, extra fields left out, and a field that cannot be
read becomes None, because one odd value must not cost the whole fleet.

The usual answer is read in one pass; only one that does not fit is taken apart.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from console.errors import ApiNonsense

Item = TypeVar("Item")
Model = TypeVar("Model")

ATTEMPTS = 5
"""How often an answer is taken apart: a value may hide another fault below it."""


class Record(BaseModel):
    """Anything the API sends. Times may come without a zone; UTC is meant then."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        populate_by_name=True,
        coerce_numbers_to_str=True,
        hide_input_in_errors=True,
        defer_build=True,
    )


class Page(Record, Generic[Item]):
    """One page of a list. `total` is None when the API does not say; documented examples show 0
    for a list that is not empty, so it is a hint and never trusted alone."""

    results: tuple[Item, ...]
    page: int | None = None
    size: int | None = None
    total: int | None = None


Text = str | None
Flag = bool | None
"""True and false, also as text."""
Moment = datetime | None


def parsed(adapter: TypeAdapter[Model], body: bytes) -> Model:
    """The record in a JSON body. A value of the wrong kind becomes None where that is allowed.

    Raises ApiNonsense for broken JSON, and when what is wrong cannot be done without.
    """
    try:
        return adapter.validate_json(body)
    except ValidationError as error:
        fault = error
    try:
        value = _loaded(body)
    except (ValueError, RecursionError):
        raise ApiNonsense("broken JSON") from None
    for _ in range(ATTEMPTS):
        for each in fault.errors(include_input=False, include_url=False):
            _blank(value, each["loc"])
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            fault = error
    first = fault.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    raise ApiNonsense(f"{where}: {first['msg']}" if where else str(first["msg"])) from None


def _loaded(body: bytes) -> Any:
    """The JSON read once more, by rules that allow half a surrogate pair; “?” stands for it, as
    nothing could print it. Raises ValueError or RecursionError."""
    text = json.dumps(json.loads(body), ensure_ascii=False)
    return json.loads(text.encode("utf-8", "replace"))


def _blank(value: Any, path: Sequence[int | str]) -> None:
    """Puts None where the path leads, as far as there is such a place."""
    for part in path[:-1]:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return
    if path and isinstance(value, dict) and path[-1] in value:
        value[path[-1]] = None
