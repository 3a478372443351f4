"""Screens: how one comes in, what its secret opens, and what ends it."""

import asyncio
import json
import timeit
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.access.refusals import SignInRefused, refusal
from console.access.screen_codes import LENGTH, LETTERS, MOST_OF_ADDRESS, spoken_code, typed_code
from console.access.screens import (
    LONGEST_OPTIONS,
    ScreenState,
    screen_name_fault,
    screen_options_fault,
)
from console.journal.databases import Database
from tests.console.access.desk import HERE, ROOT, Clock, entries, opened, told
from tests.console.access.kiosk import SIZE, THERE, let_in
from tests.console.fleets import NOW


async def test_a_screen_comes_in_by_its_code_and_is_known_also_after_a_restart(
    database: Database,
) -> None:
    async with opened(database) as access:
        waiting, asked_with = access.screens.ask(address=THERE, agent="Kiosk")
        assert access.screens.all_waiting() == (waiting,)
        screen = await access.screens.add(spoken_code(waiting.code).lower(), "Lobby", SIZE, by=ROOT)
        assert screen.state(access.now) is ScreenState.EXPECTED
        assert access.screens.all_waiting() == ()
        assert access.screens.is_expected(asked_with)
        found = await access.screens.open(asked_with, address=THERE, version="1.2")
        assert found is not None
        known, secret = found
        assert (known.id, known.name, known.by, known.options) == (screen.id, "Lobby", "root", SIZE)
        assert known.state(access.now) is ScreenState.IN_USE
        assert access.screens.known(secret, address=THERE) is not None
    async with opened(database) as access:
        after = access.screens.known(secret, address=HERE, version="1.3")
        assert after is not None
        assert after.options == SIZE
        listed = access.screens.all()[0]
        assert (listed.address, listed.version, listed.seen) == (HERE, "1.3", NOW)
        noted = sorted(what for what, _, _ in await told(access))
        assert noted == ["screen-added", "screen-asked", "screen-opened"]


async def test_a_screen_that_was_let_in_comes_also_after_a_restart_of_the_server(
    database: Database,
) -> None:
    async with opened(database) as access:
        waiting, secret = access.screens.ask(address=THERE)
        await access.screens.add(waiting.code, "Lobby", by=ROOT)
    async with opened(database) as access:
        assert access.screens.is_expected(secret)
        assert await access.screens.open(secret, address=THERE) is not None


async def test_the_secret_that_a_browser_waited_with_opens_nothing_once_it_was_changed(
    database: Database,
) -> None:
    async with opened(database) as access:
        waiting, asked_with = access.screens.ask(address=THERE)
        assert access.screens.known(asked_with, address=THERE) is None
        await access.screens.add(waiting.code, "Lobby", by=ROOT)
        assert access.screens.known(asked_with, address=THERE) is None
        at_once = [access.screens.open(asked_with, address=THERE) for _ in range(3)]
        found = [each for each in await asyncio.gather(*at_once) if each is not None]
        assert len(found) == 1
        assert access.screens.known(asked_with, address=THERE) is None
        assert await access.screens.open(asked_with, address=THERE) is None
        assert access.screens.known(found[0][1], address=THERE) is not None


async def test_a_code_is_worth_nothing_to_a_browser_that_does_not_show_it(
    sqlite: Database,
) -> None:
    async with opened(sqlite) as access:
        waiting, _ = access.screens.ask(address=THERE)
        _, of_another = access.screens.ask(address=HERE)
        await access.screens.add(waiting.code, "Lobby", by=ROOT)
        for secret in (of_another, waiting.code, waiting.digest, "", "x" * 100_000, "\0"):
            assert not access.screens.is_expected(secret)
            assert await access.screens.open(secret, address=HERE) is None
            assert access.screens.known(secret, address=HERE) is None
        assert await refusal(access.screens.add(waiting.code, "Other", by=ROOT)) != ""


