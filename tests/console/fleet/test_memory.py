"""A memory is a value that nobody can change, and the same object means nothing new."""

from dataclasses import FrozenInstanceError, replace
from datetime import timedelta

import pytest

from console.fleet.lines import Family, Line
from console.fleet.memory import NOTHING_LEARNT, NOTHING_REMEMBERED, Lesson, Memory, Release
from tests.console.fleets import NOW

RELEASE = Release(Line(Family.MAIA, "current"), "10.1303.0", None, NOW)


def test_a_release_is_out_since_its_date_or_else_since_it_was_seen() -> None:
    assert RELEASE.out_since == NOW
    day_before = NOW - timedelta(days=1)
    assert replace(RELEASE, released=day_before).out_since == day_before


def test_nothing_remembered_is_empty_and_stays_so() -> None:
    assert not NOTHING_REMEMBERED.releases
    assert not NOTHING_REMEMBERED.lessons
    with pytest.raises(TypeError):
        NOTHING_REMEMBERED.lessons["1"] = NOTHING_LEARNT  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        NOTHING_REMEMBERED.announced = ()  # type: ignore[misc]


def test_memories_are_told_apart_by_what_they_are_and_lessons_by_what_they_say() -> None:
    assert Memory() != Memory()
    assert Lesson() == NOTHING_LEARNT
