"""The list of actions: what everything else derives from it, and which choice a key means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.actions.action import Danger
from console.actions.catalogue import ACTIONS, action_by_id, fitting_action
from console.fleet.snapshot import Runner
from tests.console.fleets import HEALTHY, HOSTED, NOW, snapshot_of

PAUSED = replace(HEALTHY, id="2", status="paused", track="stable", auto_updates=False)


def test_ids_and_commands_with_their_choice_are_unique() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert len({(action.command, action.choice) for action in ACTIONS}) == len(ACTIONS)


def test_choices_of_one_command_share_a_key() -> None:
    keys: dict[str, set[str]] = {}
    for action in ACTIONS:
        keys.setdefault(action.command, set()).add(action.key)
    assert all(len(each) == 1 for each in keys.values())


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_is_worded_and_patient(action) -> None:  # type: ignore[no-untyped-def]
    assert action_by_id(action.id) is action
    assert action.label[0].isupper()
    assert action.doing[0].islower()
    assert action.explains
    assert action.patience >= timedelta(minutes=1)


def test_an_unknown_id_or_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        action_by_id("explode")
    with pytest.raises(KeyError):
        fitting_action("x", ["1"], snapshot_of(HEALTHY), NOW)


@pytest.mark.parametrize(
    ("key", "runners", "expected"),
    [
        ("p", (HEALTHY,), "pause"),
        ("p", (PAUSED,), "resume"),
        ("p", (HEALTHY, PAUSED), "pause"),
        ("p", (HEALTHY, PAUSED, replace(PAUSED, id="3")), "resume"),
        ("p", (HOSTED,), "pause"),
        ("p", (), "pause"),
        ("t", (HEALTHY,), "use-stable"),
        ("t", (PAUSED,), "use-current"),
        ("a", (HEALTHY,), "auto-update-off"),
        ("a", (PAUSED,), "auto-update-on"),
        ("r", (HOSTED,), "restart"),
        ("u", (HEALTHY,), "update"),
    ],
)
def test_a_key_means_the_choice_that_fits_the_most_runners(
    key: str, runners: tuple[Runner, ...], expected: str
) -> None:
    ids = [runner.id for runner in runners]
    assert fitting_action(key, ids, snapshot_of(*runners), NOW).id == expected


@pytest.mark.parametrize(
    ("action_id", "danger"),
    [
        ("update", Danger.DISRUPTIVE),
        ("restart", Danger.DISRUPTIVE),
        ("pause", Danger.DISRUPTIVE),
        ("resume", Danger.SAFE),
        ("use-current", Danger.DISRUPTIVE),
        ("use-stable", Danger.DISRUPTIVE),
        ("auto-update-on", Danger.DISRUPTIVE),
        ("auto-update-off", Danger.SAFE),
    ],
)
def test_the_ceremony_follows_the_danger(action_id: str, danger: Danger) -> None:
    assert action_by_id(action_id).danger is danger
