"""Several accounts on the command line: what is shown, picked and acted on, and how a command ends
when one of them cannot be read."""

import csv
import json
from io import StringIO

import pytest

from console.api import retry
from console.cli.checking import plugin_line
from console.cli.exits import PluginState
from console.fleet.snapshot import Snapshot
from console.view.overview import overview
from console.view.records import FIELDS
from tests.console.cli.calling import Console
from tests.console.fleets import HEALTHY, NOW, snapshot_of

BOTH = ("--demo", "--profile", "eu,us")
ONE_DENIED = (*BOTH, "--scenario", "calm,denied")
DENIED = "us: Maia does not allow this machine's address."


def test_a_list_has_both_accounts_in_a_column(console: Console) -> None:
    ended = console("list", *BOTH, "--sort", "account", "--output", "plain")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert len(lines) == 48
    assert "Account eu;" in lines[0]
    assert "Account us;" in lines[-1]


def test_all_of_the_demo_are_two_accounts(console: Console) -> None:
    ended = console("list", "--demo", "--profile", "all", "--output", "plain")
    assert len(ended.out.splitlines()) == 48


def test_data_has_the_account_after_the_name(console: Console) -> None:
    listed = json.loads(console("list", *BOTH, "--output", "json", "--filter", "account:us").out)
    assert {each["account"] for each in listed} == {"us"}
    assert list(listed[0])[:3] == ["id", "name", "account"]
    for filter_text in ("account:us", "nothing-at-all"):
        rows = csv.reader(
            StringIO(console("list", *BOTH, "--output", "csv", "--filter", filter_text).out)
        )
        assert next(rows) == [*FIELDS[:2], "account", *FIELDS[2:]]


def test_one_account_has_neither_the_column_nor_the_field(console: Console) -> None:
    assert "Account" not in console("list", "--demo").out
    listed = json.loads(console("list", "--demo", "--output", "json").out)
    assert "account" not in listed[0]


def test_an_account_that_cannot_be_read_is_told_and_the_other_is_listed(console: Console) -> None:
    ended = console("list", *ONE_DENIED, "--output", "plain")
    assert ended.code == 3
    assert len(ended.out.splitlines()) == 24
    assert DENIED in ended.err


def test_when_none_can_be_read_nothing_is_listed(console: Console) -> None:
    ended = console("list", *BOTH, "--scenario", "denied")
    assert (ended.code, ended.out) == (3, "")
    assert "eu: Maia does not allow this machine's address." in ended.err


def test_a_scenario_that_does_not_exist_is_named(console: Console) -> None:
    ended = console("list", *BOTH, "--scenario", "calm,rainy")
    assert ended.code == 2
    assert "“rainy” is not a scenario." in ended.err


def test_a_name_in_both_accounts_is_picked_with_its_account(console: Console) -> None:
    ended = console("show", "legacy-eks", *BOTH)
    assert ended.code == 2
    assert "is the name of 2 runners. Name one: eu/legacy-eks, us/legacy-eks." in ended.err
    shown = console("show", "us/legacy-eks", *BOTH)
    assert shown.code == 0
    assert "  Account              us\n" in shown.out


def test_a_history_is_that_of_the_account_that_is_named(console: Console) -> None:
    told = [console("history", f"{account}/legacy-eks", *BOTH) for account in ("eu", "us")]
    assert [each.code for each in told] == [0, 0]
    assert all("Restart by demo from the terminal" in each.out for each in told)
    assert console("history", "legacy-eks", *BOTH).code == 2


def test_the_calendar_tells_of_the_runners_of_both(console: Console) -> None:
    ended = console("releases", *BOTH)
    assert ended.code == 0
    assert "eu/analytics-aks" in ended.out
    assert "us/analytics-aks" in ended.out
    assert console("releases", *ONE_DENIED).code == 3


@pytest.mark.parametrize("scenarios", ["calm,calm", "calm,denied"])
def test_an_action_goes_to_the_account_that_is_named(console: Console, scenarios: str) -> None:
    arguments = ("set-track", "current", "eu/risk-eks", *BOTH, "--scenario", scenarios, "--yes")
    ended = console(*arguments)
    assert ended.out == "eu/risk-eks: done.\n"
    assert ended.code == (3 if "denied" in scenarios else 0)


def test_an_action_on_all_that_match_goes_to_both(console: Console) -> None:
    ended = console("set-track", "current", "--filter", "name:risk-eks", *BOTH, "--yes")
    assert ended.code == 0
    assert sorted(ended.out.splitlines()) == ["eu/risk-eks: done.", "us/risk-eks: done."]


def test_a_runner_of_the_account_that_was_not_read_is_said_to_be_unknown_for_that(
    console: Console,
) -> None:
    ended = console("restart", "us/risk-eks", *ONE_DENIED, "--dry-run")
    assert ended.code == 2
    assert "Not read: us." in ended.err


def test_a_check_counts_both(console: Console) -> None:
    ended = console("check", *BOTH)
    assert " of 48 runners | runners=48;" in ended.out


def test_a_check_is_unknown_where_an_account_was_not_read_unless_the_rest_is_critical(
    console: Console,
) -> None:
    ended = console("check", *ONE_DENIED)
    assert ended.code == 2
    assert "us not read of 24 runners" in ended.out
    unheeded = ("--critical", "unsupported=99")
    ended = console("check", *ONE_DENIED, *unheeded)
    assert ended.code == 3
    assert ended.out.startswith("MAIA UNKNOWN - us not read of 24 runners | ")


def test_an_unread_account_outweighs_a_warning() -> None:
    counted = overview(snapshot_of(HEALTHY), NOW)
    assert plugin_line(counted, {}, {}, unread=("us",))[0] is PluginState.UNKNOWN
    assert plugin_line(counted, {}, {}, leaving=1, unread=("us",))[0] is PluginState.CRITICAL
    assert plugin_line(counted, {}, {})[0] is PluginState.OK


def test_the_examination_goes_through_all_of_them(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "LONGEST_WAIT", 0.0)
    ended = console("doctor", *ONE_DENIED)
    assert ended.code == 1
    told = [line for line in ended.out.splitlines() if "settings" in line or "FAIL" in line]
    assert "Profile eu," in told[0]
    assert "Profile us," in told[1]
    assert all(line.startswith("FAIL") for line in told[2:])


def test_while_watching_each_account_is_told_once_and_the_other_goes_on(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fleet is read twice more once both accounts have answered; then it is interrupted."""
    from console.fleet.union import FleetUnion

    wait_for_news = FleetUnion.news
    settled = 0

    async def news(self: FleetUnion) -> Snapshot:
        nonlocal settled
        snapshot = self.snapshot
        if not (snapshot.problems and snapshot.taken):
            return await wait_for_news(self)
        settled += 1
        if settled > 3:
            raise KeyboardInterrupt
        return await self.refresh()

    monkeypatch.setattr(FleetUnion, "news", news)
    ended = console("list", *ONE_DENIED, "--watch", "--output", "plain")
    assert ended.code == 130
    assert ended.err.count(DENIED) == 1
    assert len(ended.out.splitlines()) == 24
