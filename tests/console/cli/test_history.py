"""`history`: what was recorded of a runner, of which there is some on the demo."""

import json
from pathlib import Path

import pytest

from console.view.history_records import FIELDS
from tests.console.cli.calling import Console


def test_the_history_is_told_newest_first_with_what_was_done(console: Console) -> None:
    ended = console("history", "legacy-eks", "--demo")
    assert (ended.code, ended.err) == (0, "")
    first, *lines = ended.out.splitlines()
    assert first.startswith("History is recorded since ")
    assert any("Version: " in line for line in lines)
    assert any("Restart by " in line and ": done after " in line for line in lines)


def test_data_has_the_documented_fields_newest_first(console: Console) -> None:
    records = json.loads(console("history", "legacy-eks", "--demo", "--output", "json").out)
    assert records
    assert all(tuple(record) == FIELDS for record in records)
    moments = [record["at"] for record in records]
    assert moments == sorted(moments, reverse=True)
    assert {record["kind"] for record in records} == {"change", "action"}


def test_a_limit_and_a_beginning_shorten_it(console: Console) -> None:
    whole = console("history", "legacy-eks", "--demo", "--limit", "900").out
    few = console("history", "legacy-eks", "--demo", "--limit", "2").out
    assert len(few.splitlines()) < len(whole.splitlines())
    assert few.endswith("Older entries are not listed.\n")
    late = console("history", "legacy-eks", "--demo", "--since", "2999-01-01").out
    assert "Version: " not in late


@pytest.mark.parametrize("since", ["soon", "12", "2026-13-01", "30x", ""])
def test_a_beginning_that_cannot_be_read_says_what_is_allowed(console: Console, since: str) -> None:
    ended = console("history", "legacy-eks", "--demo", "--since", since)
    assert ended.code == 2
    assert "neither a span such as 30d, 12h or 2w nor a day such as 2026-10-01" in ended.err


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31", "99999w"])
def test_no_beginning_leads_out_of_the_calendar(console: Console, since: str) -> None:
    ended = console(
        "history", "legacy-eks", "--demo", "--since", since, "--time-zone", "Asia/Tokyo"
    )
    assert ended.code == 0


@pytest.mark.usefixtures("fleet")
def test_a_runner_of_which_nothing_was_recorded_says_so(console: Console) -> None:
    ended = console("history", "legacy-eks")
    assert (ended.code, ended.out) == (0, "Nothing has been recorded of it yet.\n")
    assert console("history", "legacy-eks", "--output", "json").out.strip() == "[]"


@pytest.mark.usefixtures("fleet")
def test_a_runner_that_nobody_knows_names_those_there_are(console: Console) -> None:
    ended = console("history", "legacy-ek")
    assert ended.code == 2
    assert "“legacy-ek” is not a runner. Did you mean legacy-eks?" in ended.err


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("output", ["plain", "json"])
def test_a_history_that_cannot_be_read_is_a_failure_with_a_sentence(
    console: Console, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, output: str
) -> None:
    broken = tmp_path / "journal.sqlite3"
    broken.write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("MAIA_CONSOLE_DATABASE_URL", f"sqlite:///{broken}")
    ended = console("history", "legacy-eks", "--output", output)
    assert ended.code == 1
    assert "History is unavailable: " in (ended.out if output == "plain" else ended.err)
