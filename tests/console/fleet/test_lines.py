"""Which releases a version is one of follows from kind, platform and track."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.lines import Family, Line, line_from, line_of
from console.fleet.snapshot import Runner
from tests.console.fleets import HEALTHY, HOSTED, SNOWFLAKE, STREAMING


@pytest.mark.parametrize(
    ("runner", "line"),
    [
        (HEALTHY, Line(Family.MAIA, "current")),
        (replace(HEALTHY, track="stable"), Line(Family.MAIA, "stable")),
        (replace(HEALTHY, track="beta"), Line(Family.MAIA, "beta")),
        (replace(HEALTHY, kind=None, provider=None, deployment=None), Line(Family.MAIA, "current")),
        (HOSTED, Line(Family.MAIA, "current")),
        (STREAMING, Line(Family.STREAMING, "current")),
        (SNOWFLAKE, Line(Family.SNOWFLAKE, "current")),
        (replace(SNOWFLAKE, deployment=None), Line(Family.SNOWFLAKE, "current")),
        (replace(SNOWFLAKE, deployment="spcs"), Line(Family.MAIA, "current")),
        (replace(HEALTHY, track=None), None),
        (replace(SNOWFLAKE, track=None), None),
    ],
)
def test_a_runner_s_line_is_its_family_s_track(runner: Runner, line: Line | None) -> None:
    assert line_of(runner) == line


@given(st.sampled_from(Family), st.text())
def test_a_line_is_read_back_from_its_key_whatever_its_track_is_called(
    family: Family, track: str
) -> None:
    line = Line(family, track)
    assert line_from(line.key) == line


@pytest.mark.parametrize("key", ["", "maia", "martian/current", "/current"])
def test_a_key_that_no_line_has_gives_none(key: str) -> None:
    assert line_from(key) is None
