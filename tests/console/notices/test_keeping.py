"""What is known of the fleet outlives the program: nothing is told twice, and nothing is lost."""

import logging
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.snapshot import Runner
from console.notices.keeping import TOO_OLD, Keeper, keeper_of
from console.notices.rules import Rule
from console.notices.transitions import Armed
from tests.console.fleets import HEALTHY, NOW
from tests.console.notices.test_transitions import STATES
from tests.console.notices.watching import Watched, told

UNKNOWN = replace(HEALTHY, status="unknown")


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "notices" / "eu.json")


def restarted(fleet: Watched, keeper: Keeper, after: timedelta = timedelta()) -> Watched:
    assert keeper.keep(fleet.armed) == ""
    again = Watched(keeper.kept(fleet.now + after))
    again.now = fleet.now + after
    return again


def test_what_was_told_is_not_told_again_after_a_restart(keeper: Keeper) -> None:
    fleet = Watched()
    for runner in (HEALTHY, UNKNOWN, UNKNOWN):
        fleet.read(runner)
    fleet = restarted(fleet, keeper)
    assert fleet.read(UNKNOWN) == fleet.read(UNKNOWN) == []
    assert told(fleet.read(HEALTHY)) == [(Rule.RUNNER_RECOVERED, "prod-eu")]


def test_what_changed_while_the_program_was_down_is_told(keeper: Keeper) -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    fleet = restarted(fleet, keeper, timedelta(days=2))
    gone = replace(HEALTHY, api_support="unsupported")
    assert told(fleet.read(gone)) == [(Rule.LEFT_SUPPORT, "prod-eu")]


def test_after_more_than_a_week_it_begins_anew(keeper: Keeper) -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    fleet = restarted(fleet, keeper, TOO_OLD + timedelta(seconds=1))
    assert fleet.armed == Armed()


@given(
    story=st.lists(st.sampled_from(STATES), min_size=1, max_size=12),
    cut=st.integers(0, 11),
)
def test_a_restart_at_any_moment_changes_nothing_of_what_is_told(
    story: list[Callable[[Runner], Runner]], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    keeper = Keeper(tmp_path_factory.mktemp("kept") / "eu.json")
    whole, parted = Watched(), Watched()
    for number, state in enumerate(story):
        if number == cut:
            parted = restarted(parted, keeper)
        runner = state(HEALTHY)
        assert told(parted.read(runner)) == told(whole.read(runner))


def test_only_its_owner_can_read_the_file_and_any_text_names_an_account(keeper: Keeper) -> None:
    fleet = Watched()
    fleet.read(HEALTHY)
    keeper.keep(fleet.armed)
    assert stat.S_IMODE(keeper.path.stat().st_mode) == 0o600
    files = {keeper_of(name).path for name in ("eu", "../../etc", "a/b", "\udcff", "x" * 9999)}
    assert len(files) == 5
    assert len({file.parent for file in files}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 2}',
        '{"version": 1, "taken": "2026-10-07T12:00:00Z", "runners": {"1": []}, "missing": {}}',
        '{"version": 1, "taken": "2026-10-07T12:00:00", "runners": {}, "missing": {}}',
        '{"version":1,"taken":"2026-10-07T12:00:00Z","missing":{},'
        '"runners":{"1":[false,"2026-10-07T12:00:00",false,null,null,"1",null]}}',
        "\x00" * 100,
    ],
)
def test_a_damaged_file_is_told_in_the_log_and_it_begins_anew(
    text: str, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    keeper.path.parent.mkdir()
    keeper.path.write_text(text)
    with caplog.at_level(logging.WARNING):
        assert keeper.kept(NOW) == Armed()
    assert caplog.text.count("it is damaged; notifications begin anew") == 1


def test_a_first_start_has_no_file_and_says_nothing(
    keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    assert keeper.kept(NOW) == Armed()
    assert not caplog.text


def test_nothing_is_written_before_the_first_reading(keeper: Keeper) -> None:
    assert keeper.keep(Armed()) == ""
    assert not keeper.path.exists()


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    fleet = Watched()
    fleet.read(HEALTHY)
    trouble = Keeper(tmp_path / "file" / "eu.json").keep(fleet.armed)
    assert "cannot be written" in trouble


def test_an_id_that_cannot_be_written_is_left_out(keeper: Keeper) -> None:
    fleet = Watched()
    fleet.read(HEALTHY, replace(HEALTHY, id="\udcff"), replace(HEALTHY, id="x" * 9999))
    assert restarted(fleet, keeper).armed.runners.keys() == {"1"}
