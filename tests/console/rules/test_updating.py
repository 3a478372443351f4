"""Why a runner is not on the newest version: one cause each, the first that holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.fleet.memory import Lesson, Memory
from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import assess
from console.rules.updating import AUTO_UPDATE_GRACE, Cause
from console.view.version_words import CAUSES, cause_words
from tests.console.fleets import HEALTHY, HOSTED, NOW, SNOWFLAKE
from tests.console.rules.ledgers import CURRENT, memory_of

OLD = replace(HEALTHY, version="10.1302.0", update_available=True)
OUT = NOW - timedelta(days=1)
PINNED = Lesson(unmoved=OUT, unmoved_version="10.1302.0")
CHANGED = Lesson(track_changed=OUT, track_left="stable")
BOTH = replace(PINNED, track_changed=NOW, track_left="stable")


def why(runner: Runner, lesson: Lesson | None = None, memory: Memory | None = None) -> object:
    known = memory or Memory()
    if lesson is not None:
        known = replace(known, lessons={runner.id: lesson})
    snapshot = Snapshot(runners=(runner,), taken=NOW, memory=known)
    found = assess(runner, snapshot, NOW).judged.why
    return None if found is None else (found.cause, found.since)


@pytest.mark.parametrize(
    ("changes", "lesson", "cause", "since"),
    [
        ({}, CHANGED, Cause.TRACK_CHANGED, OUT),
        ({}, BOTH, Cause.TRACK_CHANGED, NOW),
        ({}, PINNED, Cause.PINNED, OUT),
        ({"auto_updates": False}, PINNED, Cause.PINNED, OUT),
        ({"connected": False}, PINNED, Cause.PINNED, OUT),
        ({"auto_updates": False}, None, Cause.AUTO_OFF, None),
        ({"auto_updates": False, "status": "paused"}, None, Cause.AUTO_OFF, None),
        ({"status": "stopping"}, None, Cause.DRAINING, None),
        ({"status": "pausing", "connected": False}, None, Cause.DRAINING, None),
        ({"connected": False}, None, Cause.OFFLINE, None),
        ({"status": "stopped"}, None, Cause.OFFLINE, None),
        ({"status": "pending"}, None, Cause.OFFLINE, None),
        ({"status": "unknown"}, None, Cause.OFFLINE, None),
        ({"status": "paused", "connected": False}, None, Cause.OFFLINE, None),
        ({"status": "paused"}, None, Cause.PAUSED, None),
        ({"auto_updates": None}, None, Cause.UNKNOWN, None),
        ({"latest_released": None}, None, Cause.UNKNOWN, None),
        ({"version": None}, None, Cause.UNKNOWN, None),
        ({"version": "nightly"}, None, Cause.UNKNOWN, None),
        ({}, None, Cause.SETTLING, OUT),
        (
            {"latest_released": NOW - AUTO_UPDATE_GRACE},
            None,
            Cause.STALE_IMAGE,
            NOW - AUTO_UPDATE_GRACE,
        ),
    ],
)
def test_the_first_cause_that_holds_is_told_with_its_date(
    changes: dict[str, object], lesson: Lesson | None, cause: Cause, since: object
) -> None:
    assert why(replace(OLD, **changes), lesson) == (cause, since)  # type: ignore[arg-type]


def test_what_the_vendor_updates_is_the_vendor_s_business() -> None:
    old = {"version": "10.1200.0", "update_available": True, "auto_updates": False}
    assert why(replace(HOSTED, **old)) == (Cause.HOSTED, None)  # type: ignore[arg-type]
    assert why(replace(SNOWFLAKE, **old)) == (Cause.SNOWFLAKE, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "runner",
    [
        HEALTHY,
        replace(HEALTHY, auto_updates=False),
        replace(HEALTHY, version="10.1400.0"),
        replace(HEALTHY, version="nightly"),
        replace(HEALTHY, version=None, update_available=None),
    ],
)
def test_without_anything_newer_there_is_nothing_to_explain(runner: Runner) -> None:
    assert why(runner) is None


def test_a_missed_release_is_counted_from_the_first_one_that_is_known() -> None:
    known = memory_of(
        {CURRENT: {"10.1302.0": "2026-09-29", "10.1302.5": "2026-10-01", "10.1303.0": "2026-10-06"}}
    )
    first_missed = known.releases[CURRENT][1].out_since
    assert why(OLD, memory=known) == (Cause.STALE_IMAGE, first_missed)


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_has_a_sentence_and_a_remedy(cause: Cause) -> None:
    words = CAUSES[cause]
    assert words.sentence.endswith(".")
    assert words.remedy.endswith(".")


def test_a_cause_with_a_date_says_it() -> None:
    runner = replace(OLD, latest_released=NOW - timedelta(days=5))
    words = cause_words(assess(runner, Snapshot(runners=(runner,)), NOW))
    assert words is not None
    assert words.sentence == "Auto-update is on, yet it has missed releases since 2 Oct 2026."
