"""The audit in words, its filter in an address, and its file."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.access.audit import AuditEntry, AuditPage, AuditQuery, Outcome, What
from console.view.audit import (
    COLUMNS,
    EMPTY,
    NONE_PASSES,
    OUTCOMES,
    WORDS,
    AuditFilter,
    audit_csv,
    audit_fields,
    audit_filter,
    audit_view,
)

AT = datetime(2026, 10, 7, 22, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ENTRY = AuditEntry(AT, "ada", "operator", "192.0.2.7", What.ACTION, "prod-eu", "restart", plan="p1")


def test_everything_that_is_recorded_has_its_words() -> None:
    assert set(WORDS) == set(What)
    assert set(OUTCOMES) == set(Outcome)
    assert all(cell.text and cell.symbol and cell.ascii_symbol for cell in OUTCOMES.values())


def test_entries_stand_under_their_day_in_the_order_they_come() -> None:
    page = AuditPage((ENTRY, replace(ENTRY, at=AT.replace(hour=8))), before=7)
    view = audit_view(page, AuditFilter(), BERLIN)
    assert [day.title for day in view.days] == ["Thu 8 Oct 2026", "Wed 7 Oct 2026"]
    line = view.days[0].lines[0]
    assert (line.clock, line.utc) == ("00:30 CEST", "Wed 7 Oct 22:30 UTC")
    assert (line.who, line.what, line.target) == (
        "ada (operator)",
        "agreed to an action",
        "prod-eu",
    )
    assert line.outcome.said == "✓ done"
    assert (view.before, view.note.text) == (7, "")


def test_what_is_missing_is_said() -> None:
    assert audit_view(AuditPage(), AuditFilter(), UTC).note.text == EMPTY
    assert audit_view(AuditPage(), AuditFilter(who="x"), UTC).note.text == NONE_PASSES
    assert audit_view(AuditPage(problem="No."), AuditFilter(), UTC).note.said == "! No."
    line = audit_view(AuditPage((replace(ENTRY, who="", role=""),)), AuditFilter(), UTC)
    assert line.days[0].lines[0].who == "nobody signed in"


def test_an_entry_of_a_newer_version_is_shown_as_it_is() -> None:
    odd = replace(ENTRY, what="moon\x1blanding", outcome="maybe", role="king")
    line = audit_view(AuditPage((odd,)), AuditFilter(), UTC).days[0].lines[0]
    assert (line.what, line.outcome.said) == ("moon␛landing", "? maybe")


def test_a_filter_goes_into_an_address_and_comes_back() -> None:
    wanted = AuditFilter("ada", What.ACTION, "prod", "refused", "2026-10-01", "2026-10-31")
    assert audit_filter(wanted.parameters) == wanted
    assert wanted.query(BERLIN) == AuditQuery(
        "ada",
        "action",
        "prod",
        "refused",
        datetime(2026, 9, 30, 22, tzinfo=UTC),
        datetime(2026, 10, 31, 23, tzinfo=UTC),
    )
    assert AuditFilter().parameters == {}
    assert AuditFilter().query(UTC) == AuditQuery()


@pytest.mark.parametrize("day", ["", "x", "2026-13-01", "0001-01-01", "9999-12-31", "2026-1-1"])
def test_a_day_that_is_none_is_left_out(day: str) -> None:
    assert audit_filter({"since": day, "until": day}) == AuditFilter()


@given(st.dictionaries(st.sampled_from([*COLUMNS, "since", "until", "x"]), st.text()))
def test_whatever_stands_in_an_address_makes_a_filter(parameters: dict[str, str]) -> None:
    wanted = audit_filter(parameters)
    assert audit_filter(wanted.parameters) == wanted
    wanted.query(BERLIN)
    chosen = {each.name: each.value for each in audit_fields(wanted)}
    assert {name: value for name, value in chosen.items() if value} == wanted.parameters


def test_what_is_chosen_can_be_seen_also_where_it_is_odd() -> None:
    fields = {each.name: each for each in audit_fields(AuditFilter(what="moon-landing"))}
    assert "moon-landing" in [option.value for option in fields["what"].options]


texts = st.text(st.characters(exclude_categories=()), max_size=60)


@given(who=texts, target=texts, detail=texts, address=texts, what=texts)
def test_no_cell_of_the_file_is_a_formula_or_breaks_a_line(**said: str) -> None:
    entry = AuditEntry(AT, role="", **said)
    rows = list(csv.reader(StringIO(audit_csv([entry, ENTRY]), newline="")))
    assert rows[0] == list(COLUMNS)
    assert len(rows) == 3
    assert rows[2][0] == "2026-10-07T22:30:00+00:00"
    for cell in rows[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) <= 0x9F for letter in cell)
