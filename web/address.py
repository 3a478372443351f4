"""What a page's address says: filter, order, columns, the open runner and the selected ones. An
address is typed by people and sent on, so that anything odd in it falls back to what is usual
instead of failing."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from console.view.columns import COLUMNS_WITH_ACCOUNT
from console.view.query import Query

MOST_TYPED = 500
"""Characters of a filter that are taken from a browser."""

MOST_SELECTED = 100
"""Selected runners that an address names; more than that stay in their tab."""

MOST_UNKNOWN = 3
"""Names of an address that are no columns, of which something is said."""

LONGEST_ADDRESS = 16_000
"""Characters of a saved view that are looked at."""

USUAL_ORDER = "attention"
ORDERS = frozenset(column.key for column in COLUMNS_WITH_ACCOUNT)
KEYS = tuple(column.key for column in COLUMNS_WITH_ACCOUNT)
ALL = "all"


@dataclass(frozen=True, slots=True)
class Address:
    """`filter` is the text as it was typed, right or wrong. `runner` is the id of the open one.
    `columns` are the keys of those to show, none for as many as fit. `selected` are runners' ids;
    `("all",)` are all that match. `unknown` are names in it that should be columns, and are
    none."""

    filter: str = ""
    sort: str = USUAL_ORDER
    descending: bool = False
    runner: str | None = None
    columns: tuple[str, ...] = ()
    selected: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The page's own address without what is usual anyway; relative, so that it holds behind a
        path prefix."""
        selected = self.selected if len(self.selected) <= MOST_SELECTED else ()
        told = self._parameters | {
            "columns": ",".join(self.columns),
            "runner": self.runner or "",
            "selected": ",".join(selected),
        }
        return _joined("", told) or "."

    @property
    def _parameters(self) -> dict[str, str]:
        return {
            "filter": self.filter,
            "sort": "" if self.sort == USUAL_ORDER else self.sort,
            "reverse": "true" if self.descending else "",
        }


def address_from(parameters: Mapping[str, str]) -> Address:
    sort, columns = parameters.get("sort", ""), parameters.get("columns", "").split(",")
    named = dict.fromkeys(name for name in (sort, *columns) if name)
    return Address(
        filter=parameters.get("filter", "")[:MOST_TYPED],
        sort=sort if sort in ORDERS else USUAL_ORDER,
        descending=parameters.get("reverse", "") in ("true", "1"),
        runner=parameters.get("runner") or None,
        columns=columns_from(columns),
        selected=tuple(filter(None, parameters.get("selected", "").split(",")[:MOST_SELECTED])),
        unknown=tuple(name for name in named if name not in ORDERS)[:MOST_UNKNOWN],
    )


def address_of(text: str) -> Address:
    """The same of an address as text, such as "?filter=prod"."""
    said = text[:LONGEST_ADDRESS].partition("?")[2]
    return address_from(dict(parse_qsl(said)))


def columns_from(keys: object) -> tuple[str, ...]:
    """Those of the keys that are columns, in the table's own order; the name is always among
    them, unless there are none."""
    asked = [key for key in keys if isinstance(key, str)] if isinstance(keys, (list, tuple)) else []
    wanted = {"name", *asked} if ORDERS.intersection(asked) else set()
    return tuple(key for key in KEYS if key in wanted)


def rows_url(query: Query) -> str:
    """Where all rows of a query are, from the page's own address."""
    address = Address(query.filter.text, query.sort, query.descending)
    return _joined("rows", address._parameters)


def _joined(path: str, parameters: Mapping[str, str]) -> str:
    said = urlencode({name: value for name, value in parameters.items() if value}, safe=",")
    return f"{path}?{said}" if said else path
