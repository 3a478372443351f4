"""The audit: what is written, in which order it is read, and what a flood does to it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.access import audit_rows, ledger
from console.access.audit import AuditEntry, AuditQuery, Outcome, What
from console.access.floods import IN_FULL
from console.access.roles import Role
from console.journal.databases import Database
from console.journal.engines import writing_engine
from tests.console.access.desk import GOOD, HERE, ROOT, Clock, entries, opened
from tests.console.fleets import NOW

ENTRY = AuditEntry(NOW, "Ada", "operator", HERE, What.ACTION, "prod-eu", "restart", plan="p1")
REFUSED = replace(ENTRY, what=What.SIGN_IN_REFUSED, outcome=Outcome.REFUSED)


async def test_what_is_noted_is_read_newest_first_as_it_was(database: Database) -> None:
    async with opened(database) as access:
        noted = [replace(ENTRY, target=f"runner {number}") for number in range(5)]
        for each in noted:
            access.note(each)
        assert await entries(access) == tuple(reversed(noted))
        access.note_of(ROOT, What.TOKEN_ADDED, "eu", outcome="done")
        (newest, *_) = await entries(access)
        assert newest == AuditEntry(NOW, "root", "admin", "command line", What.TOKEN_ADDED, "eu")


async def test_it_outlives_the_program_that_was_told_to_end(database: Database) -> None:
    async with opened(database) as access:
        access.note(ENTRY)
    async with opened(database) as access:
        assert await entries(access) == (ENTRY,)


async def test_it_is_written_without_anybody_asking(sqlite: Database) -> None:
    async with opened(sqlite) as access, opened(sqlite) as other:
        access.note(ENTRY)
        for _ in range(2000):
            if await entries(other):
                break
            await asyncio.sleep(0.001)
        else:
            pytest.fail("nothing was written")


async def test_page_after_page_tells_everything_once(database: Database) -> None:
    async with opened(database) as access:
        for number in range(25):
            access.note(replace(ENTRY, target=str(number)))
        seen, before = [], None
        while True:
            page = await access.audit(AuditQuery(), 10, before)
            seen += [int(each.target) for each in page.entries]
            before = page.before
            access.note(replace(ENTRY, target="99"))
            if before is None:
                break
        assert seen == list(range(24, -1, -1))


async def test_each_part_of_a_query_narrows_it(database: Database) -> None:
    async with opened(database) as access:
        later = NOW + timedelta(days=1)
        noted = (
            ENTRY,
            replace(ENTRY, who="Émile"),
            replace(ENTRY, target="100%_done"),
            replace(ENTRY, what=What.SIGN_IN),
            replace(ENTRY, outcome=Outcome.FAILED),
            replace(ENTRY, at=later),
        )
        for each in noted:
            access.note(each)
        for query, found in (
            ({"who": "éMI"}, {1}),
            ({"who": "ADA"}, {0, 2, 3, 4, 5}),
            ({"who": "Ada' OR '1'='1"}, set()),
            ({"target": "%_"}, {2}),
            ({"target": "PROD"}, {0, 1, 3, 4, 5}),
            ({"what": "sign-in"}, {3}),
            ({"what": "sign"}, set()),
            ({"outcome": "failed"}, {4}),
            ({"since": later}, {5}),
            ({"until": later}, {0, 1, 2, 3, 4}),
            ({"who": "\0\ud800", "what": "\0", "target": "x" * 100_000}, set()),
        ):
            told = await entries(access, **query)
            assert set(told) == {noted[number] for number in found}, query


async def test_a_clock_that_is_set_back_puts_nothing_out_of_sight(database: Database) -> None:
    async with opened(database) as access:
        access.note(ENTRY)
        access.note(replace(ENTRY, at=NOW - timedelta(days=3)))
        assert [each.at for each in await entries(access)] == [NOW - timedelta(days=3), NOW]


texts = st.text(st.characters(exclude_categories=()), max_size=700)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=texts, target=texts, detail=texts, what=texts, address=texts, outcome=texts)
async def test_whatever_is_noted_is_stored(database: Database, **said: str) -> None:
    async with opened(database) as access:
        access.note(AuditEntry(NOW, role="", **said))
        (newest, *_) = await entries(access)
        assert len(newest.detail) <= 500
        assert newest.who == said["who"] or not said["who"].isprintable() or len(said["who"]) > 500


async def test_a_flood_of_refusals_is_counted_and_pushes_nothing_else_out(
    database: Database,
) -> None:
    clock = Clock()
    async with opened(database, clock) as access:
        access.note(ENTRY)
        for _ in range(10_000):
            access.note(REFUSED)
        access.note(ENTRY)
        assert len(await entries(access)) == IN_FULL + 2
        clock.move(hours=0.25)
        await access.look()
        newest, *others = await entries(access)
        more = 10_000 - IN_FULL
        assert newest.detail == f"{more} more like it since 12:00 UTC. {REFUSED.detail}".strip()
        assert newest.outcome == REFUSED.outcome
        assert len(others) == IN_FULL + 2
        access.note(REFUSED)
    async with opened(database) as access:
        newest, *others = await entries(access)
        assert newest.detail.startswith("1 more like it since 12:15 UTC.")
        assert len(others) == IN_FULL + 3


async def test_refusals_are_forgotten_first_however_many_have_come(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in (("MOST_KEPT", 30), ("MOST_REFUSED", 10), ("SLICE", 7)):
        monkeypatch.setattr(audit_rows, name, number)
    clock = Clock()
    async with opened(database, clock) as access:
        access.note(replace(ENTRY, target="first"))
        for number in range(60):
            address = f"10.0.0.{number}"
            access.note(replace(REFUSED, address=address, target=str(number)))
        access.note(replace(ENTRY, target="last"))
        kept = [each.target for each in await entries(access)]
    assert kept == ["last", *map(str, range(59, 49, -1)), "first"]


async def test_what_waits_is_bounded_and_what_was_lost_is_counted(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MOST_QUEUED", 10)
    async with opened(sqlite) as access:
        for number in range(15):
            access.note(replace(ENTRY, target=str(number), detail="x" * 100_000))
        assert len(await entries(access)) == 10
        access.note(ENTRY)
        assert (await entries(access))[0].detail == "restart (5 before it were not written)"


async def test_what_is_old_or_too_much_is_forgotten_a_slice_at_a_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_rows, "MOST_KEPT", 20)
    monkeypatch.setattr(audit_rows, "SLICE", 7)
    clock = Clock()
    async with opened(database, clock) as access:
        for number in range(50):
            access.note(replace(ENTRY, target=str(number)))
        assert [each.target for each in await entries(access)][-1] == "30"
        clock.move(days=401)
        access.note(replace(ENTRY, target="new", at=clock.now))
        assert [each.target for each in await entries(access)] == ["new"]


async def test_a_deed_and_its_entry_are_written_together_or_not_at_all(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    async with opened(database) as access:
        await access.add_user("ada", Role.VIEWER, GOOD, by=ROOT)
        with monkeypatch.context() as patched:
            patched.setattr(audit_rows, "write_entries", broken)
            with pytest.raises(Exception, match="database of users is unavailable"):
                await access.set_role("ada", Role.ADMIN, by=ROOT)
        await access.look()
        assert access.users()[0].role is Role.VIEWER
    async with opened(database) as access:
        assert access.users()[0].role is Role.VIEWER


async def test_an_entry_that_no_database_takes_keeps_no_other_from_being_written(
    database: Database,
) -> None:
    """There is none that a page could make; a fault of ours might."""
    async with opened(database) as access:
        for number in range(20):
            odd = number == 7
            access.note(replace(ENTRY, target=str(number), at=NOW if not odd else None))
        assert [int(each.target) for each in reversed(await entries(access))] == [
            *range(7),
            *range(8, 20),
        ]


async def test_a_database_without_tables_of_users_has_an_empty_audit(sqlite: Database) -> None:
    async with opened(sqlite) as access:
        assert await entries(access) == ()
    assert sqlite.path is not None
    assert not sqlite.path.exists()
    writing_engine(sqlite).dispose()
    async with opened(sqlite) as access:
        assert await entries(access) == ()