async def test_a_code_ends_and_its_browser_then_has_another(sqlite: Database) -> None:
    clock = Clock()
    async with opened(sqlite, clock) as access:
        first, secret = access.screens.ask(address=THERE)
        clock.move(minutes=9, seconds=59)
        assert access.screens.waiting(secret) == first
        clock.move(seconds=1)
        assert "No screen shows this code" in await refusal(
            access.screens.add(first.code, "Lobby", by=ROOT)
        )
        second = access.screens.waiting(secret)
        assert second is not None
        assert second.code != first.code
        assert (await access.screens.add(second.code, "Lobby", by=ROOT)).name == "Lobby"
        assert access.screens.is_expected(secret)
        clock.move(minutes=10)
        assert not access.screens.is_expected(secret)
        assert await access.screens.open(secret, address=THERE) is None
        assert access.screens.all()[0].state(clock.now) is ScreenState.MISSED


@pytest.mark.parametrize("span", [timedelta(minutes=20), timedelta(days=-1)])
async def test_a_code_that_nobody_asks_for_any_more_is_forgotten(
    sqlite: Database, span: timedelta
) -> None:
    clock = Clock()
    async with opened(sqlite, clock) as access:
        _, secret = access.screens.ask(address=THERE)
        clock.now += span
        assert access.screens.waiting(secret) is None
        assert access.screens.all_waiting() == ()


async def test_wrong_codes_are_few_tries_and_are_told_to_the_audit_without_what_was_typed(
    sqlite: Database,
) -> None:
    clock = Clock()
    async with opened(sqlite, clock) as access:
        waiting, _ = access.screens.ask(address=THERE)
        for code in ("", "CCCCCC", "x" * 100_000, "０" * 6, "\0'--"):
            said = await refusal(access.screens.add(code, "Lobby", by=ROOT))
            assert said.startswith("No screen shows this code.")
        said = await refusal(access.screens.add(waiting.code, "Lobby", by=ROOT))
        assert said == "Too many attempts. Try again in 10 s."
        noted = await entries(access, what="screen-refused")
        assert [(each.who, each.target, each.detail) for each in noted] == [("root", "", "")] * 5
        clock.move(seconds=11)
        assert await refusal(access.screens.add(waiting.code, "Lobby", by=ROOT)) == ""


async def test_an_address_has_only_so_many_codes_at_once(sqlite: Database) -> None:
    clock = Clock()
    async with opened(sqlite, clock) as access:
        for _ in range(MOST_OF_ADDRESS):
            access.screens.ask(address=THERE)
        with pytest.raises(SignInRefused) as refused:
            access.screens.ask(address=THERE)
        assert refused.value.wait > 0
        access.screens.ask(address=HERE)
        clock.move(minutes=19)
        with pytest.raises(SignInRefused):
            access.screens.ask(address=THERE)
        clock.move(minutes=1)
        access.screens.ask(address=THERE)


async def test_however_many_ask_only_so_many_wait(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        for number in range(200):
            access.screens.ask(address=f"10.0.0.{number}")
        with pytest.raises(SignInRefused, match="Too many screens wait"):
            access.screens.ask(address=HERE)
        waiting = access.screens.all_waiting()
        assert len(waiting) == 200
        assert len({each.code for each in waiting}) == 200
        assert len(await entries(access, what="screen-asked")) == 200


async def test_asking_who_a_screen_is_takes_microseconds(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        _, secret = await let_in(access)
        once = min(
            timeit.repeat(
                lambda: access.screens.known(secret, address=THERE), number=1000, repeat=5
            )
        )
        assert once / 1000 < 100e-6


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_what_is_typed_as_a_code_is_one_or_nothing(text: str) -> None:
    code = typed_code(text)
    assert code == "" or (len(code) == LENGTH and set(code) <= set(LETTERS))


@given(st.text(LETTERS, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_taken_however_it_is_spaced_and_in_any_case(code: str) -> None:
    assert typed_code(spoken_code(code)) == code
    assert typed_code(f" {'-'.join(code.lower())}\n") == code


@given(
    st.text(st.characters(exclude_categories=()), max_size=100),
    st.dictionaries(st.text(max_size=90), st.text(max_size=600), max_size=40),
)
def test_names_and_options_that_pass_can_be_stored_as_they_are(
    name: str, options: dict[str, str]
) -> None:
    if not screen_name_fault(name):
        name.encode("utf-8")
        assert name.isprintable()
    if not screen_options_fault(options):
        assert json.loads(json.dumps(options)) == options
        assert sum(map(len, [*options, *options.values()])) <= LONGEST_OPTIONS
