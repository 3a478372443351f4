"""What is found of a version, where a memory of its track's releases is there to judge it by."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.fleet.memory import NOTHING_LEARNT, Lesson
from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import assess
from console.rules.findings import Severity
from console.view.words import finding_words
from tests.console.fleets import HEALTHY, HOSTED, NOW
from tests.console.rules.ledgers import CURRENT, STABLE, memory_of

LONG_OUT = NOW - timedelta(days=5)
KNOWN = memory_of(
    {
        CURRENT: {"10.1302.0": "2026-10-01", "10.1303.0": "2026-10-06"},
        STABLE: {"10.1280.0": "2026-09-01", "10.1288.0": "2026-10-01"},
    }
)
BY_HAND = replace(HEALTHY, auto_updates=False, version="10.1302.0")
ON_STABLE = replace(BY_HAND, track="stable", version="10.1280.0", latest_version="10.1288.0")
PINNED = Lesson(unmoved=LONG_OUT, unmoved_version="10.1302.0")
CHANGED = Lesson(track_changed=LONG_OUT, track_left="current")


def version_findings(runner: Runner, lesson: Lesson = NOTHING_LEARNT) -> list[tuple[str, Severity]]:
    """Those that need a memory, without the one that says only that there is an update."""
    snapshot = Snapshot(runners=(runner,), memory=replace(KNOWN, lessons={runner.id: lesson}))
    found = assess(runner, snapshot, NOW).findings
    return [(each.code, each.severity) for each in found if each.code != "update_available"]


@pytest.mark.parametrize(
    ("runner", "lesson", "expected"),
    [
        (BY_HAND, NOTHING_LEARNT, [("support_ending", Severity.WARNING)]),
        (ON_STABLE, NOTHING_LEARNT, [("support_ending", Severity.NOTICE)]),
        (replace(BY_HAND, version="10.1303.0"), NOTHING_LEARNT, []),
        (replace(BY_HAND, auto_updates=True), NOTHING_LEARNT, []),
        (replace(BY_HAND, api_support=None), NOTHING_LEARNT, []),
        (
            replace(BY_HAND, api_support="gone"),
            NOTHING_LEARNT,
            [("out_of_support", Severity.CRITICAL)],
        ),
        (
            BY_HAND,
            PINNED,
            [("support_ending", Severity.WARNING), ("probably_pinned", Severity.NOTICE)],
        ),
        (
            replace(ON_STABLE, version="10.1303.0"),
            NOTHING_LEARNT,
            [("other_track", Severity.WARNING)],
        ),
        (
            replace(ON_STABLE, version="10.1303.0"),
            CHANGED,
            [("track_unmatched", Severity.WARNING)],
        ),
        (replace(ON_STABLE, version="10.1310.0"), NOTHING_LEARNT, []),
        (replace(HOSTED, version="10.1302.0"), PINNED, []),
    ],
)
def test_what_a_version_needs_is_found_once(
    runner: Runner, lesson: Lesson, expected: list[tuple[str, Severity]]
) -> None:
    assert version_findings(runner, lesson) == expected


def test_a_track_that_is_not_matched_names_both_tracks_and_the_day() -> None:
    runner = replace(ON_STABLE, version="10.1303.0")
    snapshot = Snapshot(runners=(runner,), memory=replace(KNOWN, lessons={"1": CHANGED}))
    words = finding_words(assess(runner, snapshot, NOW).findings[0], NOW)
    assert words.sentence == (
        "It was moved from Current to Stable on 2 Oct, but it still reports 10.1303.0."
    )
