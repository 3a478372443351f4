"""How the reading of the fleet goes, in words."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from console.fleet.snapshot import Problem, ProblemKind, Snapshot
from console.view.connection import STEPS, connection_view
from console.view.tone import Tone
from tests.console.fleets import HEALTHY, NOW, snapshot_of

PROBLEM = Problem(
    ProblemKind.UNREACHABLE,
    "no route",
    since=NOW - timedelta(minutes=5),
    next_try=NOW + timedelta(seconds=20),
)


def facts(snapshot: Snapshot) -> dict[str, str]:
    return {fact.label: fact.cell.text for fact in connection_view(snapshot, NOW, UTC).facts}


def test_while_all_is_well_it_says_so_and_advises_nothing() -> None:
    connection = connection_view(snapshot_of(HEALTHY), NOW, UTC)
    assert (connection.title.text, connection.title.tone) == ("The Maia API answers.", Tone.GOOD)
    assert connection.steps == ()


def test_in_trouble_it_says_what_since_when_what_is_next_and_what_is_shown_meanwhile() -> None:
    snapshot = replace(snapshot_of(HEALTHY), problem=PROBLEM)
    connection = connection_view(snapshot, NOW, UTC)
    assert connection.title.text == "The Maia API cannot be reached (no route)."
    told = facts(snapshot)
    assert told["Shown here"] == "the fleet as it was when it was last read"
    assert told["Wrong for"].startswith("5 min, since ")
    assert told["Next try"] == "in 20 s, by itself"
    assert "doctor" in " ".join(connection.steps)


def test_before_the_first_reading_nothing_is_claimed() -> None:
    told = facts(Snapshot(problem=PROBLEM))
    assert told["Last read"] == "never"
    assert told["Shown here"] == "nothing: the fleet has not been read yet"


def test_that_nothing_is_recorded_is_told_beside_how_the_reading_goes() -> None:
    told = connection_view(snapshot_of(HEALTHY), NOW, UTC, "The disk is full.").facts[-1]
    assert (told.label, told.cell.text) == ("History", "The disk is full.")
    assert "History" not in facts(snapshot_of(HEALTHY))


@pytest.mark.parametrize("kind", ProblemKind)
def test_for_every_problem_there_is_something_to_do(kind: ProblemKind) -> None:
    assert STEPS[kind]
    assert all(step.endswith(".") for step in STEPS[kind])
