"""Several accounts in words: their column and facts, and that what is not as it is now never passes
for fresh."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from console.actions.catalogue import action_by_id
from console.actions.execute import Outcome
from console.actions.plan import plan
from console.errors import UnknownName
from console.fleet.snapshot import Phase, ProblemKind, Snapshot
from console.view.columns import COLUMNS, COLUMNS_WITH_ACCOUNT
from console.view.connection import STEPS, connection_view
from console.view.detail import runner_detail
from console.view.filter import parse_filter
from console.view.names import runner_label, runners_named
from console.view.overview import banner, data_age, overview, problem_text, stale_after
from console.view.plan import outcome_text, plan_text
from console.view.query import Query
from console.view.records import FIELDS, fields_of, runner_records
from console.view.runners import runners_table
from console.view.table import Cell, Table
from console.view.tone import Tone
from console.view.wall import wall
from tests.console.fleets import HEALTHY, NOW, snapshot_of
from tests.console.several import DOWN, Accounts, record


@pytest.fixture
def accounts() -> Accounts:
    """Two with one name in both, all of them well."""
    made = Accounts()
    latest = {"version": {"agentVersion": "10.1"}}
    made.eu.answer = (record("1", name="prod", **latest), record("2", **latest))
    made.us.answer = (record("3", name="prod", **latest), record("4", **latest))
    return made


def account_cells(table: Table) -> list[Cell]:
    place = [column.key for column in table.columns].index("account")
    return [row.cells[place] for row in table.rows]


async def test_the_column_of_accounts_follows_the_name_only_where_several_are_open(
    accounts: Accounts,
) -> None:
    table = runners_table(await accounts.fleet.refresh(), Query(sort="name"), NOW)
    assert [column.key for column in table.columns][:3] == ["name", "account", "status"]
    assert [cell.said for cell in account_cells(table)] == ["eu", "us", "eu", "us"]
    alone = runners_table(await accounts.eu.store.refresh(), Query(), NOW)
    assert alone.columns == COLUMNS


def test_name_status_support_and_account_are_the_last_columns_to_go() -> None:
    by_rank = sorted(COLUMNS_WITH_ACCOUNT, key=lambda column: column.rank)
    assert [column.key for column in by_rank[:4]] == ["name", "status", "support", "account"]
    assert [column.rank for column in by_rank] == list(range(len(COLUMNS) + 1))
    assert [each.key for each in by_rank if each.key != "account"] == [
        each.key for each in sorted(COLUMNS, key=lambda column: column.rank)
    ]


async def test_the_table_sorts_and_filters_by_account(accounts: Accounts) -> None:
    snapshot = await accounts.fleet.refresh()
    down = runners_table(snapshot, Query(sort="account", descending=True), NOW)
    assert [cell.text for cell in account_cells(down)] == ["us", "us", "eu", "eu"]
    found = runners_table(snapshot, Query(parse_filter("account:us prod")), NOW)
    assert [row.key for row in found.rows] == ["3"]
    assert found.caption == "1 of 4 runners"


async def test_the_rows_of_an_account_that_cannot_be_read_are_marked(accounts: Accounts) -> None:
    table = runners_table(await accounts.with_us_lost(), Query(sort="account"), NOW)
    assert [cell.said for cell in account_cells(table)] == ["eu", "eu", "? us", "? us"]
    assert account_cells(table)[-1].hint == "It cannot be read now: this is as last read."
    assert account_cells(table)[-1].ascii_symbol == "?"


async def test_the_banner_names_the_account_since_when_the_next_try_and_what_is_shown(
    accounts: Accounts,
) -> None:
    lost = await accounts.with_us_lost()
    told = banner(lost, accounts.clock.now)
    assert told.startswith("us: The Maia API cannot be reached")
    assert told.endswith(" For 10 min; next try in 1 min. us is shown as last read.")
    assert overview(lost, accounts.clock.now).banner == told
    assert "10 min" not in problem_text(lost)
    assert problem_text(lost).startswith("us: ")


async def test_the_banner_of_two_names_both(accounts: Accounts) -> None:
    await accounts.fleet.refresh()
    accounts.eu.answer = accounts.us.answer = DOWN
    told = banner(await accounts.fleet.refresh(), NOW)
    assert told.startswith("eu: ")
    assert " us: " in told
    assert told.endswith(" eu and us are shown as last read.")


async def test_all_is_only_well_where_every_account_is_read(accounts: Accounts) -> None:
    fresh = overview(await accounts.fleet.refresh(), NOW)
    assert fresh.verdict == "All is well: 4 runners, none needs attention."
    assert fresh.verdict_tone is Tone.GOOD
    lost = overview(await accounts.with_us_lost(), NOW)
    assert lost.verdict == (
        "When last read, all was well: 4 runners, none needed attention. us is shown as last read."
    )
    assert lost.verdict_tone is Tone.MUTED


def healthy(**fields: object) -> Snapshot:
    eu = replace(HEALTHY, account="eu")
    return replace(snapshot_of(eu), **fields)  # type: ignore[arg-type]


def test_a_fleet_without_a_problem_is_not_well_while_an_account_is_unread() -> None:
    states = Accounts().seen.accounts
    eu = replace(states[0], taken=NOW)
    seen = overview(healthy(accounts=(eu, states[1])), NOW)
    assert seen.verdict.startswith("All is well: 1 runner, none needs attention.")
    assert seen.verdict.endswith(" us has not been read yet.")
    assert seen.verdict_tone is Tone.MUTED
    both = replace(states[1], taken=NOW)
    assert overview(healthy(accounts=(eu, both)), NOW).verdict_tone is Tone.GOOD


async def test_an_account_that_was_never_read_is_named_as_missing(accounts: Accounts) -> None:
    accounts.us.answer = DOWN
    snapshot = await accounts.fleet.refresh()
    assert overview(snapshot, NOW).verdict.endswith(" us has not been read yet.")
    assert banner(snapshot, NOW).endswith(" us has not been read yet.")
    assert overview(snapshot, NOW).headlines[0].count == 2


@pytest.mark.parametrize(
    ("is_us_down", "empty"),
    [(False, "These accounts have no runners yet."), (True, "No runners have been read yet.")],
)
async def test_an_empty_table_says_whether_that_is_all(
    accounts: Accounts, is_us_down: bool, empty: str
) -> None:
    accounts.eu.answer = ()
    accounts.us.answer = DOWN if is_us_down else ()
    assert runners_table(await accounts.fleet.refresh(), Query(), NOW).empty == empty


async def test_the_age_is_stale_when_the_oldest_account_that_answers_is(
    accounts: Accounts,
) -> None:
    await accounts.fleet.refresh()
    accounts.clock.move(100)
    await accounts.eu.poll()
    age = data_age(accounts.seen, accounts.clock.now)
    assert (age.text, age.is_stale) == ("1 min old", True)
    assert stale_after(accounts.seen) == timedelta(seconds=65)


async def test_how_the_reading_goes_is_told_of_each_account(accounts: Accounts) -> None:
    well = connection_view(await accounts.fleet.refresh(), NOW, UTC)
    assert (well.title.text, well.steps) == ("The Maia API answers for all accounts.", ())
    lost = connection_view(await accounts.with_us_lost(), accounts.clock.now, UTC)
    assert lost.title.text == "1 of 2 accounts cannot be read."
    eu, us = lost.facts
    assert (eu.label, eu.cell.text) == ("eu", "Last read: 0 s ago.")
    assert us.label == "us"
    assert us.cell.text.startswith("The Maia API cannot be reached")
    assert us.cell.text.endswith(" For 10 min; next try in 1 min. Last read: 10 min ago.")
    assert lost.steps == STEPS[ProblemKind.UNREACHABLE]


async def test_the_numbers_count_all_accounts(accounts: Accounts) -> None:
    headlines = {each.key: each for each in overview(await accounts.fleet.refresh(), NOW).headlines}
    assert headlines["all"].count == 4
    assert headlines["running"].count == 4


async def test_the_wall_names_the_account_of_each_runner_and_of_the_trouble(
    accounts: Accounts,
) -> None:
    accounts.us.answer = (record("3", "UNKNOWN", name="prod"),)
    seen = wall(await accounts.with_us_lost(), NOW)
    assert "us/prod" in [tile.name.text for tile in seen.tiles]
    assert seen.banner.startswith("us: ")
    assert seen.banner.endswith(" us is shown as last read.")
    assert "10 min" not in seen.banner


async def test_a_record_has_its_account_after_its_name(accounts: Accounts) -> None:
    snapshot = await accounts.fleet.refresh()
    records = runner_records(snapshot, Query(sort="account"), NOW)
    assert [each["account"] for each in records] == ["eu", "eu", "us", "us"]
    assert tuple(records[0]) == fields_of(snapshot) == (*FIELDS[:2], "account", *FIELDS[2:])
    alone = await accounts.eu.store.refresh()
    assert tuple(runner_records(alone, Query(), NOW)[0]) == fields_of(alone) == FIELDS


async def test_the_details_tell_the_account_and_how_old_they_are_while_it_is_lost(
    accounts: Accounts,
) -> None:
    fresh = runner_detail(await accounts.fleet.refresh(), "3", NOW)
    assert fresh is not None
    assert (fresh.sections[0].facts[0].label, fresh.sections[0].facts[0].cell.said) == (
        "Account",
        "us",
    )
    lost = runner_detail(await accounts.with_us_lost(), "3", accounts.clock.now)
    assert lost is not None
    told = lost.sections[0].facts[0].cell.said
    assert told == "! us, which cannot be read now: as last read 10 min ago"
    alone = runner_detail(await accounts.eu.store.refresh(), "1", NOW)
    assert alone is not None
    assert alone.sections[0].facts[0].label == "Status"


async def test_a_name_in_two_accounts_needs_its_account(accounts: Accounts) -> None:
    snapshot = await accounts.fleet.refresh()
    with pytest.raises(UnknownName) as raised:
        runners_named(snapshot, ["prod"])
    assert str(raised.value) == "“prod” is the name of 2 runners. Name one: eu/prod, us/prod."
    picked = runners_named(snapshot, ["us/prod", "eu/PROD", "us/4"])
    assert [runner.id for runner in picked] == ["3", "1", "4"]
    assert [runner_label(runner) for runner in picked[:2]] == ["us/prod", "eu/prod"]


async def test_a_name_with_a_stroke_of_its_own_is_found_first(accounts: Accounts) -> None:
    accounts.eu.answer = (record("1", name="us/prod"),)
    assert runners_named(await accounts.fleet.refresh(), ["us/prod"])[0].id == "1"


async def test_twins_within_one_account_need_an_id(accounts: Accounts) -> None:
    accounts.us.answer = (record("3", name="prod"), record("4", name="prod"))
    snapshot = await accounts.fleet.refresh()
    for name in ("prod", "us/prod"):
        with pytest.raises(UnknownName, match="Use an id: "):
            runners_named(snapshot, [name])


async def test_a_name_that_nobody_has_says_what_was_not_read(accounts: Accounts) -> None:
    accounts.us.answer = DOWN
    with pytest.raises(UnknownName, match=r"“us/prod” is not a runner\. .* Not read: us\."):
        runners_named(await accounts.fleet.refresh(), ["us/prod"])


async def test_a_plan_and_its_outcome_name_the_account(accounts: Accounts) -> None:
    snapshot = await accounts.fleet.refresh()
    text = plan_text(plan(action_by_id("restart"), ["1", "3"], snapshot, NOW))
    assert [line.name for line in text.allowed] == ["eu/prod", "us/prod"]
    one = plan_text(plan(action_by_id("restart"), ["3"], snapshot, NOW))
    assert one.title == "Restart: us/prod"
    done = outcome_text(Outcome(snapshot.by_id["3"], Phase.DONE, ""))
    assert done == "us/prod: done."


async def test_a_runner_of_a_read_only_account_is_left_out_of_a_plan() -> None:
    accounts = Accounts(read_only="us")
    snapshot = await accounts.fleet.refresh()
    text = plan_text(plan(action_by_id("restart"), ["1", "3"], snapshot, NOW))
    assert [line.name for line in text.allowed] == ["eu/runner-1"]
    assert [(line.name, *line.sentences) for line in text.refused] == [
        ("us/runner-3", "The account us is read-only.")
    ]


async def test_a_hostile_name_of_an_account_does_no_harm(accounts: Accounts) -> None:
    lost = await accounts.with_us_lost()
    hostile = "\x1b[31mus"
    states = (lost.accounts[0], replace(lost.accounts[1], name=hostile))
    runner = replace(lost.by_id["3"], account=hostile)
    seen = replace(lost, accounts=states, runners=(runner,))
    told = [overview(seen, NOW).verdict, banner(seen, NOW), runner_label(runner)]
    told += [cell.said for cell in account_cells(runners_table(seen, Query(), NOW))]
    assert all(text.isprintable() for text in told)
