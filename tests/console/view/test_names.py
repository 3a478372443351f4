"""From what a person typed to runners."""

from dataclasses import replace

import pytest

from console.errors import UnknownName
from console.view.names import runners_named
from tests.console.fleets import HEALTHY, demo_snapshot, snapshot_of

EU = replace(HEALTHY, id="id-1", name="Prod-EU")
US = replace(HEALTHY, id="id-2", name="prod-us")
TWIN = replace(HEALTHY, id="id-3", name="twin")
OTHER_TWIN = replace(HEALTHY, id="id-4", name="twin")
LOUD_TWIN = replace(HEALTHY, id="id-5", name="PROD-US")
FLEET = snapshot_of(EU, US, TWIN, OTHER_TWIN, LOUD_TWIN)


def ids(*names: str) -> list[str]:
    return [runner.id for runner in runners_named(FLEET, names)]


def test_a_name_an_id_and_another_case_all_find_the_runner() -> None:
    assert ids("Prod-EU") == ids("id-1") == ids("prod-eu") == ["id-1"]


def test_runners_come_in_the_order_of_the_names_and_once() -> None:
    assert ids("id-3", "Prod-EU", "id-3", "prod-eu") == ["id-3", "id-1"]
    assert ids() == []


def test_an_exact_name_wins_over_one_in_another_case() -> None:
    assert ids("prod-us") == ["id-2"]
    assert ids("PROD-US") == ["id-5"]


@pytest.mark.parametrize("name", ["twin", "Prod-US"])
def test_a_name_that_several_share_asks_for_an_id(name: str) -> None:
    with pytest.raises(UnknownName, match=f"“{name}” is the name of 2 runners. Use an id: id-"):
        ids(name)


def test_an_unknown_name_is_answered_with_the_nearest_and_the_list() -> None:
    with pytest.raises(UnknownName) as raised:
        ids("prod-uss")
    assert str(raised.value) == (
        "“prod-uss” is not a runner. Did you mean prod-us?"
        " Allowed: PROD-US, Prod-EU, prod-us, twin."
    )


def test_in_a_large_fleet_the_list_is_left_out() -> None:
    with pytest.raises(UnknownName) as raised:
        runners_named(demo_snapshot(200), ["legacy-ek"])
    assert str(raised.value) == (
        "“legacy-ek” is not a runner. Did you mean legacy-eks? See them with maia-console list."
    )


def test_an_account_without_runners_is_told_so() -> None:
    with pytest.raises(UnknownName) as raised:
        runners_named(snapshot_of(), ["a"])
    assert str(raised.value) == "“a” is not a runner. This account has none."


def test_a_hostile_name_is_repeated_harmlessly() -> None:
    with pytest.raises(UnknownName) as raised:
        ids("\x1b[2J")
    assert str(raised.value).isprintable()
