"""What a change of track means is told from both sides, as far as it is known."""

from dataclasses import replace

import pytest

from console.fleet.memory import NOTHING_REMEMBERED, Memory
from console.fleet.snapshot import Runner, Track
from console.rules.tracks import TrackAdvice, track_advice
from tests.console.fleets import HEALTHY, NOW
from tests.console.rules.ledgers import CURRENT, STABLE, memory_of

KNOWN = memory_of(
    {
        CURRENT: {"10.1288.0": "2026-09-01", "10.1301.0": "2026-09-29", "10.1303.0": "2026-10-06"},
        STABLE: {"10.1280.0": "2026-09-01", "10.1288.0": "2026-10-01"},
    }
)
ON_STABLE = replace(HEALTHY, track="stable", version="10.1288.0", latest_version="10.1288.0")


def advice(runner: Runner, track: Track, memory: Memory = KNOWN) -> TrackAdvice:
    return track_advice(runner, track, memory, NOW)


def test_from_current_to_stable_is_a_step_back_over_what_lies_between() -> None:
    found = advice(HEALTHY, Track.STABLE)
    assert found.newest == "10.1288.0"
    assert found.is_step_back is True
    assert [each.version for each in found.between] == ["10.1301.0", "10.1303.0"]


def test_from_stable_to_current_is_a_step_forward() -> None:
    found = advice(ON_STABLE, Track.CURRENT)
    assert (found.newest, found.is_step_back) == ("10.1303.0", False)


def test_the_version_of_the_other_track_itself_is_no_step() -> None:
    found = advice(replace(HEALTHY, version="10.1288.0"), Track.STABLE)
    assert (found.is_step_back, found.between) == (None, ())


@pytest.mark.parametrize("version", [None, "nightly"])
def test_an_incomparable_version_takes_no_side(version: str | None) -> None:
    found = advice(replace(HEALTHY, version=version), Track.STABLE)
    assert (found.is_step_back, found.between) == (None, ())


def test_a_track_that_no_runner_has_told_of_has_no_newest_version() -> None:
    found = advice(HEALTHY, Track.STABLE, NOTHING_REMEMBERED)
    assert (found.newest, found.is_step_back, found.between) == (None, None, ())


def test_the_next_two_releases_of_each_track_are_told_either_way() -> None:
    for track in Track:
        coming = advice(HEALTHY, track).coming
        dates = {each: [str(one.at)[:10] for one in coming[each]] for each in Track}
        assert dates[Track.CURRENT] == ["2026-10-08", "2026-10-13"]
        assert dates[Track.STABLE] == ["2026-11-01", "2026-12-01"]


@pytest.mark.parametrize(
    ("provider", "image"),
    [
        ("aws", "public.ecr.aws/matillion/etl-agent:stable"),
        ("azure", "matillion.azurecr.io/cloud-agent:stable"),
        ("gcp", "europe-docker.pkg.dev/maia-492711/maia-runners/maia-runner:stable"),
        ("oracle", ""),
        (None, ""),
    ],
)
def test_the_image_is_the_cloud_s_own_with_the_track_as_its_tag(
    provider: str | None, image: str
) -> None:
    assert advice(replace(HEALTHY, provider=provider), Track.STABLE).image == image
