"""An address is read forgivingly, and written as short as it can be."""

import pytest

from console.view.filter import parse_filter
from console.view.query import Query
from web.address import MOST_TYPED, Address, address_from, rows_url


@pytest.mark.parametrize(
    ("parameters", "address"),
    [
        ({}, Address()),
        ({"filter": "status:runing"}, Address(filter="status:runing")),
        ({"sort": "no-such-column", "reverse": "banana"}, Address()),
        ({"sort": "name", "reverse": "true"}, Address(sort="name", descending=True)),
        ({"runner": ""}, Address()),
        ({"filter": "x" * 9999}, Address(filter="x" * MOST_TYPED)),
    ],
)
def test_what_is_odd_in_an_address_falls_back_to_what_is_usual(
    parameters: dict[str, str], address: Address
) -> None:
    assert address_from(parameters) == address


def test_what_is_usual_is_left_out_of_the_address() -> None:
    assert Address().url == "/"
    assert Address("a:b c", "name", True, "1").url == (
        "/?filter=a%3Ab+c&sort=name&reverse=true&runner=1"
    )


def test_the_rows_of_a_query_do_not_depend_on_the_open_runner() -> None:
    assert rows_url(Query(parse_filter("prod"), "name")) == "/rows?filter=prod&sort=name"
