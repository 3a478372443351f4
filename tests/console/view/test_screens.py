"""Screens as lists, and their options as an admin types them."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.access.screen_codes import VALID, Waiting
from console.access.screens import Screen, screen_options_fault
from console.view.screens import (
    new_screen_form,
    options_from,
    options_text,
    screens_listing,
    waiting_listing,
)
from console.view.text import shown
from tests.console.fleets import NOW

LOBBY = Screen(
    "s1",
    "Lobby",
    "ada",
    NOW,
    {"size": "8", "theme": "light"},
    "192.0.2.7",
    "0.1.0",
    opened=NOW,
    seen=NOW - timedelta(seconds=5),
)


def cells(screen: Screen) -> list[str]:
    return [cell.text for cell in screens_listing((screen,), NOW, UTC).rows[0].cells]


def deeds(screen: Screen) -> list[str]:
    return [deed.id for deed in screens_listing((screen,), NOW, UTC).rows[0].deeds]


def test_a_screen_in_use_says_where_it_is_and_can_be_set_and_switched_off() -> None:
    assert cells(LOBBY) == [
        "Lobby",
        "in use",
        "now",
        "192.0.2.7",
        "0.1.0",
        "size=8&theme=light",
        "ada",
    ]
    assert deeds(LOBBY) == ["screen-set", "screen-revoke"]
    (deed, _) = screens_listing((LOBBY,), NOW, UTC).rows[0].deeds
    assert [each.value for each in deed.form.fields] == ["Lobby", "size=8&theme=light"]


def test_a_screen_that_is_silent_says_since_when() -> None:
    silent = replace(LOBBY, seen=NOW - timedelta(hours=3), version="", options={})
    assert cells(silent)[2:6] == ["3 h ago", "192.0.2.7", "–", "as usual"]
    (row,) = screens_listing((silent,), NOW, UTC).rows
    assert row.cells[2].tone == "warning"


def test_a_screen_that_is_off_or_never_came_can_only_be_taken_off_the_list() -> None:
    revoked = replace(LOBBY, revoked=NOW, revoked_by="ada")
    missed = replace(LOBBY, opened=None, seen=None, made=NOW - timedelta(hours=1))
    expected = replace(LOBBY, opened=None, seen=None)
    assert [cells(each)[1] for each in (revoked, missed, expected)] == [
        "switched off",
        "never came",
        "is expected",
    ]
    assert deeds(revoked) == deeds(missed) == ["screen-remove"]
    assert deeds(expected) == ["screen-set", "screen-revoke"]


def test_who_shows_a_code_is_told_and_the_code_is_not() -> None:
    waiting = Waiting("K7M4PX", "d" * 64, "192.0.2.9", "Kiosk\x1b[2J", NOW, NOW + VALID)
    listing = waiting_listing((waiting,), NOW)
    (row,) = listing.rows
    assert [cell.text for cell in row.cells] == ["192.0.2.9", "Kiosk␛[2J", "10 min"]
    assert "K7M4PX" not in repr(listing)
    assert "K7M4PX" not in repr(waiting)
    assert [each.name for each in new_screen_form().fields] == ["code", "name", "options"]


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("", {}),
        ("  ", {}),
        ("size=8", {"size": "8"}),
        ("?size=8&theme=light", {"size": "8", "theme": "light"}),
        ("https://console.example/maia/wall?size=3&codes=off", {"size": "3", "codes": "off"}),
        ("filter=status%3Arunning+prod", {"filter": "status:running prod"}),
        ("filter=name:ä&zone=Europe/Berlin", {"filter": "name:ä", "zone": "Europe/Berlin"}),
    ],
)
def test_options_are_typed_as_in_the_address_of_a_wall(typed: str, options: dict[str, str]) -> None:
    assert options_from(typed) == (options, "")
    assert options_from(options_text(options)) == (options, "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("size", "Options are typed as in a wall's address"),
        ("size=8&theme", "Options are typed as in a wall's address"),
        ("size=9", "“9” is not a value of size: 3, 5 or 8."),
        ("sise=8", "“sise” is not an option of the wall. There are: size, "),
        ("filter=status:runing", "The filter is wrong: "),
        ("filter=%ff", "Options are typed as in a wall's address"),
        ("zone=../../etc/passwd", "is not a value of zone"),
        ("&".join(f"a{number}=1" for number in range(99)), "Options are typed"),
        ("size=%00", "is not a value of size"),
    ],
)
def test_what_is_wrong_with_options_is_said_in_a_sentence(typed: str, said: str) -> None:
    assert said in options_from(typed)[1]


@given(st.text(max_size=300) | st.text("size=8&?%;+filtr:", max_size=60))
def test_whatever_is_typed_is_taken_or_refused_in_a_line(typed: str) -> None:
    options, fault = options_from(typed)
    assert fault == shown(fault, 500)
    if not fault and not screen_options_fault(options):
        assert options_from(options_text(options)) == (options, "")
