"""The tree of errors is the one that is drawn, and each error says what it holds."""

import inspect
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import errors
from console.errors import (
    ApiFailed,
    ApiNonsense,
    ApiThrottled,
    ApiUnreachable,
    ConsoleError,
    CredentialsMissing,
    FilterError,
    NotFound,
    PermissionDenied,
    RequestRefused,
    SettingError,
    SignInRefused,
    Unreachability,
    UsageError,
    wrong_value,
)


def drawn_tree() -> dict[str, str]:
    """From the drawing at the top of the module: each error and its parent."""
    parents: dict[str, str] = {}
    path: list[str] = ["ConsoleError"]
    for depth, name in re.findall(r"^((?:[│ ]   )*)[├└]── (\w+)", str(errors.__doc__), re.M):
        path[len(depth) // 4 + 1 :] = [name]
        parents[name] = path[-2]
    return parents


def test_the_tree_is_the_one_that_is_drawn() -> None:
    real = {
        name: kind.__bases__[0].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, ConsoleError) and kind is not ConsoleError
    }
    assert drawn_tree() == real


@pytest.mark.parametrize(
    ("error", "may_have_arrived"),
    [
        (ApiUnreachable("dns", "h"), False),
        (ApiUnreachable("tls", "h"), False),
        (ApiUnreachable("proxy", "h"), False),
        (ApiUnreachable("connect", "h"), False),
        (ApiUnreachable("timeout", "h"), True),
        (ApiUnreachable("dropped", "h"), True),
        (ApiThrottled(None), False),
        (ApiFailed(503), True),
        (ApiNonsense("a web page"), True),
        (RequestRefused(400), False),
        (NotFound(404), False),
        (SignInRefused("no"), False),
        (PermissionDenied("no"), False),
        (CredentialsMissing("none"), False),
        (SettingError("wrong"), False),
    ],
)
def test_only_what_may_have_reached_the_api_may_have_arrived(
    error: ConsoleError, may_have_arrived: bool
) -> None:
    assert error.may_have_arrived is may_have_arrived


@pytest.mark.parametrize("kind", ["dns", "tls", "proxy", "connect", "timeout", "dropped"])
def test_what_was_not_reached_names_the_host_and_the_detail(kind: Unreachability) -> None:
    assert "eu1.example" in str(ApiUnreachable(kind, "eu1.example"))
    assert str(ApiUnreachable(kind, "h", "self-signed")).endswith(": self-signed")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (RequestRefused(409), "HTTP 409"),
        (RequestRefused(409, "Conflict"), "HTTP 409: Conflict"),
        (RequestRefused(409, "Conflict", "It is busy."), "HTTP 409: It is busy."),
        (RequestRefused(400, "", "", ("a", "b")), "HTTP 400: a; b"),
        (RequestRefused(400, "Bad", "Wrong.", ("a",)), "HTTP 400: Wrong.; a"),
        (ApiFailed(500), "HTTP 500"),
        (ApiFailed(503, "Down."), "HTTP 503: Down."),
    ],
)
def test_a_refusal_says_the_status_and_the_most_telling_words(
    error: ConsoleError, text: str
) -> None:
    assert str(error) == text


def test_a_filter_error_knows_where() -> None:
    assert FilterError("“x” is not a field.", position=4).position == 4


def test_a_wrong_value_is_named_with_the_nearest_match_and_what_is_allowed() -> None:
    error = wrong_value("a region", "eu2", ("eu1", "us1"), SettingError)
    assert isinstance(error, SettingError)
    assert str(error) == "“eu2” is not a region. Did you mean eu1? Allowed: eu1, us1."


def test_the_nearest_match_is_found_in_any_case() -> None:
    assert "Did you mean eu1?" in str(wrong_value("a region", "EU1", ("eu1", "us1")))


def test_without_a_near_match_nothing_is_guessed() -> None:
    assert str(wrong_value("a tone", "xyz", ("dark", "light"))) == (
        "“xyz” is not a tone. Allowed: dark, light."
    )


@given(value=st.text(max_size=60))
def test_whatever_was_typed_the_sentence_is_one_printable_line(value: str) -> None:
    error = wrong_value("a region", value, ("eu1", "us1"))
    assert isinstance(error, UsageError)
    assert str(error).isprintable()
