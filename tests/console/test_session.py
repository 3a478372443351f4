"""Opening a session: the demo over real HTTP, read-only, and what is wrong with a profile."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from console.accounts import SessionRequest
from console.actions.catalogue import ACTIONS, action_by_id
from console.actions.plan import READ_ONLY
from console.errors import CredentialsMissing, SettingError, UnknownName
from console.fleet.snapshot import Phase, ProblemKind, Snapshot
from console.fleet.store import FleetStore
from console.session import Session, open_session
from tests.console.fleets import NOW

DEMO = SessionRequest(demo=True, clock=lambda: NOW)


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of the test's own, and no variables of the machine's."""
    for name in list(os.environ):
        if name.startswith(("MATILLION_", "MAIA_CONSOLE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "config.toml"


def write(config: Path, text: str) -> None:
    config.write_text(text)


async def until(store: FleetStore, holds: Callable[[Snapshot], object]) -> Snapshot:
    async with asyncio.timeout(5):
        while not holds(store.snapshot):
            await store.news()
        return store.snapshot


async def test_the_demo_is_read_over_real_http() -> None:
    async with open_session(DEMO) as session:
        snapshot = await until(session.store, lambda seen: seen.taken)
        assert session.name == "demo"
        assert len(snapshot.runners) == 24
        assert snapshot.problem is None
        assert not session.is_read_only


async def test_a_larger_demo_and_another_scenario_can_be_asked_for() -> None:
    async with open_session(replace(DEMO, demo_runners=150)) as session:
        assert len((await session.store.refresh()).runners) == 150
    async with open_session(replace(DEMO, scenario="empty")) as session:
        assert (await session.store.refresh()).runners == ()


async def test_an_api_that_refuses_is_a_problem_of_the_snapshot_not_an_error() -> None:
    async with open_session(replace(DEMO, scenario="denied")) as session:
        snapshot = await until(session.store, lambda seen: seen.problem)
        assert snapshot.problem is not None
        assert snapshot.problem.kind is ProblemKind.ADDRESS_NOT_ALLOWED


async def test_the_store_polls_on_its_own_until_the_session_is_left() -> None:
    calls = 0

    def clock() -> datetime:
        nonlocal calls
        calls += 1
        return NOW

    overrides = {"poll_seconds": 1}
    async with open_session(replace(DEMO, clock=clock, overrides=overrides)) as session:
        await until(session.store, lambda seen: seen.taken)
        assert session.store.snapshot.poll_seconds == 1
    after = calls
    await asyncio.sleep(0.01)
    assert calls == after


async def test_an_action_can_be_planned_and_carried_out() -> None:
    async with open_session(DEMO) as session:
        snapshot = await until(session.store, lambda seen: seen.taken)
        runner = next(each for each in snapshot.runners if each.name == "risk-eks")
        action = session.fitting_action("t", [runner.id])
        assert action.id == "use-current"
        assert session.executor is not None
        async with asyncio.timeout(10):
            plan = session.plan(action, [runner.id])
            outcomes = [each async for each in session.executor.execute(plan)]
        assert [each.phase for each in outcomes] == [Phase.DONE]
        assert session.store.snapshot.by_id[runner.id].track == "current"


async def assert_refuses_everything(session: Session) -> None:
    snapshot = await session.store.refresh()
    assert session.is_read_only
    assert session.executor is None
    ids = [runner.id for runner in snapshot.runners]
    for action in ACTIONS:
        assert {step.refusal for step in session.plan(action, ids).steps} == {READ_ONLY}


async def test_a_read_only_session_refuses_everything_with_one_reason() -> None:
    async with open_session(replace(DEMO, read_only=True)) as session:
        await assert_refuses_everything(session)


async def test_a_profile_can_be_read_only_too() -> None:
    async with open_session(replace(DEMO, overrides={"read_only": True})) as session:
        await assert_refuses_everything(session)


async def test_a_session_that_does_not_poll_reads_when_asked_and_cannot_act() -> None:
    async with open_session(replace(DEMO, polls=False)) as session:
        await asyncio.sleep(0.05)
        assert session.store.snapshot.taken is None
        await assert_refuses_everything(session)


async def test_the_demo_needs_no_settings_and_heeds_no_address_of_the_user_s(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATILLION_CLIENT_ID", "real")
    monkeypatch.setenv("MAIA_CONSOLE_API_URL", "https://real.invalid")
    write(config, "not = toml = at all")
    async with open_session(replace(DEMO, config=config)) as session:
        assert len((await session.store.refresh()).runners) == 24


async def test_an_unknown_profile_is_named_with_the_nearest(config: Path) -> None:
    write(config, '[profiles.production]\nclient_id = "x"\n[profiles.test]\n')
    request = SessionRequest(profile="prodction", config=config)
    with pytest.raises(UnknownName) as raised:
        async with open_session(request):
            pass
    assert "“prodction” is not a profile. Did you mean production?" in str(raised.value)
    assert "Allowed: production, test." in str(raised.value)


async def test_without_any_credentials_nothing_is_sent(config: Path) -> None:
    with pytest.raises(CredentialsMissing):
        async with open_session(SessionRequest(config=config)):
            pass


async def test_a_wrong_setting_is_named_with_its_source(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATILLION_REGION", "eu11")
    with pytest.raises(SettingError, match="MATILLION_REGION"):
        async with open_session(SessionRequest(config=config)):
            pass
    with pytest.raises(SettingError, match="--region"):
        async with open_session(SessionRequest(config=config, overrides={"region": "mars"})):
            pass


async def test_a_fault_of_ours_in_the_poll_loop_is_not_kept_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Data would grow old behind a console that looks alive."""
    reports: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, told: reports.append(told))

    async def run(store: FleetStore) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(FleetStore, "run", run)
    async with open_session(DEMO):
        await asyncio.sleep(0.01)
    assert [type(told["exception"]) for told in reports] == [ZeroDivisionError]


async def test_leaving_the_session_while_an_action_is_watched_takes_no_time() -> None:
    async with open_session(DEMO) as session:
        snapshot = await until(session.store, lambda seen: seen.taken)
        runner = next(each for each in snapshot.runners if each.name == "iot-gke")
        assert session.executor is not None
        session.executor.start(session.plan(action_by_id("restart"), [runner.id]))
        await until(session.store, lambda seen: seen.open_operations)
    assert session.store.snapshot.open_operations == {}
