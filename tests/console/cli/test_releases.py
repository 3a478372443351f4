"""`releases`: for reading, as data, as a calendar file."""

import json
from pathlib import Path

import pytest
import yaml
from icalendar import Calendar

from console.view.release_records import EXPECTED_FIELDS, LINE_FIELDS, RELEASE_FIELDS
from tests.console.cli.calling import Console


@pytest.mark.usefixtures("fleet")
def test_it_reads_from_what_is_out_to_what_is_expected(console: Console) -> None:
    ended = console("releases", "--time-zone", "Europe/Berlin")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")][-4:] == [
        "Current",
        "Stable",
        "Snowflake",
        "Streaming",
    ]
    assert "Expected by the usual cadence." in ended.out
    assert " CE" in ended.out


def test_the_demo_has_a_past_to_tell_of(console: Console) -> None:
    out = console("releases", "--demo").out
    assert "older ones, on no runner" in out
    assert len(console("releases", "--demo", "--all").out) > len(out)


@pytest.mark.usefixtures("fleet")
def test_data_has_the_documented_fields_and_yaml_says_the_same(console: Console) -> None:
    lines = json.loads(console("releases", "--output", "json").out)
    again = yaml.safe_load(console("releases", "--output", "yaml").out)
    assert [line["expected"] for line in again] == [line["expected"] for line in lines]
    assert [line["line"] for line in lines][:2] == ["maia/current", "maia/stable"]
    for line in lines:
        assert tuple(line) == LINE_FIELDS
        assert all(tuple(each) == EXPECTED_FIELDS for each in line["expected"])
        assert all(tuple(each) == RELEASE_FIELDS for each in line["releases"])
    assert lines[0]["newest"] == lines[0]["releases"][0]["version"]


@pytest.mark.usefixtures("hostile")
def test_hostile_names_send_nothing_to_the_terminal_but_text(console: Console) -> None:
    out = console("releases").out
    assert not [letter for letter in out if ord(letter) < 0x20 and letter != "\n"]


@pytest.mark.usefixtures("fleet")
def test_the_calendar_file_is_written_where_it_is_asked_for(
    console: Console, tmp_path: Path
) -> None:
    path = tmp_path / "maia.ics"
    ended = console("releases", "--ics", str(path))
    assert (ended.code, ended.out, ended.err) == (0, "", f"Written to {path}.\n")
    assert Calendar.from_ical(path.read_bytes()).walk("VEVENT")


@pytest.mark.usefixtures("fleet")
def test_a_calendar_file_that_cannot_be_written_is_a_wrong_value(
    console: Console, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    ended = console("releases", "--ics", str(tmp_path / "file" / "maia.ics"))
    assert ended.code == 2
    assert "cannot be written" in ended.err


def test_the_calendar_file_may_go_to_the_output(
    fleet: None, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from console.cli.main import run

    assert run(["releases", "--ics", "-"]) == 0
    content = capfdbinary.readouterr().out
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert Calendar.from_ical(content).walk("VEVENT")


def test_an_unknown_time_zone_is_a_wrong_value(console: Console) -> None:
    ended = console("releases", "--demo", "--time-zone", "Mars/Base")
    assert ended.code == 2
    assert "it should be a time zone, such as Europe/London." in ended.err
