"""Refusals that repeat: what of them is written, and that their number is always told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.access.audit import AuditEntry, Outcome, What
from console.access.floods import IN_FULL, OF_ALL_IN_FULL, PERIOD, Flood

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DONE = AuditEntry(NOW, "ada", "admin", "10.0.0.9", What.ACTION)
REFUSED = AuditEntry(
    NOW, "", "", "192.0.2.7", What.SIGN_IN_REFUSED, detail="no user", outcome=Outcome.REFUSED
)
MINUTE = timedelta(minutes=1)


def number_of(entry: AuditEntry) -> int:
    return int(entry.detail.split()[0]) if " more " in entry.detail else 1


@given(
    steps=st.lists(
        st.tuples(st.timedeltas(-PERIOD, 2 * PERIOD), st.integers(0, 3), st.integers(1, 60)),
        max_size=30,
    )
)
def test_whatever_the_clock_does_each_refusal_is_told_once_and_what_was_done_at_once(
    steps: list[tuple[timedelta, int, int]],
) -> None:
    flood, now, told = Flood(), NOW, 0
    for step, source, number in steps:
        now += step
        told += sum(map(number_of, flood.due(now)))
        assert flood.lets_pass(replace(DONE, at=now))
        entry = replace(REFUSED, at=now, address=f"192.0.2.{source}")
        told += sum(flood.lets_pass(entry) for _ in range(number))
    told += sum(map(number_of, flood.rest()))
    assert told == sum(number for _, _, number in steps)
    assert not list(flood.rest())


def test_a_slow_flood_is_one_entry_a_period_for_as_long_as_it_lasts() -> None:
    flood, written = Flood(), []
    for minute in range(24 * 60):
        now = NOW + minute * MINUTE
        written += flood.due(now)
        for _ in range(20):
            entry = replace(REFUSED, at=now)
            written += [entry] if flood.lets_pass(entry) else []
    assert len(written) <= IN_FULL + timedelta(days=1) / PERIOD
    assert written[IN_FULL].detail == "280 more like it since 12:00 UTC. no user"


def test_who_comes_again_after_a_quiet_period_is_written_in_full_again() -> None:
    flood = Flood()
    assert sum(flood.lets_pass(REFUSED) for _ in range(100)) == IN_FULL
    assert len(list(flood.due(NOW + PERIOD))) == 1
    assert not flood.lets_pass(replace(REFUSED, at=NOW + PERIOD))
    assert len(list(flood.due(NOW + 2 * PERIOD))) == 1
    assert not list(flood.due(NOW + 3 * PERIOD))
    assert flood.lets_pass(replace(REFUSED, at=NOW + 3 * PERIOD))


def test_people_and_kinds_are_told_apart() -> None:
    flood = Flood()
    for _ in range(100):
        flood.lets_pass(REFUSED)
    assert flood.lets_pass(replace(REFUSED, who="ada"))
    assert flood.lets_pass(replace(REFUSED, what=What.TOKEN_REFUSED))
    assert flood.lets_pass(replace(REFUSED, address="192.0.2.8"))


def test_a_flood_from_everywhere_is_one_entry_beside_those_in_full() -> None:
    flood, number = Flood(), 50_000
    passed = sum(
        flood.lets_pass(replace(REFUSED, address=f"10.{each // 250}.0.{each % 250}"))
        for each in range(number)
    )
    assert passed == OF_ALL_IN_FULL
    (told,) = flood.due(NOW + PERIOD)
    assert told.detail == (
        f"{number - OF_ALL_IN_FULL} more of other addresses like it since 12:00 UTC. no user"
    )
    assert flood.lets_pass(replace(REFUSED, at=NOW + PERIOD, address="10.9.9.9"))
