"""A restart's effect on the version is forecast before anyone presses it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.actions.restart import version_sentence
from console.fleet.memory import NOTHING_LEARNT, Lesson
from console.fleet.snapshot import Runner
from console.rules.restart import RestartEffect, RestartForecast, is_armed, restart_forecast
from tests.console.fleets import HEALTHY, HOSTED, NOW, SNOWFLAKE

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


SEEN = NOW - timedelta(days=3)
PINNED = Lesson(unmoved=SEEN, unmoved_version="10.1302.0")
CHANGED = Lesson(track_changed=SEEN, track_left="stable")


@pytest.mark.parametrize(
    ("runner", "lesson", "reason", "words"),
    [
        (
            OLD,
            PINNED,
            "pinned",
            "Its version probably stays 10.1302.0: it came back from a restart on 4 Oct 2026"
            " without taking 10.1303.0, so its image is probably pinned.",
        ),
        (
            OLD,
            CHANGED,
            "track_changed",
            "Whether its version changes cannot be known: its track changed on 4 Oct 2026, and its"
            " image tag may still be the old one.",
        ),
        (OLD, replace(PINNED, track_changed=SEEN), "track_changed", None),
        (replace(HEALTHY, version="10.1400.0"), CHANGED, "track_changed", None),
        (OLD, Lesson(away_version="10.1302.0"), "", None),
    ],
)
def test_what_was_learnt_of_a_runner_makes_a_move_doubtful(
    runner: Runner, lesson: Lesson, reason: str, words: str | None
) -> None:
    forecast = restart_forecast(runner, lesson)
    assert forecast.reason == reason
    assert forecast.seen == (SEEN if reason else None)
    assert forecast.effect is (RestartEffect.UNKNOWN if reason else RestartEffect.MOVES)
    assert words is None or version_sentence(forecast) == words


def test_what_was_learnt_makes_nothing_doubtful_where_there_is_nothing_newer() -> None:
    assert restart_forecast(HEALTHY, PINNED).effect is RestartEffect.NOTHING
    assert restart_forecast(HOSTED, PINNED).reason == "hosted"
    assert restart_forecast(SNOWFLAKE, CHANGED).reason == "vendor_managed"


@pytest.mark.parametrize(
    ("changes", "lesson", "armed"),
    [
        ({"auto_updates": False}, NOTHING_LEARNT, True),
        ({"auto_updates": False, "status": "paused"}, NOTHING_LEARNT, True),
        ({"auto_updates": True}, NOTHING_LEARNT, False),
        ({"auto_updates": None}, NOTHING_LEARNT, False),
        ({"auto_updates": False}, PINNED, False),
        ({"auto_updates": False}, CHANGED, False),
        ({"auto_updates": False, "version": "10.1303.0"}, NOTHING_LEARNT, False),
        ({"auto_updates": False, "version": "10.1400.0"}, NOTHING_LEARNT, False),
        ({"auto_updates": False, "version": None}, NOTHING_LEARNT, False),
        ({"auto_updates": False, "provider": "snowflake"}, NOTHING_LEARNT, True),
        (
            {"auto_updates": False, "provider": "snowflake", "deployment": "native app"},
            NOTHING_LEARNT,
            False,
        ),
    ],
)
def test_one_is_armed_when_updates_are_off_yet_any_restart_is_expected_to_bring_one(
    changes: dict[str, object], lesson: Lesson, armed: bool
) -> None:
    runner = replace(OLD, **changes)  # type: ignore[arg-type]
    assert is_armed(runner, restart_forecast(runner, lesson)) is armed
