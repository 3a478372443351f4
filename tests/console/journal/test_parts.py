"""The parts that need no database: what is kept unsaved, how things are stored, the thread."""

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.memory import Lesson, Memory
from console.journal import unsaved as bounds
from console.journal.databases import database_at
from console.journal.storing import (
    LONGEST_TEXT,
    is_storable,
    moment_from,
    stored_key,
    stored_moment,
    stored_text,
)
from console.journal.troubles import is_ours, problem_sentence
from console.journal.unsaved import Sighting, Unsaved
from console.journal.worker import Worker
from tests.console.fleets import HEALTHY, operation_on
from tests.console.journal.recordings import moment


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_stored_to_the_microsecond(at: datetime) -> None:
    assert moment_from(stored_moment(at)) == at


@given(st.text() | st.text(st.characters(categories=["Cs", "Cc", "Ll"])))
def test_whatever_a_text_holds_every_database_takes_what_is_stored(text: str) -> None:
    stored = stored_text(text)
    assert "\0" not in stored
    assert stored == stored.encode().decode()
    assert len(stored) <= LONGEST_TEXT
    assert stored_text(stored) == stored


@given(st.lists(st.text(st.characters()) | st.just("\0") | st.just("\ud800"), unique=True))
def test_different_keys_are_stored_differently(keys: list[str]) -> None:
    stored = [stored_key(key) for key in keys]
    assert len(set(stored)) == len(keys)
    assert all(is_storable(key) for key in stored)


def test_without_an_address_the_history_is_in_the_user_s_folder_for_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert database_at(None).path == tmp_path / "maia-console" / "journal.sqlite3"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert database_at("sqlite:///~/h.sqlite3").path == tmp_path / "h.sqlite3"
    assert database_at("sqlite:////var/h.sqlite3").path == Path("/var/h.sqlite3")
    server = database_at("postgresql://me:hidden-thing@db/history")
    assert server.path is None
    assert "hidden-thing" not in repr(server)


def test_what_is_put_back_stands_before_what_came_since() -> None:
    older, newer = Unsaved(), Unsaved()
    older.see({"1": Sighting(moment(0), HEALTHY)})
    older.act([operation_on(HEALTHY)], {})
    newer.see({"1": Sighting(moment(15), None)})
    ended = replace(operation_on(HEALTHY), note="ended")
    newer.act([ended], {})
    newer.put_back(older)
    assert [reading["1"].at for reading in newer.readings] == [moment(0), moment(15)]
    assert newer.operations == {1: ended}


def test_beyond_the_bound_the_oldest_sightings_go_first_and_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "MOST_SIGHTINGS", 3)
    monkeypatch.setattr(bounds, "MOST_OPERATIONS", 2)
    kept = Unsaved()
    for at in range(5):
        kept.see({"1": Sighting(moment(at), HEALTHY)})
    kept.see({"2": Sighting(moment(5), HEALTHY)})
    assert [each.at for reading in kept.readings for each in reading.values()] == [
        moment(3),
        moment(4),
        moment(5),
    ]
    assert kept.lost == 3
    kept.act([operation_on(HEALTHY, number=number) for number in range(4)], {})
    assert list(kept.operations) == [2, 3]
    assert kept.lost == 5


def test_nobody_is_forgotten_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_SIGHTINGS", 3)
    kept = Unsaved()
    for at in range(10):
        kept.see({str(at): Sighting(moment(at), HEALTHY)})
    assert {each for reading in kept.readings for each in reading} == set(map(str, range(10)))
    assert kept.lost == 0


def test_a_lesson_that_is_gone_is_unsaved_as_nothing() -> None:
    kept = Unsaved()
    kept.learn(Memory(lessons={"1": Lesson(away_version="1")}), Memory())
    assert kept.lessons == {"1": Lesson()}
    assert not Unsaved()


def test_an_error_that_tells_an_address_is_not_repeated() -> None:
    for error in (ValueError("hidden-thing"), OSError("hidden-thing"), OSError(13, "Denied")):
        assert "hidden-thing" not in problem_sentence(error)
    assert is_ours(ValueError())
    assert not is_ours(OSError())


async def test_jobs_are_done_in_their_order_in_a_thread_of_their_own() -> None:
    worker = Worker("journal-test")
    done: list[int] = []
    await asyncio.gather(*(worker.run(partial(done.append, each)) for each in range(5)))
    assert done == [0, 1, 2, 3, 4]
    thread = await worker.run(threading.current_thread)
    assert (thread.name, thread.daemon) == ("journal-test", True)
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 // 0)
    await worker.end(lambda: done.append(5), seconds=1)
    thread.join(1)
    assert done[-1] == 5
    assert not thread.is_alive()


async def test_a_thread_that_never_started_needs_no_end() -> None:
    await Worker("journal-test").end(lambda: pytest.fail("nothing to do"), seconds=1)
