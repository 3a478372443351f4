"""Messages to one address: in order, each once, tried again, given up, and never waited for."""

import asyncio
import logging
import threading
from datetime import timedelta

import pytest

from console.notices.delivery import Address
from console.notices.postman import MOST_WAITING, TOO_OLD, Postman
from console.notices.wording import Message
from tests.console.fleets import NOW
from tests.console.notices.mailbox import address_to, until


class Patience:
    """Sleeps for no time, and remembers for how long it should have. `until` holds it up."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    def clock(self):  # type: ignore[no-untyped-def]
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)
        await self.go_on.wait()


def message(number: int = 1) -> Message:
    return Message(f"{number}", "text", "info")


async def test_messages_arrive_in_their_order() -> None:
    box: list[Message] = []
    patience = Patience()
    postman = Postman(address_to(box, []), clock=patience.clock, sleep=patience.sleep)
    for number in range(5):
        postman.post(message(number))
    await postman.close(2)
    assert box == [message(number) for number in range(5)]
    assert patience.slept == []


async def test_it_is_tried_again_after_longer_and_longer_waits_and_said_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    box: list[Message] = []
    troubles = ["it cannot be reached"] * 9
    patience = Patience()
    postman = Postman(address_to(box, troubles), clock=patience.clock, sleep=patience.sleep)
    with caplog.at_level(logging.INFO):
        postman.post(message(1))
        postman.post(message(2))
        await until(lambda: len(box) == 2)
    await postman.close(1)
    assert box == [message(1), message(2)]
    assert patience.slept == [5, 10, 20, 40, 80, 160, 320, 600, 600]
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "address 1, json was not sent: it cannot be reached" in caplog.text


async def test_after_a_day_a_message_is_given_up_and_the_next_is_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    box: list[Message] = []
    patience = Patience()
    tries = 200
    postman = Postman(
        address_to(box, ["it answers HTTP 413"] * tries),
        clock=patience.clock,
        sleep=patience.sleep,
    )
    with caplog.at_level(logging.INFO):
        postman.post(message(1))
        await until(lambda: patience.now - NOW > TOO_OLD)
        postman.post(message(2))
        await until(lambda: box)
    await postman.close(1)
    assert box == [message(2)]
    assert "1 were given up" in caplog.text


async def test_of_too_many_that_wait_the_oldest_are_given_up() -> None:
    box: list[Message] = []
    patience = Patience()
    patience.go_on.clear()
    postman = Postman(address_to(box, ["no"]), clock=patience.clock, sleep=patience.sleep)
    for number in range(10_000):
        postman.post(message(number))
    await until(lambda: patience.slept)
    patience.go_on.set()
    await until(lambda: len(box) == MOST_WAITING)
    await postman.close(1)
    assert box == [message(number) for number in range(10_000 - MOST_WAITING, 10_000)]


async def test_a_service_that_hangs_holds_up_neither_the_poster_nor_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stuck = threading.Event()

    def hang(_: Message) -> str:
        stuck.wait()
        return ""

    postman = Postman(Address("1, json", hang), clock=lambda: NOW)
    for number in range(3):
        postman.post(message(number))
    async with asyncio.timeout(1):
        await postman.close(0.05)
    stuck.set()
    assert "3 notification(s) to address 1, json were not sent before the end" in caplog.text


async def test_the_end_does_not_wait_for_an_address_in_trouble() -> None:
    patience = Patience()
    patience.go_on.clear()
    box: list[Message] = []
    postman = Postman(address_to(box, ["no"] * 99), clock=patience.clock, sleep=patience.sleep)
    postman.post(message())
    await until(lambda: patience.slept)
    async with asyncio.timeout(5):
        await postman.close(60)
    assert box == []
