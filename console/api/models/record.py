"""How records are read: camelCase on the wire, extra fields left out, and a field that cannot be
read becomes None, because one odd value must not cost the whole fleet."""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WrapValidator
from pydantic.alias_generators import to_camel
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

Item = TypeVar("Item")


class Record(BaseModel):
    """Anything the API sends."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True
    )


class Page(Record, Generic[Item]):
    """One page of a list. `total` is None when the API does not say; documented examples show 0
    for a list that is not empty, so it is a hint and never trusted alone."""

    results: tuple[Item, ...]
    page: int = 0
    size: int = 0
    total: int | None = None


def _or_none(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError:
        return None


def _aware(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _text(value: Any) -> Any:
    return value if isinstance(value, str) or value is None else str(value)


Text = Annotated[str | None, BeforeValidator(_text)]
Flag = Annotated[bool | None, WrapValidator(_or_none)]
"""True and false, also as text; None for anything else."""
Moment = Annotated[datetime | None, WrapValidator(lambda v, read: _aware(_or_none(v, read)))]
"""A time with its zone, UTC where none is given; None for anything that is no time."""
