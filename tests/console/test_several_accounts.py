"""One session over several accounts: two demo worlds over real HTTP, one of which may fail."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from pydantic import SecretStr

from console.accounts import SessionRequest
from console.actions.catalogue import ACTIONS, action_by_id
from console.actions.plan import READ_ONLY
from console.api import retry
from console.credentials import store_secret
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from console.fleet.fleet import Fleet
from console.fleet.snapshot import Phase, ProblemKind, Snapshot
from console.session import Session, open_session
from tests.console.fleets import NOW

DEMO = SessionRequest(profile="eu,us", demo=True, clock=lambda: NOW)


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of the test's own, no keyring, and no variables of the machine's."""
    for name in list(os.environ):
        if name.startswith(("MATILLION_", "MAIA_CONSOLE_")):
            monkeypatch.delenv(name)
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "config.toml"


async def until(fleet: Fleet, holds: Callable[[Snapshot], object]) -> Snapshot:
    async with asyncio.timeout(10):
        while not holds(fleet.snapshot):
            await fleet.news()
        return fleet.snapshot


def is_whole(snapshot: Snapshot) -> bool:
    return all(each.taken is not None for each in snapshot.accounts)


def named(session: Session, name: str) -> list[str]:
    """The ids of the runners of this name, eu's first."""
    return [each.id for each in session.store.snapshot.runners if each.name == name]


async def test_two_accounts_are_one_session() -> None:
    async with open_session(DEMO) as session:
        snapshot = await until(session.store, is_whole)
        assert session.name == "eu, us"
        assert session.profiles == ("eu", "us")
        assert [each.account for each in snapshot.runners] == ["eu"] * 24 + ["us"] * 24
        assert len(snapshot.by_id) == 48
        assert not session.is_read_only


async def test_one_profile_of_the_demo_is_the_demo_as_it_always_was() -> None:
    async with open_session(replace(DEMO, profile="eu")) as session:
        snapshot = await session.store.refresh()
        assert (session.name, session.profiles) == ("demo", ("demo",))
        assert snapshot.accounts == ()
        assert {each.account for each in snapshot.runners} == {""}


async def test_an_account_that_is_denied_does_not_keep_the_other_from_being_used() -> None:
    async with open_session(replace(DEMO, scenario="calm,denied")) as session:
        snapshot = await until(session.store, lambda seen: seen.problem and seen.taken)
        assert [(each.account, each.kind) for each in snapshot.problems] == [
            ("us", ProblemKind.ADDRESS_NOT_ALLOWED)
        ]
        assert {each.account for each in snapshot.runners} == {"eu"}
        assert session.executor is not None
        agreed = session.plan(action_by_id("use-current"), named(session, "risk-eks"))
        async with asyncio.timeout(10):
            outcomes = [each async for each in session.executor.execute(agreed)]
        assert [(each.runner.account, each.phase) for each in outcomes] == [("eu", Phase.DONE)]


async def test_a_runner_is_told_in_full_from_its_own_account() -> None:
    async with open_session(DEMO) as session:
        await until(session.store, is_whole)
        first, second = named(session, "legacy-eks")
        for runner_id, account in ((first, "eu"), (second, "us")):
            session.look_up(runner_id)
            async with asyncio.timeout(10):
                while (detail := session.detail(runner_id)) and detail.history is None:
                    await session.store.news()
            assert detail is not None
            assert detail.history is not None
            assert detail.history.days
            assert detail.sections[0].facts[0].cell.text == account
            used = next(each for each in detail.sections if each.title == "Used by")
            assert used.facts


async def test_what_was_done_is_in_one_list_with_the_account_of_each() -> None:
    async with open_session(DEMO) as session:
        await until(session.store, is_whole)
        assert session.executor is not None
        assert session.journal is not None
        agreed = session.plan(action_by_id("use-current"), named(session, "risk-eks"))
        async with asyncio.timeout(10):
            outcomes = [each async for each in session.executor.execute(agreed)]
            await session.journal.settled()
        assert [each.phase for each in outcomes] == [Phase.DONE] * 2
        activity = await session.journal.activity(since=NOW)
        assert sorted(each.account for each in activity.actions) == ["eu", "us"]
        assert len({each.plan_id for each in activity.actions}) == 1
        assert session.history_problem == ""


