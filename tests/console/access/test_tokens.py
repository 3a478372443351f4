"""Tokens: what they are good for, and what ends them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.access.audit import What
from console.access.digests import digest, new_id
from console.access.refusals import refusal
from console.journal.databases import Database
from tests.console.access.desk import HERE, ROOT, Clock, entries, opened, told
from tests.console.fleets import NOW


async def test_a_token_is_known_by_its_secret_also_after_a_restart(database: Database) -> None:
    async with opened(database) as access:
        token, secret = await access.add_token("prom", ["metrics:read"], None, ROOT)
        found = access.bearer(secret, address=HERE)
        assert found == token
        assert found is not None
        assert found.may("metrics:read")
        assert not found.may("runners:read")
        assert (found.by, found.made) == ("root", access.now)
    async with opened(database) as access:
        assert access.bearer(secret, address=HERE) is not None
        assert access.tokens()[0].used == NOW


async def test_a_token_that_is_revoked_holds_no_longer_here_or_in_another_process(
    database: Database,
) -> None:
    async with opened(database) as server, opened(database) as command_line:
        token, secret = await server.add_token("prom", ["metrics:read"], None, ROOT)
        await command_line.look()
        await command_line.revoke_token(token.id, ROOT)
        assert command_line.bearer(secret, address=HERE) is None
        await server.look()
        assert server.bearer(secret, address=HERE) is None
        assert [each.is_revoked for each in server.tokens()] == [True]
        assert ("token-revoked", "prom", "done") in await told(server)


async def test_a_token_holds_until_it_expires(database: Database) -> None:
    clock = Clock()
    async with opened(database, clock) as access:
        ends = NOW + timedelta(days=1)
        _, secret = await access.add_token("prom", ["runners:read", "metrics:read"], ends, ROOT)
        clock.move(hours=23)
        assert access.bearer(secret, address=HERE)
        clock.move(hours=1)
        assert access.bearer(secret, address=HERE) is None
        assert access.tokens()[0].has_expired(clock.now)


async def test_a_token_that_does_not_hold_is_told_to_the_audit_without_any_part_of_it(
    database: Database,
) -> None:
    clock = Clock()
    async with opened(database, clock) as access:
        revoked, gone = await access.add_token("old", ["metrics:read"], None, ROOT)
        await access.revoke_token(revoked.id, ROOT)
        _, short = await access.add_token("short", ["metrics:read"], NOW + timedelta(1), ROOT)
        token, good = await access.add_token("prom", ["metrics:read"], None, ROOT)
        clock.move(days=1)
        secrets = (gone, short, "never-was-one", "", "x" * 100_000)
        for secret in (*secrets, good):
            assert (access.bearer(secret, address=HERE) is None) is (secret != good)
        access.refuse_scope(token, "runners:read", address=HERE)
        noted = await entries(access, what=What.TOKEN_REFUSED)
    assert [(each.target, each.detail) for each in reversed(noted)] == [
        ("old", "revoked"),
        ("short", "expired"),
        *[("", "not known")] * 3,
        ("prom", "lacks the scope runners:read"),
    ]
    assert {(each.who, each.address, each.outcome) for each in noted} == {("", HERE, "refused")}
    assert not [each for each in noted for secret in secrets[:3] if secret in repr(each)]


async def test_a_program_that_goes_on_asking_does_not_fill_the_audit(sqlite: Database) -> None:
    """The same token from the same address is told once an hour; others are told beside it."""
    clock = Clock()
    async with opened(sqlite, clock) as access:
        for _ in range(2 * 240):
            access.bearer("never was one", address=HERE)
            clock.move(seconds=15)
        assert len(await entries(access, what=What.TOKEN_REFUSED)) == 2
        access.bearer("never was one", address=HERE)
        access.bearer("never was one", address="198.51.100.7")
        access.bearer("nor this", address=HERE)
        assert len(await entries(access, what=What.TOKEN_REFUSED)) == 5


@pytest.mark.parametrize(
    ("name", "scopes", "hours", "told"),
    [
        ("", ["metrics:read"], 1, "needs a name"),
        ("a\nb", ["metrics:read"], 1, "needs a name"),
        ("x" * 101, ["metrics:read"], 1, "needs a name"),
        ("prom", [], 1, "one or more of runners:read, metrics:read"),
        ("prom", ["runners:write"], 1, "one or more of"),
        ("prom", ["metrics:read", "x" * 10_000], 1, "one or more of"),
        ("prom", ["metrics:read"], 0, "must end in the future"),
        ("prom", ["metrics:read"], -1, "must end in the future"),
    ],
)
async def test_a_token_that_cannot_be_is_refused_with_the_reason(
    sqlite: Database, name: str, scopes: list[str], hours: int, told: str
) -> None:
    async with opened(sqlite) as access:
        ends = NOW + timedelta(hours=hours)
        assert told in await refusal(access.add_token(name, scopes, ends, ROOT))
        assert access.tokens() == ()


@pytest.mark.parametrize("token_id", ["", "nonsense", "\0", "x" * 100_000, "' OR 1=1 --"])
async def test_revoking_what_is_no_token_is_said_to_be_so(
    database: Database, token_id: str
) -> None:
    async with opened(database) as access:
        _, secret = await access.add_token("prom", ["metrics:read"], None, ROOT)
        said = await refusal(access.revoke_token(token_id, ROOT))
        assert said == "There is no such token, or it has been revoked."
        assert access.bearer(secret, address=HERE)


def test_an_id_can_be_typed_as_an_argument() -> None:
    made = [new_id() for _ in range(500)]
    assert all(each.isalnum() for each in made)
    assert len(set(made)) == 500


@given(st.text(st.characters(exclude_categories=()), max_size=500))
def test_the_digest_of_any_text_is_short_and_says_nothing_of_it(secret: str) -> None:
    assert len(digest(secret)) in (0, 64)
    assert digest(secret) != secret or secret == ""
