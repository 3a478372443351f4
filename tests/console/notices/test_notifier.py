"""From a fleet that is polled to a message in a real mailbox, and over a restart."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from console.api.models.runners import RunnerRecord
from console.errors import SettingError
from console.fleet.store import FleetStore
from console.notices import notifier
from console.notices.keeping import Keeper
from console.notices.notifier import open_notices
from console.settings import profile_from
from tests.console.fleets import NOW
from tests.console.notices.mailbox import Mailbox, mailbox, until

RECORDS = TypeAdapter(RunnerRecord)


@dataclass
class Fleet:
    """A store over runners that can be changed by name; each reading is a poll later."""

    statuses: dict[str, str] = field(default_factory=dict)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.store = FleetStore(self._read, clock=lambda: self.now)

    async def _read(self) -> tuple[RunnerRecord, ...]:
        self.now += timedelta(seconds=15)
        return tuple(
            RECORDS.validate_python(
                {
                    "agentId": name,
                    "name": name,
                    "agentStatus": status,
                    "connected": status == "RUNNING",
                    "versionInfo": {"version": "10.1"},
                }
            )
            for name, status in self.statuses.items()
        )

    async def read(self, times: int = 1, **statuses: str) -> None:
        self.statuses |= statuses
        for _ in range(times):
            await self.store.refresh()
            await asyncio.sleep(0.02)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "eu.json")


@asynccontextmanager
async def told_to(url: str, fleet: Fleet, keeper: Keeper, *rules: str) -> AsyncIterator[None]:
    values = {
        "name": "eu",
        "notice_urls": url,
        "notices": rules or ("runner_lost", "runner_recovered"),
    }
    async with open_notices(profile_from(values, {}), fleet.store, keeper=keeper):
        yield


async def test_many_lost_in_one_poll_are_one_message_and_so_is_their_return(
    box: Mailbox, keeper: Keeper
) -> None:
    fleet = Fleet({"a": "RUNNING", "b": "RUNNING", "c": "UNKNOWN"})
    async with told_to(box.url, fleet, keeper):
        await fleet.read()
        await fleet.read(3, a="UNKNOWN", b="UNKNOWN")
        await fleet.read(2, a="RUNNING", b="RUNNING")
    assert box.titles == ["Maia eu: 2 runners are lost", "Maia eu: 2 runners are back"]
    assert str(box.got[0]["message"]).startswith("a: Maia does not know its state.")


async def test_what_is_switched_off_is_not_told(box: Mailbox, keeper: Keeper) -> None:
    fleet = Fleet({"a": "RUNNING"})
    async with told_to(box.url, fleet, keeper, "runner_recovered"):
        await fleet.read()
        await fleet.read(3, a="UNKNOWN")
        await fleet.read(a="RUNNING")
    assert box.titles == ["Maia eu: 1 runner is back"]


async def test_a_restart_repeats_nothing_and_tells_what_happened_meanwhile(
    box: Mailbox, keeper: Keeper
) -> None:
    fleet = Fleet({"a": "RUNNING", "b": "RUNNING"})
    async with told_to(box.url, fleet, keeper):
        await fleet.read()
        await fleet.read(2, a="UNKNOWN")
    again = Fleet({"a": "UNKNOWN", "b": "UNKNOWN"}, fleet.now)
    async with told_to(box.url, again, keeper):
        await again.read(3)
    assert box.titles == ["Maia eu: 1 runner is lost"] * 2
    assert [str(each["message"])[:2] for each in box.got] == ["a:", "b:"]


async def test_what_is_known_is_on_disk_before_a_message_is_sent(
    box: Mailbox, keeper: Keeper
) -> None:
    fleet = Fleet({"a": "RUNNING"})
    async with told_to(box.url, fleet, keeper):
        await fleet.read()
        await fleet.read(2, a="UNKNOWN")
        await until(box.came.is_set)
        assert keeper.kept(fleet.now).runners["a"].is_lost


async def test_a_message_that_is_refused_is_sent_again_and_the_view_goes_on(
    box: Mailbox, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    box.answers = [500, 503]
    fleet = Fleet({"a": "RUNNING"})
    profile = profile_from({"name": "eu", "notice_urls": box.url, "notices": "runner_lost"}, {})
    with caplog.at_level(logging.INFO):
        async with open_notices(
            profile, fleet.store, keeper=keeper, sleep=lambda _: asyncio.sleep(0)
        ):
            await fleet.read()
            await fleet.read(2, a="UNKNOWN")
            assert fleet.store.snapshot.taken == fleet.now
            await until(lambda: box.got)
    assert box.titles == ["Maia eu: 1 runner is lost"]
    assert "it answers HTTP 500" in caplog.text
    assert "hidden" not in caplog.text


async def test_what_happened_just_before_the_end_is_told(box: Mailbox, keeper: Keeper) -> None:
    fleet = Fleet({"a": "RUNNING"})
    async with told_to(box.url, fleet, keeper):
        await fleet.read()
        await fleet.read(1, a="UNKNOWN")
        await fleet.store.refresh()
    assert box.titles == ["Maia eu: 1 runner is lost"]


async def test_a_fault_of_ours_is_logged_and_stops_nothing_but_the_notifications(
    box: Mailbox,
    keeper: Keeper,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> None:
        raise ArithmeticError

    fleet = Fleet({"a": "RUNNING"})
    async with told_to(box.url, fleet, keeper):
        await fleet.read()
        monkeypatch.setattr(notifier, "transitions", broken)
        await fleet.read(2)
        assert fleet.store.snapshot.taken == fleet.now
    assert "no more notifications are sent, by a fault of ours" in caplog.text


@pytest.mark.parametrize(
    ("values", "missing"),
    [({"notices": "runner_lost"}, "notice_urls"), ({"notice_urls": "json://localhost"}, "notices")],
)
async def test_half_a_setting_is_said_in_the_log(
    values: dict[str, str], missing: str, caplog: pytest.LogCaptureFixture
) -> None:
    fleet = Fleet()
    async with open_notices(profile_from({"name": "eu", **values}, {}), fleet.store):
        await fleet.read()
    assert f"the setting {missing} is empty" in caplog.text


async def test_without_a_setting_nothing_subscribes_and_nothing_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fleet = Fleet()
    async with open_notices(profile_from({"name": "eu"}, {}), fleet.store):
        assert fleet.store._listeners == []
    assert not caplog.text


async def test_an_address_that_cannot_be_used_is_told_before_anything_runs(
    keeper: Keeper,
) -> None:
    with pytest.raises(SettingError, match="address 1, slack"):
        async with told_to("slack://hidden", Fleet(), keeper):
            raise AssertionError("opened")


async def test_a_file_that_cannot_be_written_is_said_once_and_messages_are_sent(
    box: Mailbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    fleet = Fleet({"a": "RUNNING"})
    async with told_to(box.url, fleet, Keeper(tmp_path / "file" / "eu.json")):
        await fleet.read()
        await fleet.read(3, a="UNKNOWN")
        await fleet.read(a="RUNNING")
    assert box.titles == ["Maia eu: 1 runner is lost", "Maia eu: 1 runner is back"]
    assert caplog.text.count("cannot be written") == 1


async def test_a_disk_that_hangs_holds_up_a_message_for_a_while_only(
    box: Mailbox,
    keeper: Keeper,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stuck = threading.Event()

    def hang(*_: object) -> str:
        stuck.wait()
        return ""

    monkeypatch.setattr(notifier, "KEEPING_SECONDS", 0.01)
    monkeypatch.setattr(notifier, "CLOSING_SECONDS", 0.1)
    monkeypatch.setattr(Keeper, "keep", hang)
    fleet = Fleet({"a": "RUNNING"})
    async with told_to(box.url, fleet, keeper):
        await fleet.read()
        await fleet.read(2, a="UNKNOWN")
        await until(lambda: box.got)
    stuck.set()
    assert caplog.text.count("the disk hangs; after a restart, notifications begin anew") == 1
