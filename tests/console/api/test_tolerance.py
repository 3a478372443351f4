"""Odd records cost nothing but the odd value: the fleet is read, and what is unknown is kept."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from console.api.models.record import Page, parsed
from console.api.models.runners import RunnerChange, RunnerRecord
from console.errors import ApiNonsense
from tests.console.api.wires import NOON, ScriptedWire, in_turn, listed, opened

RUNNER: TypeAdapter[RunnerRecord] = TypeAdapter(RunnerRecord)
PAGE: TypeAdapter[Page[RunnerRecord]] = TypeAdapter(Page[RunnerRecord])
DOCUMENTED = {
    "agentId": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "agentStatus": "running",
    "agentType": "data_productivity_cloud",
    "cloudProvider": "aws",
    "connected": True,
    "deployment": "fargate",
    "description": "An AWS Agent",
    "enableAutoUpdates": True,
    "name": "AWS Agent",
    "pausedUntil": "2025-01-01T00:00:00.000Z",
    "restrictedAccess": True,
    "versionDetails": {
        "agentUpdateAvailable": False,
        "agentVersion": "1.0.0",
        "support": "SUPPORTED",
        "trackName": "current",
        "trackReleaseDate": "2025-01-01T00:00:00.000Z",
        "trackVersion": "1.0.0",
    },
}
NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)


async def read(**fields: object) -> RunnerRecord:
    """The record of a runner with these fields, as it comes out of a list beside a good one."""
    wire = ScriptedWire(in_turn(listed({**DOCUMENTED, **fields}, {**DOCUMENTED, "agentId": "z"})))
    async with opened(wire) as api:
        odd, good = await api.list_runners()
    assert good == parsed(RUNNER, RUNNER.dump_json(good, by_alias=True))
    assert good.name == "AWS Agent"
    return odd


async def test_the_documented_example_is_read_whole() -> None:
    runner = await read()
    assert runner.id == DOCUMENTED["agentId"]
    assert (runner.name, runner.description) == ("AWS Agent", "An AWS Agent")
    assert (runner.agent_status, runner.agent_type) == ("running", "data_productivity_cloud")
    assert (runner.cloud_provider, runner.deployment) == ("aws", "fargate")
    assert (runner.connected, runner.enable_auto_updates, runner.restricted_access) == (True,) * 3
    assert runner.paused_until == NEW_YEAR
    version = runner.version_details
    assert version is not None
    assert (version.agent_version, version.track_version) == ("1.0.0", "1.0.0")
    assert (version.track_name, version.support) == ("current", "SUPPORTED")
    assert version.track_release_date == NEW_YEAR
    assert version.agent_update_available is False


@pytest.mark.parametrize(
    "value", ["RUNNING", "Running", " running ", "HIBERNATING", "läuft", "", "7"]
)
@pytest.mark.parametrize(
    ("wire_name", "name"),
    [
        ("agentStatus", "agent_status"),
        ("agentType", "agent_type"),
        ("cloudProvider", "cloud_provider"),
        ("deployment", "deployment"),
    ],
)
async def test_an_enumeration_is_kept_as_it_came(wire_name: str, name: str, value: str) -> None:
    assert getattr(await read(**{wire_name: value}), name) == value


async def test_unknown_fields_are_passed_over() -> None:
    runner = await read(instances=[{"id": 1}], lastSeen="now", versionDetails={"channel": "beta"})
    assert runner.name == "AWS Agent"
    assert runner.version_details is not None
    assert runner.version_details.agent_version is None


@pytest.mark.parametrize("value", [None, [], "none", 5, True])
async def test_version_details_that_are_none_are_none(value: object) -> None:
    runner = await read(versionDetails=value)
    assert runner.version_details is None
    assert runner.agent_status == "running"


async def test_a_null_description_is_none() -> None:
    assert (await read(description=None)).description is None


def test_an_id_and_a_name_are_enough() -> None:
    runner = parsed(RUNNER, b'{"agentId": "a", "name": "A"}')
    assert runner == RunnerRecord.model_validate({"agentId": "a", "name": "A"})
    assert runner.is_summary


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        ("true", True),
        ("FALSE", False),
        ("True", True),
        (1, True),
        (0, False),
        (None, None),
        ("perhaps", None),
        ("", None),
        (7, None),
        ({}, None),
        ([True], None),
    ],
)
@pytest.mark.parametrize(
    ("wire_name", "name"),
    [
        ("connected", "connected"),
        ("enableAutoUpdates", "enable_auto_updates"),
        ("restrictedAccess", "restricted_access"),
    ],
)
async def test_a_flag_may_be_text_and_an_unreadable_one_is_unknown(
    wire_name: str, name: str, value: object, flag: bool | None
) -> None:
    assert getattr(await read(**{wire_name: value}), name) is flag


@pytest.mark.parametrize(
    ("value", "name"),
    [(5, "5"), (1.5, "1.5"), (None, None), (True, None), ({"en": "A"}, None), (["A"], None)],
)
async def test_a_name_may_be_a_number_and_anything_else_is_none(
    value: object, name: str | None
) -> None:
    assert (await read(name=value)).name == name


async def test_an_id_may_be_a_number() -> None:
    assert (await read(agentId=17)).id == "17"


@pytest.mark.parametrize("value", ["", "soon", "2025-13-01", {}, [], True, "0000-00-00T00:00:00Z"])
async def test_a_date_that_is_none_is_unknown(value: object) -> None:
    runner = await read(pausedUntil=value, versionDetails={"trackReleaseDate": value})
    assert runner.paused_until is None
    assert runner.version_details is not None
    assert runner.version_details.track_release_date is None


@pytest.mark.parametrize(
    "value", ["2025-01-01T00:00:00Z", "2025-01-01T01:00:00+01:00", "2025-01-01 00:00:00.0Z"]
)
async def test_a_date_may_be_written_in_several_ways(value: str) -> None:
    assert (await read(pausedUntil=value)).paused_until == NEW_YEAR


async def test_a_version_that_is_no_text_is_unknown_or_its_digits() -> None:
    runner = await read(versionDetails={"agentVersion": 10.5, "trackVersion": {}, "support": []})
    assert runner.version_details is not None
    assert runner.version_details.agent_version == "10.5"
    assert runner.version_details.track_version is None
    assert runner.version_details.support is None


def test_text_that_no_terminal_could_print_is_mended() -> None:
    """Half a surrogate pair is legal in JSON, and an error wherever it is written."""
    runner = parsed(RUNNER, rb'{"agentId": "a", "name": "broken \ud800 name"}')
    assert (runner.id, runner.name) == ("a", "broken ? name")


def test_a_runner_without_an_id_is_nonsense() -> None:
    for body in (b'{"name": "A"}', b'{"agentId": null}', b'{"agentId": ""}', b'{"agentId": {}}'):
        with pytest.raises(ApiNonsense):
            parsed(RUNNER, body)


def test_nonsense_names_the_place_and_is_safe_to_print() -> None:
    body = b'{"results": [{"agentId": {}}]}'
    with pytest.raises(ApiNonsense, match=r"^results\.0\.agentId: Input should be a valid string$"):
        parsed(PAGE, body)


def test_a_page_may_be_without_an_envelope_or_with_a_wrong_one() -> None:
    page = parsed(PAGE, b'{"results": [], "page": "first", "size": null, "total": "0"}')
    assert (page.page, page.size, page.total) == (None, None, 0)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = [field for field in DOCUMENTED if field != "agentId"]


@given(fields=st.dictionaries(st.sampled_from(FIELDS), VALUES), version=VALUES)
def test_whatever_the_fields_hold_the_runner_is_read(
    fields: dict[str, object], version: object
) -> None:
    import json

    record = {**DOCUMENTED, **fields, "versionDetails": {"agentVersion": version}}
    page = parsed(PAGE, json.dumps({"results": [record, DOCUMENTED]}).encode())
    assert [runner.id for runner in page.results] == [DOCUMENTED["agentId"]] * 2


def test_a_change_is_sent_with_the_track_in_upper_case_and_flags_as_booleans() -> None:
    change = RunnerChange(track="stable", auto_updates=False, restricted=True)
    assert change.on_the_wire() == {
        "trackName": "STABLE",
        "enableAutoUpdates": False,
        "restrictedAccess": True,
    }


def test_a_change_sends_only_what_changes_and_can_clear_a_description() -> None:
    assert RunnerChange(name="new").on_the_wire() == {"name": "new"}
    assert RunnerChange(description="").on_the_wire() == {"description": ""}


@pytest.mark.parametrize(
    ("value", "read"),
    [({"ip": "::1"}, {"ip": "::1"}), ("older text", "older text"), ([1], None), (True, None)],
)
async def test_what_an_event_adds_is_an_object_or_text_and_costs_no_event(
    value: object, read: object
) -> None:
    wire = ScriptedWire(in_turn(listed({"eventId": "e", "additionalInfo": value})))
    async with opened(wire) as api:
        (event,) = await api.list_events(NOON, NOON)
    assert event.additional_info == read
