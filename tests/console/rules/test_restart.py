"""A restart's effect on the version is forecast before anyone presses it."""

from dataclasses import replace

import pytest

from console.actions.restart import version_sentence
from console.fleet.snapshot import Runner
from console.rules.restart import RestartEffect, RestartForecast, restart_forecast
from tests.console.fleets import HEALTHY, HOSTED, SNOWFLAKE

OLD = replace(HEALTHY, version="10.1302.0")


@pytest.mark.parametrize(
    ("runner", "forecast"),
    [
        (OLD, RestartForecast(RestartEffect.MOVES, "10.1302.0", "10.1303.0")),
        (HEALTHY, RestartForecast(RestartEffect.NOTHING, "10.1303.0")),
        (
            replace(HEALTHY, version="10.1304.0"),
            RestartForecast(RestartEffect.UNKNOWN, "10.1304.0", "10.1303.0", "ahead"),
        ),
        (
            replace(HEALTHY, version="nightly"),
            RestartForecast(RestartEffect.UNKNOWN, "nightly", "10.1303.0", "not_comparable"),
        ),
        (
            replace(HEALTHY, version=None),
            RestartForecast(RestartEffect.UNKNOWN, reason="no_version"),
        ),
        (
            replace(HEALTHY, latest_version=None),
            RestartForecast(RestartEffect.UNKNOWN, reason="no_latest"),
        ),
        (HOSTED, RestartForecast(RestartEffect.UNKNOWN, reason="hosted")),
        (SNOWFLAKE, RestartForecast(RestartEffect.UNKNOWN, reason="vendor_managed")),
        (
            replace(SNOWFLAKE, deployment=None),
            RestartForecast(RestartEffect.UNKNOWN, reason="vendor_managed"),
        ),
        (
            replace(SNOWFLAKE, deployment="spcs", version="10.1302.0"),
            RestartForecast(RestartEffect.MOVES, "10.1302.0", "10.1303.0"),
        ),
    ],
)
def test_the_forecast_follows_from_versions_and_platform(
    runner: Runner, forecast: RestartForecast
) -> None:
    assert restart_forecast(runner) == forecast


@pytest.mark.parametrize(
    ("runner", "sentence"),
    [
        (
            OLD,
            "It is expected to come back on 10.1303.0 instead of 10.1302.0, unless its image is"
            " pinned.",
        ),
        (HEALTHY, "Its version stays 10.1303.0, the latest of its track."),
        (
            replace(HEALTHY, version="10.1304.0"),
            "It runs 10.1304.0, ahead of 10.1303.0, the latest of its track; a restart may take it"
            " back.",
        ),
        (
            replace(HEALTHY, version=None),
            "Whether its version changes cannot be known: it has not reported one.",
        ),
        (
            replace(HEALTHY, latest_version=None),
            "Whether its version changes cannot be known: the latest of its track is not known.",
        ),
        (
            replace(HEALTHY, version="nightly"),
            "Whether its version changes cannot be known: nightly and 10.1303.0 cannot be"
            " compared.",
        ),
        (
            SNOWFLAKE,
            "Its version does not change: Snowflake upgrades the app once a month.",
        ),
    ],
)
def test_the_forecast_is_told_in_one_sentence(runner: Runner, sentence: str) -> None:
    assert version_sentence(restart_forecast(runner)) == sentence
