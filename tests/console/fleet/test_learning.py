"""What a reading teaches: releases, restarts that moved nothing, tracks that were changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.learning import CLOCK_SKEW, learnt, with_releases
from console.fleet.lines import Family, Line
from console.fleet.memory import NOTHING_LEARNT, NOTHING_REMEMBERED, Lesson, Memory, Release
from console.fleet.snapshot import Runner, Snapshot
from tests.console.fleets import HEALTHY, NOW, SNOWFLAKE, STREAMING, operation_on

CURRENT = Line(Family.MAIA, "current")
OLD = replace(HEALTHY, version="10.1302.0")
HOUR = timedelta(hours=1)


def watched(*readings: Runner, action: str = "", memory: Memory = NOTHING_REMEMBERED) -> Lesson:
    """What is known of one runner after it was read so, an hour apart; the first reading is that
    of a console that has just started. `action` is one of ours that is under way throughout."""
    snapshot = Snapshot(memory=memory)
    for number, runner in enumerate(readings):
        operations = (replace(operation_on(runner), action_id=action),) if action else ()
        before = replace(snapshot, operations=operations)
        memory = learnt(snapshot.memory, before, (runner,), NOW + number * HOUR)
        snapshot = Snapshot(runners=(runner,), memory=memory)
    return snapshot.memory.lessons.get(HEALTHY.id, NOTHING_LEARNT)


def down(runner: Runner) -> Runner:
    return replace(runner, status="stopped", connected=False)


def releases_of(*runners: Runner, now: datetime = NOW) -> list[tuple[str, str, datetime | None]]:
    memory = learnt(NOTHING_REMEMBERED, Snapshot(), runners, now)
    return [
        (line.key, each.version, each.released)
        for line, releases in memory.releases.items()
        for each in releases
    ]


def test_the_newest_version_of_each_line_is_a_release() -> None:
    out = HEALTHY.latest_released
    assert releases_of(HEALTHY, OLD, STREAMING, SNOWFLAKE) == [
        ("maia/current", "10.1303.0", out),
        ("streaming/current", "10.1303.0", out),
        ("snowflake/current", "10.1303.0", out),
    ]


@pytest.mark.parametrize(
    "changes", [{"track": None}, {"latest_version": None}, {"latest_version": "edge"}]
)
def test_what_has_no_line_or_no_number_is_no_release(changes: dict[str, str | None]) -> None:
    assert releases_of(replace(HEALTHY, **changes)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "believed"),
    [
        (NOW - HOUR, NOW - HOUR),
        (NOW + HOUR, NOW),
        (NOW + CLOCK_SKEW, NOW),
        (NOW + CLOCK_SKEW + HOUR, None),
        (None, None),
    ],
)
def test_a_date_from_the_future_is_today_or_not_believed(
    told: datetime | None, believed: datetime | None
) -> None:
    assert releases_of(replace(HEALTHY, latest_released=told))[0][2] == believed


def test_two_runners_that_tell_different_newest_versions_teach_both_in_order() -> None:
    other = replace(HEALTHY, id="2", latest_version="10.1304.0")
    for fleet in ((HEALTHY, other), (other, HEALTHY)):
        assert [version for _, version, _ in releases_of(*fleet)] == ["10.1303.0", "10.1304.0"]


def test_of_one_release_the_earliest_date_stands() -> None:
    first = learnt(NOTHING_REMEMBERED, Snapshot(), (HEALTHY,), NOW)
    back = replace(HEALTHY, latest_released=NOW - timedelta(days=2))
    forth = replace(HEALTHY, latest_released=NOW)
    earlier = learnt(first, Snapshot(), (back,), NOW + HOUR)
    assert earlier.releases[CURRENT][0].released == NOW - timedelta(days=2)
    assert learnt(first, Snapshot(), (forth,), NOW + HOUR) is first


@given(st.permutations(range(6)))
def test_releases_are_the_same_in_whatever_order_they_are_seen(order: list[int]) -> None:
    seen = [
        Release(CURRENT, f"10.{number % 4}", day if number % 2 else None, day)
        for number in range(6)
        for day in [datetime(2026, 10, 1 + number, tzinfo=UTC)]
    ]
    at_once = with_releases({}, seen)
    one_by_one: dict[Line, tuple[Release, ...]] = {}
    for number in order:
        one_by_one = dict(with_releases(one_by_one, [seen[number]]))
    assert one_by_one == at_once
    assert with_releases(at_once, seen) is at_once
    assert [each.version for each in at_once[CURRENT]] == ["10.0", "10.1", "10.2", "10.3"]


def test_a_reading_that_teaches_nothing_leaves_the_memory_as_it_was() -> None:
    memory = learnt(NOTHING_REMEMBERED, Snapshot(), (HEALTHY,), NOW)
    before = Snapshot(runners=(HEALTHY,), memory=memory)
    assert learnt(memory, before, before.runners, NOW + HOUR) is memory
    renamed = (replace(HEALTHY, name="other"),)
    assert learnt(memory, before, renamed, NOW + HOUR) is memory


def test_one_that_comes_back_on_the_same_version_though_there_was_a_newer_one_is_noted() -> None:
    lesson = watched(OLD, down(OLD), OLD)
    assert (lesson.unmoved, lesson.unmoved_version) == (NOW + 2 * HOUR, "10.1302.0")


@pytest.mark.parametrize(
    "readings",
    [
        (OLD, OLD),
        (OLD, down(OLD), HEALTHY),
        (HEALTHY, down(HEALTHY), HEALTHY),
        (OLD, down(OLD)),
        (OLD, replace(OLD, connected=False), OLD),
        (OLD, replace(OLD, status="unknown", connected=False), OLD),
        (OLD, replace(OLD, status="paused"), OLD),
        (OLD, down(OLD), replace(OLD, connected=False)),
        (HEALTHY, down(HEALTHY), replace(HEALTHY, latest_version="10.1304.0")),
        (OLD, down(OLD), replace(OLD, latest_version=None)),
        (OLD, down(OLD), replace(OLD, version=None)),
    ],
)
def test_nothing_is_noted_of_one_that_moved_had_nothing_newer_or_was_not_restarted(
    readings: tuple[Runner, ...],
) -> None:
    assert watched(*readings).unmoved is None


def test_a_release_that_came_out_after_its_return_says_nothing_of_its_image() -> None:
    """Down and back before the release, both unseen until after it."""
    stopping = replace(HEALTHY, status="stopping")
    later = replace(HEALTHY, latest_version="10.1304.0")
    assert watched(HEALTHY, stopping, later).unmoved is None


def test_a_release_that_comes_out_while_it_is_down_does() -> None:
    newer = replace(HEALTHY, latest_version="10.1304.0")
    assert watched(HEALTHY, down(HEALTHY), down(newer), newer).unmoved is not None


@pytest.mark.parametrize(
    ("action", "is_restart"),
    [("restart", True), ("update", True), ("pause", False), ("use-stable", False), ("", False)],
)
def test_a_lost_connection_is_a_restart_only_while_one_of_ours_is_under_way(
    action: str, is_restart: bool
) -> None:
    lost = replace(OLD, connected=False)
    assert (watched(OLD, lost, OLD, action=action).unmoved is not None) is is_restart


def test_a_connection_lost_after_a_restart_has_moved_it_is_no_restart() -> None:
    older = replace(OLD, version="10.1301.0")
    lost = replace(OLD, connected=False)
    assert watched(older, down(older), lost, OLD, action="restart").unmoved is None


def test_the_note_lasts_while_newer_releases_come_out_and_goes_once_it_moves() -> None:
    newer = replace(OLD, latest_version="10.1304.0")
    assert watched(OLD, down(OLD), OLD, newer).unmoved == NOW + 2 * HOUR
    assert watched(OLD, down(OLD), OLD, HEALTHY).unmoved is None


def test_a_note_of_one_track_says_nothing_on_another() -> None:
    """Its image floats on Stable while it is said to follow Current; then its track is put right,
    and the next Stable comes out."""
    right = replace(OLD, track="stable", latest_version="10.1302.0")
    released = replace(right, latest_version="10.1310.0", latest_released=NOW + 4 * HOUR)
    assert watched(OLD, down(OLD), OLD, right, released).unmoved is None
    out_before_it_was_seen_back = replace(released, latest_released=NOW + HOUR)
    assert watched(OLD, down(OLD), OLD, out_before_it_was_seen_back).unmoved is None
    noted = Lesson(unmoved=NOW - HOUR, unmoved_version="10.1302.0")
    forgotten = watched(released, memory=Memory(lessons={"1": noted}))
    assert forgotten.unmoved is None


def test_a_track_that_is_changed_while_it_is_down_says_nothing_of_its_image() -> None:
    other = replace(OLD, track="stable", latest_version="10.1310.0")
    assert watched(OLD, down(OLD), other).unmoved is None


def test_a_note_that_was_kept_stands_after_a_restart_of_the_console() -> None:
    first = learnt(NOTHING_REMEMBERED, Snapshot(), (OLD,), NOW)
    noted = Lesson(unmoved=NOW, unmoved_version="10.1302.0")
    kept = replace(first, lessons={"1": noted})
    assert watched(OLD, memory=kept) == noted


STABLE = replace(HEALTHY, track="stable", latest_version="10.1288.0")


def test_a_track_change_is_noted_until_the_version_fits() -> None:
    lesson = watched(HEALTHY, STABLE, replace(STABLE, name="other"))
    assert (lesson.track_changed, lesson.track_left) == (NOW + HOUR, "current")
    assert watched(HEALTHY, STABLE, replace(STABLE, version="10.1288.0")) == NOTHING_LEARNT


def test_a_track_change_that_is_undone_is_forgotten() -> None:
    assert watched(HEALTHY, STABLE, HEALTHY) == NOTHING_LEARNT


def test_a_track_that_is_not_told_for_once_is_no_change() -> None:
    untold = replace(HEALTHY, track=None)
    assert watched(HEALTHY, untold, HEALTHY) == NOTHING_LEARNT


@pytest.mark.parametrize(
    ("version", "support", "fits"),
    [
        ("10.1288.0", "supported", True),
        ("10.1280.0", "supported", True),
        ("10.1284.0", "supported", True),
        ("10.1284.0", "out_of_support", False),
        ("10.1303.0", "supported", False),
        ("10.1270.0", "supported", False),
        ("nightly", "supported", False),
        (None, "supported", False),
    ],
)
def test_a_version_fits_when_it_is_one_of_the_two_that_the_track_supports(
    version: str | None, support: str, fits: bool
) -> None:
    """The one before the newest may never have been seen: it is then a supported one between."""
    line = Line(Family.MAIA, "stable")
    known = with_releases({}, [Release(line, "10.1280.0", None, NOW - timedelta(days=60))])
    now = replace(STABLE, version=version, api_support=support)
    lesson = watched(HEALTHY, now, memory=Memory(known))
    assert (lesson.track_changed is None) is fits


def test_runners_that_are_gone_are_forgotten() -> None:
    noted = Memory(lessons={"1": Lesson(away_version="1")})
    before = Snapshot(runners=(OLD, replace(OLD, id="2")), memory=noted)
    assert learnt(noted, before, before.runners[1:], NOW).lessons == {}
