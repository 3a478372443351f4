"""Differences between two readings are events, each told once."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from console.fleet.changes import TOLD, Change, What, changes
from console.fleet.snapshot import Runner
from tests.console.fleets import HEALTHY, NOW

UNWATCHED = {
    "id", "description", "kind", "provider", "deployment", "paused_until", "latest_version",
    "latest_released", "update_available", "account",
}  # fmt: skip


def between(before: Runner | None, after: Runner | None) -> list[tuple[What, str, str]]:
    old, new = ({each.id: each} if each else {} for each in (before, after))
    return [(each.what, each.before, each.after) for each in changes(old, new, NOW)]


@pytest.mark.parametrize(
    ("changed", "what", "told"),
    [
        ({"name": "other"}, What.NAME, ("prod-eu", "other")),
        ({"status": "paused"}, What.STATUS, ("running", "paused")),
        ({"status": None}, What.STATUS, ("running", "")),
        ({"connected": False}, What.CONNECTED, ("yes", "no")),
        ({"connected": None}, What.CONNECTED, ("yes", "")),
        ({"version": "10.1304.0"}, What.VERSION, ("10.1303.0", "10.1304.0")),
        ({"track": "stable"}, What.TRACK, ("current", "stable")),
        ({"api_support": "gone"}, What.SUPPORT, ("supported", "gone")),
        ({"auto_updates": False}, What.AUTO_UPDATES, ("yes", "no")),
        ({"restricted": True}, What.RESTRICTED, ("no", "yes")),
    ],
)
def test_each_thing_watched_is_told_before_and_after(
    changed: dict[str, object], what: What, told: tuple[str, str]
) -> None:
    after = replace(HEALTHY, **changed)  # type: ignore[arg-type]
    assert between(HEALTHY, after) == [(what, *told)]


def test_what_is_not_watched_brings_no_event() -> None:
    """What changes with every release of the vendor's, or with every pause, is known elsewhere."""
    after = replace(
        HEALTHY,
        description="Other",
        latest_version="10.1304.0",
        latest_released=NOW,
        update_available=True,
        paused_until=NOW + timedelta(hours=1),
    )
    assert between(HEALTHY, after) == []
    watched = {each.value for each in TOLD} - {"support"} | {"api_support"}
    assert watched | UNWATCHED == {each.name for each in fields(Runner)}


def test_runners_that_come_and_go_are_told_by_name_and_those_that_go_come_last() -> None:
    other = replace(HEALTHY, id="2", name="other")
    assert between(None, HEALTHY) == [(What.JOINED, "", "prod-eu")]
    assert between(HEALTHY, None) == [(What.LEFT, "prod-eu", "")]
    found = changes({"1": HEALTHY}, {"2": other}, NOW)
    assert [each.what for each in found] == [What.JOINED, What.LEFT]


def test_several_differences_of_one_runner_are_several_events_of_one_moment() -> None:
    after = replace(HEALTHY, status="stopped", connected=False)
    found = changes({"1": HEALTHY}, {"1": after}, NOW)
    assert found == (
        Change("1", "prod-eu", What.STATUS, "running", "stopped", NOW),
        Change("1", "prod-eu", What.CONNECTED, "yes", "no", NOW),
    )


def test_equal_readings_bring_no_event() -> None:
    assert between(HEALTHY, HEALTHY) == []
    assert between(HEALTHY, replace(HEALTHY)) == []
    assert changes({}, {}, NOW) == ()
