"""From one session to another: what is opened, what stays, and when the old one is closed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from console.accounts import SessionRequest
from console.errors import CredentialsMissing, SettingError
from console.fleet.snapshot import Phase
from console.session import Session, open_session
from console.sessions import Sessions
from tests.console.fleets import HEALTHY, NOW, operation_on
from tests.console.several import DOWN, Account, HandClock

FILE = '[profiles.eu]\nregion = "eu1"\n[profiles.us]\nregion = "us1"\n'


class Accounts:
    """Opens sessions on accounts that answer at once; keeps the order of what was done."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.fault: Exception | None = None
        self.answer: Exception | None = None
        self.hold: asyncio.Event | None = None
        self.opened: dict[str, Account] = {}

    def __call__(self, request: SessionRequest) -> AbstractAsyncContextManager[Session]:
        return self._open(request)

    @asynccontextmanager
    async def _open(self, request: SessionRequest) -> AsyncIterator[Session]:
        if self.fault is not None:
            raise self.fault
        name = request.profile or "eu"
        account = self.opened[name] = Account(HandClock(), "1")
        if self.answer is not None:
            account.answer = self.answer
        account.hold = self.hold
        reading = asyncio.create_task(account.poll())
        self.done.append(f"open {name}")
        yield Session(name, account.store, None)
        reading.cancel()
        self.done.append(f"close {name}")


async def let_run() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
def accounts() -> Accounts:
    return Accounts()


@pytest.fixture
async def sessions(accounts: Accounts, tmp_path: Path) -> AsyncIterator[Sessions]:
    """With eu open, of the two that there are."""
    (tmp_path / "config.toml").write_text(FILE)
    made = Sessions(SessionRequest("eu", config=tmp_path / "config.toml"), accounts)
    await made.open()
    yield made
    await made.close()


async def test_the_old_one_is_closed_after_the_new_one_was_opened_and_read(
    sessions: Sessions, accounts: Accounts
) -> None:
    change = await sessions.change("us")
    assert change.session is not None
    assert change.session.name == "us"
    assert change.session.store.snapshot.taken is not None
    assert change.said == "Now open: us."
    await let_run()
    assert "close eu" not in accounts.done
    sessions.leave_former()
    await let_run()
    assert accounts.done == ["open eu", "open us", "close eu"]


async def test_the_names_are_those_of_the_settings_file(sessions: Sessions) -> None:
    assert sessions.names == ("eu", "us")


async def test_what_is_open_is_not_opened_again(sessions: Sessions, accounts: Accounts) -> None:
    change = await sessions.change("eu")
    assert (change.session, change.said) == (None, "eu is open already.")
    assert accounts.done == ["open eu"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (CredentialsMissing("x"), "The profile us has no credentials here. Run maia-console login"),
        (SettingError("It is odd."), "It is odd."),
    ],
)
async def test_what_cannot_be_opened_says_why_and_the_old_one_stays(
    sessions: Sessions, accounts: Accounts, fault: Exception, said: str
) -> None:
    accounts.fault = fault
    change = await sessions.change("us")
    assert change.session is None
    assert change.said.startswith(said)
    await let_run()
    assert accounts.done == ["open eu"]


async def test_an_account_that_cannot_be_reached_is_shown_as_what_it_is(
    sessions: Sessions, accounts: Accounts
) -> None:
    accounts.answer = DOWN
    change = await sessions.change("us")
    assert change.session is not None
    assert change.session.store.snapshot.problem is not None


async def test_what_was_begun_is_watched_to_its_end_before_its_session_is_closed(
    sessions: Sessions, accounts: Accounts
) -> None:
    operation = operation_on(HEALTHY, Phase.UNDER_WAY)
    store = accounts.opened["eu"].store
    store.record(operation)
    change = await sessions.change("us")
    assert change.said == "Now open: us. 1 action goes on in eu; how it ends is recorded."
    sessions.leave_former()
    await let_run()
    assert "close eu" not in accounts.done
    store.record(replace(operation, phase=Phase.DONE, changed=NOW))
    await let_run()
    assert "close eu" in accounts.done


async def test_two_changes_at_a_time_are_one(sessions: Sessions, accounts: Accounts) -> None:
    accounts.hold = asyncio.Event()
    first = asyncio.create_task(sessions.change("us"))
    await let_run()
    second = await sessions.change("us,eu")
    assert (second.session, second.said) == (None, "Another profile is being opened.")
    accounts.hold.set()
    assert (await first).session is not None


async def test_a_change_that_is_given_up_leaves_nothing_open(
    sessions: Sessions, accounts: Accounts
) -> None:
    accounts.hold = asyncio.Event()
    change = asyncio.create_task(sessions.change("us"))
    await let_run()
    change.cancel()
    await asyncio.gather(change, return_exceptions=True)
    await sessions.close()
    assert sorted(accounts.done) == ["open eu", "open us"]


async def test_of_the_demo_one_account_keeps_its_name_and_its_runners() -> None:
    request = SessionRequest("eu,us", demo=True, polls=False)
    async with open_session(request) as both:
        await both.store.refresh()
        ids = {each.id for each in both.store.snapshot.runners if each.account == "us"}
    sessions = Sessions(replace(request, profile=None, polls=True))
    try:
        await sessions.open()
        assert sessions.names == ("eu", "us")
        mars = await sessions.change("mars")
        assert "“mars” is not an account of the demo." in mars.said
        change = await sessions.change("us")
        assert change.session is not None
        assert change.session.profiles == ("us",)
        assert set(change.session.store.snapshot.by_id) == ids
    finally:
        await sessions.close()
