"""The seeded world: what its first fleet covers, and that it is the same each time."""

import json
from datetime import timedelta

import pytest

from console.demo.lifecycle import Refusal
from console.demo.world import World


def bodies(world: World) -> list[dict]:
    return [json.loads(world.written(runner.id)) for runner in world.runners()]


def test_the_first_24_runners_cover_every_status_and_platform(world) -> None:
    fleet = bodies(world)
    assert len(fleet) == 24
    assert {one["agentStatus"] for one in fleet} == {
        "running", "pausing", "paused", "pending", "stopping", "stopped", "unknown",
    }  # fmt: skip
    assert {(one["cloudProvider"], one["deployment"]) for one in fleet} == {
        ("aws", "fargate"), ("aws", "eks"), ("azure", "container app"), ("azure", "aks"),
        ("azure", "aci"), ("gcp", "gke"), ("gcp", "gce"), ("snowflake", "native app"),
        ("matillion", "hosted"),
    }  # fmt: skip
    assert {one["agentType"] for one in fleet} == {"data_productivity_cloud", "streaming"}


def test_the_first_24_runners_cover_support_updates_and_tracks(world) -> None:
    versions = [one["versionDetails"] for one in bodies(world) if one["versionDetails"]]
    unsupported = {one["trackName"] for one in versions if one["support"] == "OUT_OF_SUPPORT"}
    supported_and_behind = [
        one for one in versions if one["agentUpdateAvailable"] and one["support"] == "SUPPORTED"
    ]
    assert unsupported == {"current", "stable"}
    assert supported_and_behind


def test_the_first_24_runners_hold_the_conditions_worth_a_finding(world) -> None:
    fleet = bodies(world)
    assert any(one["agentStatus"] == "running" and not one["connected"] for one in fleet)
    assert any(one["agentStatus"] == "paused" and not one["connected"] for one in fleet)
    assert any(
        one["enableAutoUpdates"] and (one["versionDetails"] or {}).get("agentUpdateAvailable")
        for one in fleet
        if one["agentStatus"] == "running"
    )
    assert {one["restrictedAccess"] for one in fleet} == {True, False}
    pending = next(one for one in fleet if one["agentStatus"] == "pending")
    assert pending["versionDetails"] is None


def test_only_paused_runners_say_until_when(world) -> None:
    for one in bodies(world):
        assert ("pausedUntil" in one) == (one["agentStatus"] == "paused")


def test_the_same_seed_and_clock_give_the_same_world(clock) -> None:
    assert bodies(World(300, 5, clock)) == bodies(World(300, 5, clock))
    assert bodies(World(300, 5, clock)) != bodies(World(300, 6, clock))


def test_a_large_world_keeps_the_named_runners_and_has_unique_short_names(clock) -> None:
    fleet = World(2000, clock=clock).runners()
    assert [one.name for one in fleet[:24]] == [one.name for one in World(clock=clock).runners()]
    assert len({one.name for one in fleet}) == len({one.id for one in fleet}) == 2000
    assert all(1 <= len(one.name) <= 30 for one in fleet)
    assert sum(one.status == "running" and one.connected for one in fleet) > 1600


@pytest.mark.parametrize("runners", [0, 1, 5, 24, 25])
def test_a_world_has_as_many_runners_as_asked_for(clock, runners: int) -> None:
    assert len(World(runners, clock=clock).runners()) == runners


def test_hostile_runners_are_added_on_request_only(clock) -> None:
    names = [one.name for one in World(2, clock=clock, hostile=True).runners()]
    assert "[bold red]x[/]" in names
    assert any("\x1b" in name for name in names)
    assert any("\u202e" in name for name in names)
    assert any("\n" in name for name in names)
    assert any(name.startswith("=HYPERLINK") for name in names)
    assert all(name.isprintable() for name in [one.name for one in World(clock=clock).runners()])


def test_a_change_flips_the_connection_of_that_share(clock) -> None:
    world = World(1000, clock=clock)
    before = {one.id: world.written(one.id) for one in world.runners()}
    changed = world.change(0.01, 3)
    after = {one.id: world.written(one.id) for one in world.runners()}
    assert len(changed) == 10
    assert {key for key in before if before[key] != after[key]} == set(changed)


def test_the_version_on_offer_follows_the_clock(world, clock) -> None:
    pinned = world.named("pricing-fargate")
    first = json.loads(world.written(pinned.id))["versionDetails"]
    clock.move(days=7)
    later = json.loads(world.written(pinned.id))["versionDetails"]
    assert (first["trackVersion"], later["trackVersion"]) == ("10.1303.0", "10.1305.0")
    assert later["agentVersion"] == first["agentVersion"]
    assert (first["support"], later["support"]) == ("SUPPORTED", "OUT_OF_SUPPORT")


def test_a_runner_with_auto_updates_follows_a_release_within_hours(world, clock) -> None:
    runner = world.named("prod-eu-fargate")
    clock.now = clock.now.replace(day=8, hour=9, minute=0)
    assert world.runner(runner.id).version == "10.1303.0"
    clock.move(hours=4)
    assert world.runner(runner.id).version == "10.1304.0"


def test_a_runner_without_auto_updates_stays_where_it_is(world, clock) -> None:
    before = world.named("sales-aca").version
    clock.move(days=30)
    assert world.named("sales-aca").version == before


def test_a_leap_of_years_ends_at_the_newest_release(clock) -> None:
    world = World(500, clock=clock)
    clock.move(days=1000, hours=5)
    offered = json.loads(world.written(world.named("prod-eu-fargate").id))["versionDetails"]
    assert offered["agentVersion"] == offered["trackVersion"]
    assert clock.now - timedelta(days=6) < world.now()


def test_commands_of_an_instant_world_are_done_by_the_next_look(clock) -> None:
    world = World(clock=clock, pace=0)
    runner = world.named("sales-aca")
    world.command(runner.id, "RESTART")
    assert (world.runner(runner.id).status, world.runner(runner.id).version) == (
        "running",
        "10.1303.0",
    )
    world.command(runner.id, "PAUSE")
    assert world.runner(runner.id).status == "paused"
    assert world.runner(runner.id).paused_until == clock.now + timedelta(hours=8)


def test_a_refused_command_changes_nothing(world) -> None:
    runner = world.named("sandbox")
    with pytest.raises(Refusal, match="stopped"):
        world.command(runner.id, "PAUSE")
    assert world.runner(runner.id) == runner
