"""From the API's record of a runner to ours: case, missing parts and odd values."""

from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter

from console.api.models.record import parsed
from console.api.models.runners import RunnerRecord
from console.fleet.reading import runner_from
from console.fleet.snapshot import Runner


def read(json: str) -> Runner:
    return runner_from(parsed(TypeAdapter(RunnerRecord), json.encode()))


def test_an_id_alone_is_a_runner_named_by_its_id() -> None:
    assert read('{"agentId": "1"}') == Runner(id="1", name="1")


def test_null_is_the_same_as_missing() -> None:
    told = '{"agentId": "1", "name": null, "description": null, "versionDetails": null}'
    assert read(told) == Runner(id="1", name="1")


def test_enumerations_are_read_in_any_case_and_kept_when_nobody_knows_them() -> None:
    runner = read(
        '{"agentId": "1", "agentStatus": " RUNNING ", "agentType": "Batch",'
        ' "cloudProvider": "AWS", "deployment": "Container App",'
        ' "versionDetails": {"trackName": "STABLE", "support": "SUPPORTED"}}'
    )
    assert (runner.status, runner.kind, runner.track) == ("running", "batch", "stable")
    assert (runner.provider, runner.deployment) == ("aws", "container app")
    assert runner.api_support == "supported"


def test_names_and_versions_keep_their_case() -> None:
    runner = read('{"agentId": "A", "name": "Prod", "versionDetails": {"agentVersion": "10.1-RC"}}')
    assert (runner.id, runner.name, runner.version) == ("A", "Prod", "10.1-RC")


def test_a_time_without_a_zone_is_utc_and_another_zone_is_the_same_moment() -> None:
    bare = read('{"agentId": "1", "pausedUntil": "2026-10-07T18:00:00"}').paused_until
    zoned = read('{"agentId": "1", "pausedUntil": "2026-10-07T20:00:00+02:00"}').paused_until
    assert bare == zoned == datetime(2026, 10, 7, 18, tzinfo=UTC)
    assert bare is not None
    assert bare.utcoffset() == timedelta()


def test_an_odd_value_costs_that_value_alone() -> None:
    runner = read(
        '{"agentId": "1", "connected": {"odd": 1}, "pausedUntil": "soon", "agentStatus": "paused"}'
    )
    assert runner == Runner(id="1", name="1", status="paused")


def test_flags_given_as_text_are_read() -> None:
    runner = read('{"agentId": "1", "enableAutoUpdates": "true", "connected": "false"}')
    assert runner.auto_updates is True
    assert runner.connected is False


def test_empty_versions_are_not_versions() -> None:
    runner = read('{"agentId": "1", "versionDetails": {"agentVersion": "", "trackVersion": ""}}')
    assert runner.version is None
    assert runner.latest_version is None
