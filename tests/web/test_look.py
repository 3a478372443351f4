"""What a tab looks at turns into the next by what is asked for, and into an address and back."""

from dataclasses import replace

import pytest

from web.address import MOST_TYPED, Address, address_of
from web.look import Look, look_at

USUAL = look_at(Address())
TYPED = Address("track:stable", "name", True, "r-1", ("name", "status"), ("r-2",))


def test_an_address_comes_back_but_for_what_is_selected() -> None:
    assert look_at(TYPED).address(("r-2",)) == TYPED


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("name", ("name", False)),
        ("attention", ("attention", True)),
        ("no column", ("attention", False)),
        ("", ("attention", False)),
    ],
)
def test_an_order_is_turned_round_when_it_is_asked_for_again(
    key: str, order: tuple[str, bool]
) -> None:
    look = USUAL.sorted_by(key)
    assert (look.sort, look.descending) == order


def test_a_filter_that_does_not_parse_leaves_the_last_one_in_force() -> None:
    right = USUAL.filtered_by("track:stable")
    wrong = right.filtered_by("track:stable status:")
    assert wrong.query == right.query
    assert wrong.typing.text == "track:stable status:"
    assert len(USUAL.filtered_by("x" * 9_000).typing.text) == MOST_TYPED


def test_a_saved_view_brings_filter_order_and_columns_and_leaves_the_open_runner() -> None:
    looking = replace(USUAL, runner="r-9")
    saved = address_of("?filter=track:agile&sort=track&columns=status&runner=r-1&selected=all")
    look: Look = looking.of_view(saved)
    assert look.query == look_at(saved).query
    assert (look.columns, look.runner) == (("name", "status"), "r-9")
