"""Addresses: which are taken, and which hold a password."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.addresses import DATABASES, database_address, holds_password


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "history.sqlite3",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///folder/",
        "sqlite:///a\nb",
        "mysql://db/history",
        "postgres://db/history",
        "postgresql://",
        "postgresql://db",
        "postgresql://db/",
        "postgresql://db:0/history",
        "postgresql://db:port/history",
        "postgresql://[db/history",
        "postgresql://db/two/names",
    ],
)
def test_what_names_no_database_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=DATABASES):
        database_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:///history.sqlite3",
        "sqlite:////var/lib/maia/history.sqlite3",
        "sqlite:///~/history.sqlite3",
        "postgresql://me:pw@db.example:5432/history?sslmode=require",
        "postgresql:///history?host=/run/postgresql",
    ],
)
def test_sqlite_and_postgresql_are_taken(address: str) -> None:
    assert database_address(address) == address


@given(st.text() | st.text("postgresql:/@?=&[]\0é"))
def test_whatever_it_is_it_is_taken_or_refused(address: str) -> None:
    told = DATABASES
    try:
        assert database_address(address).startswith(("sqlite:///", "postgresql://"))
    except ValueError as refused:
        told = str(refused)
    assert told == DATABASES
    assert holds_password(address) in (True, False)


def test_a_password_is_found_wherever_it_stands() -> None:
    assert holds_password("postgresql://me:pw@db/history")
    assert holds_password("postgresql://me@db/history?password=pw")
    assert holds_password("postgresql://me@db/history?sslpassword=pw")
    assert not holds_password("postgresql://me@db/history?sslmode=require")
    assert not holds_password("sqlite:///history.sqlite3")