async def test_who_uses_the_runners_of_both_is_known_in_a_plan() -> None:
    async with open_session(replace(DEMO, polls=False)) as session:
        await session.store.refresh()
        assert session.usage is not None
        ids = named(session, "prod-eu-fargate")
        usage = await session.usage.read(ids)
        assert all(usage.of(account).environments for account in ("eu", "us"))


async def test_read_only_holds_for_all_of_them() -> None:
    async with open_session(replace(DEMO, read_only=True)) as session:
        snapshot = await until(session.store, is_whole)
        assert session.is_read_only
        assert session.name == "eu, us"
        for action in ACTIONS:
            steps = session.plan(action, snapshot.by_id).steps
            assert {step.refusal for step in steps} == {READ_ONLY}


def write(config: Path, eu_url: str, us_url: str, eu_more: str = "") -> None:
    told = [
        f'[profiles.{name}]\nclient_id = "demo"\napi_url = "{url}/dpc"\n'
        f'token_url = "{url}/oauth/dpc/token"\n{more}\n'
        for name, url, more in (("eu", eu_url, eu_more), ("us", us_url, ""))
    ]
    config.write_text("".join(told))
    for name in ("eu", "us"):
        store_secret(name, SecretStr("demo-secret"))


async def test_the_profiles_of_the_file_are_opened_with_all(config: Path) -> None:
    """eu is read-only, and each has its own API, address, secret and journal."""
    eu_world, us_world = World(seed=1, pace=0.0), World(seed=2, pace=0.0)
    with serve(build_app(eu_world)) as eu_url, serve(build_app(us_world)) as us_url:
        write(config, eu_url, us_url, "read_only = true")
        async with open_session(SessionRequest(profile="all", config=config)) as session:
            await until(session.store, is_whole)
            assert session.name == "eu (read-only), us"
            assert not session.is_read_only
            eu_id, us_id = named(session, "risk-eks")
            eu_detail, us_detail = session.detail(eu_id), session.detail(us_id)
            assert eu_detail is not None
            assert us_detail is not None
            assert (bool(eu_detail.actions), bool(us_detail.actions)) == (False, True)
            assert session.executor is not None
            agreed = session.plan(action_by_id("use-current"), (eu_id, us_id))
            assert [step.refusal for step in agreed.refused] == ["The account eu is read-only."]
            async with asyncio.timeout(10):
                outcomes = [each async for each in session.executor.execute(agreed)]
            assert [each.runner.id for each in outcomes] == [us_id]
        assert eu_world.named("risk-eks").track == "stable"
        assert us_world.named("risk-eks").track == "current"


async def test_an_account_comes_back_when_its_api_does(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "LONGEST_WAIT", 0.0)
    with serve(build_app(World(seed=1))) as eu_url:
        with serve(build_app(World(seed=2))) as us_url:
            write(config, eu_url, us_url)
        request = SessionRequest(profile="eu,us", polls=False, config=config)
        async with open_session(request) as session:
            lost = await session.store.refresh()
            assert [problem.account for problem in lost.problems] == ["us"]
            assert len(lost.runners) == 24
            with serve(build_app(World(seed=2)), port=int(us_url.rpartition(":")[2])):
                found = await session.store.refresh()
            assert found.problem is None
            assert len(found.runners) == 48


async def test_leaving_ends_every_poll_loop() -> None:
    before = asyncio.all_tasks()
    async with open_session(DEMO) as session:
        await until(session.store, is_whole)
        assert len(asyncio.all_tasks() - before) >= 2
    assert asyncio.all_tasks() == before
