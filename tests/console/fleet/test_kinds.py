"""Which kind of runner it is decides what may be done to it."""

from dataclasses import replace

import pytest

from console.fleet.kinds import is_hosted, is_native_app, is_snowflake, is_streaming
from tests.console.fleets import HEALTHY, HOSTED, SNOWFLAKE, STREAMING


@pytest.mark.parametrize(
    "changes",
    [
        {"provider": "matillion"},
        {"provider": "matillion_hosted"},
        {"deployment": "hosted"},
        {"deployment": "matillion hosted"},
        {"kind": "hosted"},
    ],
)
def test_any_field_that_names_the_vendor_marks_a_hosted_runner(changes: dict[str, str]) -> None:
    assert is_hosted(replace(HEALTHY, **changes))  # type: ignore[arg-type]


def test_the_user_s_own_runners_are_not_hosted() -> None:
    assert not any(is_hosted(runner) for runner in (HEALTHY, STREAMING, SNOWFLAKE))
    assert not is_hosted(replace(HEALTHY, provider=None, deployment=None, kind=None))


def test_a_name_never_makes_a_runner_hosted() -> None:
    assert not is_hosted(replace(HEALTHY, name="matillion hosted", description="hosted"))


def test_kinds_are_told_apart() -> None:
    assert is_hosted(HOSTED)
    assert is_streaming(STREAMING)
    assert is_snowflake(SNOWFLAKE)
    assert is_native_app(SNOWFLAKE)
    assert not is_native_app(replace(SNOWFLAKE, deployment="spcs"))
    assert not is_native_app(HEALTHY)
