"""`show`: one runner found by name or id, as text and as data."""

import json

import pytest
import yaml

from console.demo.world import World
from console.view.records import FIELDS
from tests.console.cli.calling import Console


@pytest.mark.usefixtures("fleet")
def test_a_runner_is_shown_in_full(console: Console) -> None:
    ended = console("show", "legacy-eks")
    assert (ended.code, ended.err) == (0, "")
    title, description, *rest = ended.out.splitlines()
    assert (title, description) == ("legacy-eks", "Pinned image, do not restart in office hours")
    assert {"State", "Version", "Settings"} <= set(rest)
    assert any(line.startswith("✕ Version 10.") and "out of support" in line for line in rest)


@pytest.mark.usefixtures("fleet")
def test_an_id_finds_what_the_name_finds_and_case_does_not_matter(console: Console) -> None:
    by_name = json.loads(console("show", "sandbox", "--output", "json").out)
    runner_id = by_name[0]["id"]
    assert json.loads(console("show", runner_id, "--output", "json").out) == by_name
    assert json.loads(console("show", "SandBox", "--output", "json").out) == by_name


@pytest.mark.usefixtures("fleet")
def test_data_is_an_array_of_one_record_of_the_documented_fields(console: Console) -> None:
    (record,) = json.loads(console("show", "sandbox", "--output", "json").out)
    assert tuple(record) == FIELDS
    assert yaml.safe_load(console("show", "sandbox", "--output", "yaml").out) == [record]


@pytest.mark.usefixtures("fleet")
def test_a_name_that_no_runner_has_brings_the_nearest(console: Console) -> None:
    ended = console("show", "prod-eu-fargat")
    assert (ended.code, ended.out) == (2, "")
    assert "“prod-eu-fargat” is not a runner. Did you mean prod-eu-fargate?" in ended.err


def test_in_a_large_fleet_the_names_are_not_listed(console: Console) -> None:
    ended = console("show", "prod-eu-fargat", "--demo", "--demo-runners", "200")
    assert "Did you mean prod-eu-fargate? See them with maia-console list." in ended.err
    assert len(ended.err) < 200


def test_a_name_that_several_share_asks_for_an_id_and_lists_them(
    console: Console, world: World
) -> None:
    twin = world.create(world.named("sandbox"))
    ended = console("show", "sandbox")
    assert (ended.code, ended.out) == (2, "")
    assert "“sandbox” is the name of 2 runners. Use an id:" in ended.err
    assert twin in ended.err
    assert console("show", twin).code == 0


@pytest.mark.usefixtures("hostile")
def test_a_hostile_name_is_shown_as_text(console: Console) -> None:
    ended = console("show", "\x1b[31mred\x1b[0m\x1b]0;owned\x07")
    assert ended.code == 0
    assert ended.out.splitlines()[0] == "␛[31mred␛[0m␛]0;owned␇"
    assert "\x1b" not in ended.out
    assert "\x1b" not in console("show", "\x1b[2Jnobody").err
