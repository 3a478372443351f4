"""How often somebody may try."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.access.limits import OF_ACCOUNT, OF_ADDRESS, Attempts, Pace, address_key
from tests.console.fleets import NOW

NOTHING = timedelta()

paces = st.builds(
    Pace,
    free=st.integers(1, 30),
    first=st.timedeltas(timedelta(seconds=1), timedelta(seconds=10)),
    longest=st.timedeltas(timedelta(seconds=10), timedelta(minutes=20)),
)
steps = st.lists(st.timedeltas(timedelta(hours=-3), timedelta(hours=3)), max_size=60)


@given(pace=paces, failures=st.integers(0, 10_000))
def test_no_wait_is_longer_than_the_longest_and_none_is_shorter_than_the_one_before(
    pace: Pace, failures: int
) -> None:
    assert pace.wait_after(failures) <= pace.wait_after(failures + 1) <= pace.longest


@given(pace=paces)
def test_the_first_attempts_cost_no_wait_and_the_next_one_does(pace: Pace) -> None:
    attempts = Attempts(pace)
    for _ in range(pace.free):
        assert attempts.wait("ada", NOW) == NOTHING
        attempts.begin("ada", NOW)
    assert attempts.wait("ada", NOW) == pace.first
    assert attempts.wait("bob", NOW) == NOTHING


@given(pace=paces, steps=steps)
def test_wherever_the_clock_jumps_no_wait_is_longer_than_the_longest(
    pace: Pace, steps: list[timedelta]
) -> None:
    attempts, now = Attempts(pace), NOW
    for step in steps:
        now += step
        assert NOTHING <= attempts.wait("ada", now) <= pace.longest
        attempts.begin("ada", now)


@given(pace=paces, steps=steps)
def test_whoever_waits_as_long_as_told_may_try_again(pace: Pace, steps: list[timedelta]) -> None:
    attempts, now = Attempts(pace), NOW
    for step in steps:
        now += step
        wait = attempts.wait("ada", now)
        now += wait
        assert attempts.wait("ada", now) == NOTHING
        attempts.begin("ada", now)


@given(pace=paces, tries=st.integers(0, 500), gap=st.floats(0, 5))
def test_in_an_hour_no_more_attempts_are_let_through_than_the_waits_leave_room_for(
    pace: Pace, tries: int, gap: float
) -> None:
    attempts, now, allowed = Attempts(pace), NOW, 0
    for _ in range(tries):
        if attempts.wait("ada", now) == NOTHING:
            attempts.begin("ada", now)
            allowed += 1
        now += timedelta(seconds=gap)
    passed = (now - NOW) / pace.first
    assert allowed <= pace.free + 1 + passed


def test_many_attempts_at_once_are_counted_before_any_of_them_has_failed() -> None:
    attempts = Attempts(OF_ACCOUNT)
    let_through = 0
    for _ in range(1000):
        if attempts.wait("ada", NOW) == NOTHING:
            attempts.begin("ada", NOW)
            let_through += 1
    assert let_through == OF_ACCOUNT.free


def test_an_attempt_that_went_well_is_taken_back() -> None:
    attempts = Attempts(OF_ADDRESS)
    for _ in range(1000):
        attempts.begin("192.0.2.7", NOW)
        attempts.take_back("192.0.2.7")
    assert attempts.wait("192.0.2.7", NOW) == NOTHING


def test_failures_are_forgotten_after_a_while() -> None:
    attempts = Attempts(OF_ACCOUNT)
    for _ in range(100):
        attempts.begin("ada", NOW)
    later = NOW + OF_ACCOUNT.memory + timedelta(seconds=1)
    assert attempts.wait("ada", later) == NOTHING
    attempts.begin("ada", later)
    assert attempts.wait("ada", later) == NOTHING


def test_names_without_end_take_no_memory_without_end() -> None:
    attempts = Attempts(OF_ACCOUNT, most=100)
    for number in range(1000):
        attempts.begin(str(number), NOW)
    assert len(attempts._tallies) == 100


def test_each_wait_is_twice_the_one_before_until_the_longest() -> None:
    waits = [OF_ADDRESS.wait_after(OF_ADDRESS.free + number) for number in range(8)]
    assert all(long == 2 * short for short, long in pairwise(waits))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2:ffff::1", "2001:0db8:0001:0002"),
        ("fe80::1%eth0", "fe80:0000:0000:0000"),
        ("", ""),
        ("nonsense" * 100, ("nonsense" * 100)[:100]),
    ],
)
def test_all_addresses_of_one_connection_are_one(address: str, key: str) -> None:
    assert address_key(address) == key
