"""The order that is asked for, and how it changes."""

from console.view.filter import parse_filter
from console.view.query import Query

COLUMNS = ("name", "status", "attention")


def test_the_same_column_again_is_the_other_way_round() -> None:
    first = Query().sorted_by("name")
    assert (first.sort, first.descending) == ("name", False)
    assert first.sorted_by("name").descending
    assert not first.sorted_by("name").sorted_by("status").descending


def test_the_next_column_follows_and_after_the_last_comes_the_first() -> None:
    assert Query().sorted_by_next(COLUMNS).sort == "name"
    assert Query(sort="name", descending=True).sorted_by_next(COLUMNS) == Query(sort="status")
    assert Query(sort="account").sorted_by_next(COLUMNS).sort == "name"


def test_where_a_column_is_gone_the_order_is_the_usual_one_and_the_filter_stays() -> None:
    asked = Query(parse_filter("prod"), "account", descending=True)
    assert asked.for_columns((*COLUMNS, "account")) is asked
    assert asked.for_columns(COLUMNS) == Query(parse_filter("prod"))
