"""Who leaves support soon, in numbers that add up, and what keeps them in it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.fleet.memory import Lesson
from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import assessments
from console.rules.leaving import Leaving, leaving
from tests.console.fleets import HEALTHY, HOSTED, NOW, SNOWFLAKE, STREAMING
from tests.console.rules.ledgers import CURRENT, STABLE, memory_of

KNOWN = memory_of(
    {
        CURRENT: {"10.1301.0": "2026-09-29", "10.1302.0": "2026-10-01", "10.1303.0": "2026-10-06"},
        STABLE: {"10.1280.0": "2026-09-01", "10.1288.0": "2026-10-01"},
    }
)
BY_HAND = replace(HEALTHY, auto_updates=False)
LAST = replace(BY_HAND, id="last", version="10.1302.0")
PINNED = replace(LAST, id="pinned")
STABLE_LAST = replace(
    BY_HAND, id="stable", track="stable", version="10.1280.0", latest_version="10.1288.0"
)
GONE = replace(LAST, id="gone", api_support="gone")
FLEET = (HEALTHY, BY_HAND, LAST, PINNED, STABLE_LAST, GONE, HOSTED, SNOWFLAKE, STREAMING)


def of(*runners: Runner, days: float) -> Leaving:
    lesson = Lesson(unmoved=NOW, unmoved_version="10.1302.0")
    memory = replace(KNOWN, lessons={"pinned": lesson})
    seen = {replace(each, id=f"{number}-{each.id}") for number, each in enumerate(runners)}
    assert len(seen) == len(runners)
    snapshot = Snapshot(runners=runners, taken=NOW, memory=memory)
    return leaving(assessments(snapshot, NOW), timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "total", "now", "later", "neither"),
    [
        (0, 0, 0, [], 0),
        (1, 2, 1, [], 1),
        (7, 3, 1, [("2026-10-08", 1)], 1),
        (30, 4, 2, [("2026-10-08", 1)], 1),
        (400, 4, 2, [("2026-10-08", 1)], 1),
    ],
)
def test_each_runner_that_leaves_is_counted_once_by_what_keeps_it(
    days: float, total: int, now: int, later: list[tuple[str, int]], neither: int
) -> None:
    found = of(*FLEET, days=days)
    after = [(str(each.at)[:10], count) for each, count in found.after_release]
    assert (found.total, found.by_restart_now, after, found.not_by_restart) == (
        total,
        now,
        later,
        neither,
    )


def test_one_that_has_left_or_follows_by_itself_is_not_counted() -> None:
    assert of(GONE, HEALTHY, HOSTED, SNOWFLAKE, STREAMING, days=400) == Leaving(0, 0, (), 0)


def test_an_empty_fleet_has_nobody_who_leaves() -> None:
    assert of(days=400) == Leaving(0, 0, (), 0)
