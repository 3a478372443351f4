"""What can be asked for: the parameters of each request, checked before anything is looked up."""

from typing import Annotated, Literal

from fastapi import Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from console.errors import FilterError
from console.view.columns import COLUMNS_WITH_ACCOUNT
from console.view.filter import parse_filter
from console.view.query import Query
from web.api.problems import Fault, wrong

MOST_TYPED = 500
MOST_TERMS = 20
MOST_AT_ONCE = 1000
USUAL = 100
FARTHEST = 1_000_000
LONGEST_ID = 200

ORDERS = tuple(column.key for column in COLUMNS_WITH_ACCOUNT)


def _known_order(key: str) -> str:
    if key not in ORDERS:
        raise ValueError(f"Allowed: {', '.join(ORDERS)}")
    return key


FilterText = Annotated[
    str,
    Field(
        max_length=MOST_TYPED,
        description="Which runners, in the grammar of every face of the console:"
        " `status:running track:stable -auto:on prod`. Empty means all.",
        examples=["support:unsupported,ending", "leaves<14d -name:test*"],
        json_schema_extra={"format": "maia-filter"},
    ),
]


class SummaryAsked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    filter: FilterText = ""


class RunnersAsked(SummaryAsked):
    sort: Annotated[
        str,
        AfterValidator(_known_order),
        Field(description="A column.", json_schema_extra={"enum": list(ORDERS)}),
    ] = "attention"
    order: Annotated[
        Literal["asc", "desc"],
        Field(description="Of `attention`, ascending means the worst first."),
    ] = "asc"
    offset: Annotated[int, Field(ge=0, le=FARTHEST, description="How many to leave out.")] = 0
    limit: Annotated[int, Field(ge=1, le=MOST_AT_ONCE, description="How many at most.")] = USUAL


class NothingAsked(BaseModel):
    """For requests that have no parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def query_of(asked: SummaryAsked) -> Query:
    """Raises Refusal with the place of the fault for a filter that cannot be read."""
    if len(asked.filter.split()) > MOST_TERMS:
        detail = f"A filter can have {MOST_TERMS} terms at most."
        raise wrong([Fault(where="filter", detail=detail, position=None)])
    try:
        parsed = parse_filter(asked.filter)
    except FilterError as error:
        fault = Fault(where="filter", detail=str(error), position=error.position)
        raise wrong([fault]) from None
    if isinstance(asked, RunnersAsked):
        return Query(parsed, asked.sort, asked.order == "desc")
    return Query(parsed)


def once_each(request: Request) -> None:
    """Raises Refusal for a parameter that is given twice, of which only one could count."""
    names = [name for name, _ in request.query_params.multi_items()]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    if twice:
        raise wrong(
            Fault(where=name[:LONGEST_ID], detail="It is given twice.", position=None)
            for name in list(twice)[:10]
        )
