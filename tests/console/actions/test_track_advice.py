"""What is said before a track is changed, both ways round."""

from dataclasses import replace

import pytest

from console.actions.catalogue import action_by_id
from console.fleet.memory import NOTHING_REMEMBERED, Memory
from console.fleet.snapshot import Runner, Snapshot
from tests.console.fleets import HEALTHY, NOW
from tests.console.rules.ledgers import CURRENT, STABLE, memory_of

DAYS = (
    *("2026-08-27", "2026-09-01", "2026-09-03", "2026-09-08", "2026-09-10", "2026-09-15"),
    *("2026-09-17", "2026-09-22", "2026-09-24", "2026-09-29", "2026-10-01", "2026-10-06"),
)
KNOWN = memory_of(
    {
        CURRENT: {f"10.{number}.0": day for number, day in enumerate(DAYS, start=1292)},
        STABLE: {"10.1284.0": "2026-09-01", "10.1292.0": "2026-10-01"},
    }
)
ON_STABLE = replace(HEALTHY, track="stable", version="10.1292.0", latest_version="10.1292.0")
WATCHED = (
    "Until it reports a version that {} supports it is flagged here, and it may show as out of"
    " support."
)


def said(action_id: str, runner: Runner, memory: Memory = KNOWN) -> tuple[str, ...]:
    snapshot = Snapshot(runners=(runner,), taken=NOW, memory=memory)
    return action_by_id(action_id).consequences(runner, snapshot, NOW)


def test_from_current_to_stable_says_what_it_loses_and_what_comes() -> None:
    assert said("use-stable", HEALTHY) == (
        "This does not update the runner: it keeps 10.1303.0 until its image is changed.",
        "Change its image in its cloud to public.ecr.aws/matillion/etl-agent:stable, then restart"
        " it.",
        "The newest Stable version is 10.1292.0, which is older than what it runs.",
        "11 releases lie between, 10.1293.0 to 10.1303.0: pipelines built on them may not run.",
        "Stable brings a release a month, each after a month on Current, and supports it for about"
        " two months; features and fixes come later.",
        "Next Stable releases, expected: 1 Nov 2026 (10.1301.0), 1 Dec 2026.",
        "Next Current releases, expected: 8 Oct 2026, 13 Oct 2026.",
        WATCHED.format("Stable"),
    )


def test_from_stable_to_current_says_what_it_gains_and_what_comes() -> None:
    assert said("use-current", ON_STABLE) == (
        "This does not update the runner: it keeps 10.1292.0 until its image is changed.",
        "Change its image in its cloud to public.ecr.aws/matillion/etl-agent:current, then restart"
        " it.",
        "The newest Current version is 10.1303.0, which is newer than what it runs.",
        "Current brings about two releases a week, features and fixes first, and supports each for"
        " about a week; it must be updated as often.",
        "Next Current releases, expected: 8 Oct 2026, 13 Oct 2026.",
        "Next Stable releases, expected: 1 Nov 2026 (10.1301.0), 1 Dec 2026.",
        WATCHED.format("Current"),
    )


@pytest.mark.parametrize(
    ("action_id", "runner", "newest"),
    [
        (
            "use-stable",
            HEALTHY,
            "The newest Stable version is not known: no runner here follows Stable.",
        ),
        (
            "use-current",
            ON_STABLE,
            "The newest Current version is not known: no runner here follows Current.",
        ),
    ],
)
def test_a_newest_version_that_nobody_told_is_said_to_be_unknown(
    action_id: str, runner: Runner, newest: str
) -> None:
    lines = said(action_id, runner, NOTHING_REMEMBERED)
    assert newest in lines
    warns = "Pipelines built with features newer than Stable may not run on it." in lines
    assert warns is (action_id == "use-stable")


def test_a_step_back_over_unknown_releases_still_warns() -> None:
    known = memory_of({STABLE: {"10.1292.0": "2026-10-01"}})
    assert "Pipelines built with features newer than Stable may not run on it." in said(
        "use-stable", HEALTHY, known
    )


@pytest.mark.parametrize(
    ("provider", "line"),
    [
        (
            "azure",
            "Change its image in its cloud to matillion.azurecr.io/cloud-agent:stable, then restart"
            " it.",
        ),
        (
            "gcp",
            "Change its image in its cloud to"
            " europe-docker.pkg.dev/maia-492711/maia-runners/maia-runner:stable, then restart it.",
        ),
        ("oracle", "Change the image tag in its cloud to :stable, then restart it."),
        (None, "Change the image tag in its cloud to :stable, then restart it."),
    ],
)
def test_the_image_line_is_the_one_of_its_cloud(provider: str | None, line: str) -> None:
    assert said("use-stable", replace(HEALTHY, provider=provider))[1] == line


@pytest.mark.parametrize("version", [None, "nightly"])
def test_an_incomparable_version_is_not_said_to_be_older_or_newer(version: str | None) -> None:
    lines = said("use-stable", replace(HEALTHY, version=version))
    assert "The newest Stable version is 10.1292.0." in lines
    assert lines[0].startswith(f"This does not update the runner: it keeps {version or 'its'}")


def test_one_release_between_is_told_as_one() -> None:
    runner = replace(HEALTHY, version="10.1293.0")
    assert "1 release lies between, 10.1293.0: pipelines built on it may not run." in said(
        "use-stable", runner
    )


def test_where_releases_may_have_been_missed_the_number_is_the_least_there_can_be() -> None:
    known = [each for each in KNOWN.releases[CURRENT] if each.version != "10.1299.0"]
    gapped = Memory({**KNOWN.releases, CURRENT: tuple(known)})
    assert (
        "At least 10 releases lie between, 10.1293.0 to 10.1303.0: pipelines built on them may not"
        " run." in said("use-stable", HEALTHY, gapped)
    )
