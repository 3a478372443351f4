"""An address is read forgivingly, and written as short as it can be."""

import pytest

from console.view.filter import parse_filter
from console.view.query import Query
from web.address import (
    MOST_SELECTED,
    MOST_TYPED,
    Address,
    address_from,
    address_of,
    rows_url,
)


@pytest.mark.parametrize(
    ("parameters", "address"),
    [
        ({}, Address()),
        ({"filter": "status:runing"}, Address(filter="status:runing")),
        ({"sort": "no-such", "reverse": "banana"}, Address(unknown=("no-such",))),
        ({"sort": "name", "reverse": "true"}, Address(sort="name", descending=True)),
        ({"runner": ""}, Address()),
        ({"filter": "x" * 9999}, Address(filter="x" * MOST_TYPED)),
        (
            {"columns": "support,<b>,status"},
            Address(columns=("name", "status", "support"), unknown=("<b>",)),
        ),
        ({"columns": "a,b,a,c,d", "sort": "b"}, Address(unknown=("b", "a", "c"))),
        ({"selected": "a,,b"}, Address(selected=("a", "b"))),
        ({"selected": "x," * 999}, Address(selected=("x",) * MOST_SELECTED)),
    ],
)
def test_what_is_odd_in_an_address_falls_back_to_what_is_usual(
    parameters: dict[str, str], address: Address
) -> None:
    assert address_from(parameters) == address


def test_what_is_usual_is_left_out_of_the_address() -> None:
    assert Address().url == "."
    whole = Address("a:b c", "name", True, "1", ("name", "status"), ("1", "2"))
    assert whole.url == (
        "?filter=a%3Ab+c&sort=name&reverse=true&columns=name,status&runner=1&selected=1,2"
    )


def test_a_view_is_the_same_after_it_was_saved() -> None:
    whole = Address("a:b c", "name", True, "1", ("name", "status"), ("1", "2"))
    assert address_of(whole.url) == whole
    assert address_of("https://elsewhere.example/?filter=prod") == Address("prod")
    assert address_of("nonsense") == Address()


def test_more_selected_runners_than_an_address_holds_are_left_out_of_it() -> None:
    assert Address(selected=("1",) * (MOST_SELECTED + 1)).url == "."


def test_the_rows_of_a_query_do_not_depend_on_the_open_runner() -> None:
    assert rows_url(Query(parse_filter("prod"), "name")) == "rows?filter=prod&sort=name"
