"""What a page's address says: filter, order and the open runner. An address is typed by people and
sent on, so that anything odd in it falls back to what is usual instead of failing."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from console.view.columns import COLUMNS_WITH_ACCOUNT
from console.view.query import Query

MOST_TYPED = 500
"""Characters of a filter that are taken from a browser."""

USUAL_ORDER = "attention"
ORDERS = frozenset(column.key for column in COLUMNS_WITH_ACCOUNT)


@dataclass(frozen=True, slots=True)
class Address:
    """`filter` is the text as it was typed, right or wrong. `runner` is the id of the open one."""

    filter: str = ""
    sort: str = USUAL_ORDER
    descending: bool = False
    runner: str | None = None

    @property
    def url(self) -> str:
        """The page's own address, without what is usual anyway."""
        return _joined("/", self._parameters | {"runner": self.runner or ""})

    @property
    def _parameters(self) -> dict[str, str]:
        return {
            "filter": self.filter,
            "sort": "" if self.sort == USUAL_ORDER else self.sort,
            "reverse": "true" if self.descending else "",
        }


def address_from(parameters: Mapping[str, str]) -> Address:
    sort = parameters.get("sort", "")
    return Address(
        filter=parameters.get("filter", "")[:MOST_TYPED],
        sort=sort if sort in ORDERS else USUAL_ORDER,
        descending=parameters.get("reverse", "") in ("true", "1"),
        runner=parameters.get("runner") or None,
    )


def rows_url(query: Query) -> str:
    """Where all rows of a query are."""
    address = Address(query.filter.text, query.sort, query.descending)
    return _joined("/rows", address._parameters)


def _joined(path: str, parameters: Mapping[str, str]) -> str:
    said = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{said}" if said else path
