"""What an action would do is said before it is done."""

from dataclasses import replace

import pytest

from console.actions.action import Progress
from console.actions.catalogue import ACTIONS, action_by_id
from console.fleet.snapshot import Runner
from tests.console.fleets import HEALTHY, NOW, snapshot_of

OLD = replace(HEALTHY, version="10.1302.0")
STABLE = replace(HEALTHY, track="stable")
FINISHES = "It finishes the tasks it has, which can take hours, then each instance is replaced."


@pytest.mark.parametrize(
    ("action_id", "runner", "sentences"),
    [
        (
            "restart",
            OLD,
            (
                "It is expected to come back on 10.1303.0 instead of 10.1302.0, unless its image"
                " is pinned.",
                FINISHES,
            ),
        ),
        (
            "restart",
            replace(HEALTHY, status="paused"),
            (
                "Its version stays 10.1303.0, the latest of its track.",
                FINISHES,
                "It stays paused afterwards, until it is resumed.",
            ),
        ),
        (
            "restart",
            replace(HEALTHY, status="unknown"),
            (
                "Its version stays 10.1303.0, the latest of its track.",
                FINISHES,
                "Its state is unknown, so the command may not reach it.",
            ),
        ),
        (
            "pause",
            HEALTHY,
            (
                "The tasks it has finish first. New tasks wait in its queue; pipelines show as"
                " running and take longer.",
                "Maia resumes it by itself after a time that the API chooses.",
            ),
        ),
        (
            "resume",
            replace(HEALTHY, status="paused"),
            ("It starts on the tasks that have been waiting.",),
        ),
        (
            "resume",
            replace(HEALTHY, status="paused", connected=False),
            (
                "It is not connected: it will show as stopped or unknown until it is started in"
                " its cloud.",
            ),
        ),
        (
            "auto-update-off",
            HEALTHY,
            (
                "It is updated by hand from now on, and falls out of support when nobody does.",
                "With a floating image tag, any restart or scale-out still updates it.",
            ),
        ),
        (
            "auto-update-on",
            replace(OLD, auto_updates=False),
            (
                "Maia may restart it soon to move it to 10.1303.0.",
                "Instances are replaced one after the other; with a single one there is a gap.",
            ),
        ),
        (
            "auto-update-on",
            replace(HEALTHY, auto_updates=False),
            ("It is updated soon after each release of its track, one instance after the other.",),
        ),
    ],
)
def test_consequences_are_told_in_sentences(
    action_id: str, runner: Runner, sentences: tuple[str, ...]
) -> None:
    assert action_by_id(action_id).consequences(runner, snapshot_of(runner), NOW) == sentences


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_tells_consequences_even_of_a_runner_hardly_known(action) -> None:  # type: ignore[no-untyped-def]
    bare = Runner(id="1", name="bare")
    sentences = action.consequences(bare, snapshot_of(bare), NOW)
    assert sentences
    assert all(sentence.endswith(".") for sentence in sentences)


AWAY = replace(HEALTHY, status="stopped", connected=False)


@pytest.mark.parametrize(
    ("action_id", "before", "now", "left", "done"),
    [
        ("restart", HEALTHY, HEALTHY, False, False),
        ("restart", HEALTHY, AWAY, True, False),
        ("restart", HEALTHY, HEALTHY, True, True),
        ("restart", OLD, HEALTHY, False, True),
        ("restart", HEALTHY, replace(HEALTHY, connected=False), True, False),
        ("restart", HEALTHY, replace(HEALTHY, connected=None), True, True),
        (
            "restart",
            replace(HEALTHY, status="paused"),
            replace(HEALTHY, status="paused"),
            True,
            True,
        ),
        ("update", OLD, OLD, False, False),
        ("update", OLD, OLD, True, False),
        ("update", OLD, HEALTHY, True, True),
        ("pause", HEALTHY, replace(HEALTHY, status="pausing"), False, False),
        ("pause", HEALTHY, replace(HEALTHY, status="paused"), False, True),
        (
            "resume",
            replace(HEALTHY, status="paused"),
            replace(HEALTHY, status="paused"),
            False,
            False,
        ),
        ("resume", replace(HEALTHY, status="paused"), HEALTHY, False, True),
        ("resume", replace(HEALTHY, status="paused"), AWAY, True, True),
        ("resume", AWAY, replace(HEALTHY, status="unknown"), True, True),
        (
            "resume",
            replace(HEALTHY, status="unknown"),
            replace(HEALTHY, status="unknown"),
            True,
            False,
        ),
        ("use-stable", HEALTHY, HEALTHY, False, False),
        ("use-stable", HEALTHY, STABLE, False, True),
        ("auto-update-off", HEALTHY, HEALTHY, False, False),
        ("auto-update-off", HEALTHY, replace(HEALTHY, auto_updates=False), False, True),
        ("auto-update-off", HEALTHY, replace(HEALTHY, auto_updates=None), False, False),
    ],
)
def test_done_is_what_the_runner_itself_reports(
    action_id: str, before: Runner, now: Runner, left: bool, done: bool
) -> None:
    assert action_by_id(action_id).is_done(Progress(before, now, left)) is done


def test_an_update_that_came_back_unchanged_has_failed_and_says_why() -> None:
    update, restart = action_by_id("update"), action_by_id("restart")
    back = Progress(OLD, OLD, left=True)
    assert "Its image is probably pinned" in (update.has_failed(back) or "")
    assert update.has_failed(Progress(OLD, OLD, left=False)) is None
    assert update.has_failed(Progress(OLD, AWAY, left=True)) is None
    assert restart.has_failed(back) is None
