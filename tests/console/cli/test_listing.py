"""`list`: its formats, its order, its filter, and what it says when there is nothing to list."""

import asyncio
import csv
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO

import pytest
import yaml
from rich.cells import cell_len

from console.accounts import SessionRequest
from console.api.models.runners import RunnerRecord
from console.cli import listing
from console.cli.formats import wants_colour, write_table
from console.cli.main import run
from console.demo.world import World
from console.errors import ApiUnreachable
from console.fleet.store import FleetStore
from console.session import Session
from console.view.columns import COLUMNS
from console.view.query import Query
from console.view.records import FIELDS
from console.view.runners import runners_table
from console.view.version_words import SUPPORT
from console.view.words import OFFLINE, STATUS
from tests.console.cli.calling import Console
from tests.console.fleets import NOW, demo_snapshot

STATUSES = (*STATUS.values(), *OFFLINE.values())
SYMBOLS = {cell.symbol for cell in (*STATUSES, *SUPPORT.values())}
WORDS_TOO = {"!", "?"}
"""Symbols that are also plain punctuation."""


def is_control(letter: str) -> bool:
    return (ord(letter) < 0x20 and letter != "\n") or 0x7F <= ord(letter) < 0xA0


@pytest.mark.usefixtures("fleet")
def test_json_is_one_array_of_the_documented_fields_and_nothing_else(console: Console) -> None:
    ended = console("list", "--output", "json")
    records = json.loads(ended.out)
    assert (ended.code, ended.err, len(records)) == (0, "", 24)
    assert all(tuple(record) == FIELDS for record in records)


@pytest.mark.usefixtures("fleet")
def test_yaml_and_json_say_the_same(console: Console) -> None:
    as_yaml = yaml.safe_load(console("list", "--output", "yaml").out)
    assert as_yaml == json.loads(console("list", "--output", "json").out)


@pytest.mark.usefixtures("fleet")
def test_plain_is_one_line_a_runner_without_symbols(console: Console) -> None:
    lines = console("list", "--output", "plain").out.splitlines()
    assert len(lines) == 24
    assert lines[0].startswith("logistics-aci: Status Running, offline; Track Stable; ")
    assert not (SYMBOLS - WORDS_TOO) & set("".join(lines))


@pytest.mark.usefixtures("fleet")
def test_the_table_has_every_title_and_no_colour_where_there_is_no_terminal(
    console: Console,
) -> None:
    header, *rows = console("list").out.splitlines()
    assert header.split() == [word for column in COLUMNS for word in column.title.split()]
    assert len(rows) == 24
    assert "\x1b" not in "".join(rows)


@pytest.mark.usefixtures("fleet")
def test_every_format_lists_the_same_runners_in_the_same_order(console: Console) -> None:
    arguments = ("list", "--sort", "version", "--reverse", "--filter", "platform:aws")
    names = [each["name"] for each in json.loads(console(*arguments, "--output", "json").out)]
    assert len(names) > 5
    in_yaml = yaml.safe_load(console(*arguments, "--output", "yaml").out)
    assert [each["name"] for each in in_yaml] == names
    in_csv = csv.DictReader(StringIO(console(*arguments, "--output", "csv").out))
    assert [each["name"] for each in in_csv] == names
    plain = console(*arguments, "--output", "plain").out.splitlines()
    assert [line.split(":")[0] for line in plain] == names
    assert [line.split()[0] for line in console(*arguments).out.splitlines()[1:]] == names


@pytest.mark.usefixtures("hostile")
def test_no_cell_of_csv_can_be_taken_for_a_formula(console: Console) -> None:
    header, *rows = csv.reader(StringIO(console("list", "--output", "csv").out))
    assert tuple(header) == FIELDS
    assert len(rows) == 32
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_json_and_yaml_give_hostile_names_as_the_api_has_them(
    console: Console, hostile: World
) -> None:
    names = {runner.name for runner in hostile.runners()}
    assert {each["name"] for each in json.loads(console("list", "--output", "json").out)} == names
    assert {each["name"] for each in yaml.safe_load(console("list", "--output", "yaml").out)} == (
        names
    )


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("output", ["table", "plain", "json", "yaml", "csv"])
def test_hostile_names_send_nothing_to_the_terminal_but_text(console: Console, output: str) -> None:
    written = console("list", "--output", output).out
    assert not [letter for letter in written if is_control(letter)]
    if output in ("table", "plain"):
        assert len(written.splitlines()) == 32 + (output == "table")


def test_columns_stay_aligned_below_wide_characters() -> None:
    out = StringIO()
    write_table(runners_table(demo_snapshot(hostile=True), Query(), NOW), out)
    header, *rows = out.getvalue().splitlines()
    status = header.index("Status")
    assert any("漢字" in row for row in rows)
    assert all(cell_len(row) >= status for row in rows)
    for row in rows:
        before = next(end for end in range(len(row)) if cell_len(row[:end]) == status)
        assert row[before - 2 : before + 2] in {f"  {cell.symbol} " for cell in STATUSES}


@pytest.mark.usefixtures("fleet")
def test_a_wrong_filter_is_pointed_at(console: Console) -> None:
    ended = console("list", "--filter", "track:stable status:runing")
    text, caret, sentence = ended.err.splitlines()
    assert (ended.code, ended.out) == (2, "")
    assert caret.index("^") == text.index("runing")
    assert "“runing” is not a value of status. Did you mean running?" in sentence


@pytest.mark.usefixtures("fleet")
def test_a_wrong_column_names_the_nearest_and_all(console: Console) -> None:
    ended = console("list", "--sort", "verson")
    assert (ended.code, ended.out) == (2, "")
    assert "“verson” is not a column. Did you mean version? Allowed: name, status," in ended.err


@pytest.mark.usefixtures("fleet")
def test_a_filter_that_matches_nothing_is_an_empty_list_and_no_failure(console: Console) -> None:
    assert console("list", "--filter", "nothing-has-this").out == (
        "No runner matches “nothing-has-this”.\n"
    )
    ended = console("list", "--filter", "nothing-has-this", "--output", "json")
    assert (ended.code, json.loads(ended.out)) == (0, [])


def test_an_account_without_runners_says_what_to_do(console: Console) -> None:
    ended = console("list", "--demo", "--scenario", "empty")
    assert ended.code == 0
    assert ended.out.startswith("This account has no runners yet. Create one")


def test_the_demo_has_as_many_runners_as_asked(console: Console) -> None:
    ended = console("list", "--demo", "--demo-runners", "3", "--output", "json")
    assert len(json.loads(ended.out)) == 3


def test_an_unknown_scenario_names_the_nearest(console: Console) -> None:
    ended = console("list", "--demo", "--scenario", "calme")
    assert ended.code == 2
    assert "“calme” is not a scenario. Did you mean calm?" in ended.err


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert wants_colour(Terminal())
    assert not wants_colour(StringIO())
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colour(Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Terminal())


def test_colours_change_nothing_but_the_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    table = runners_table(demo_snapshot(), Query(), NOW)
    plain, coloured = StringIO(), Terminal()
    write_table(table, plain)
    write_table(table, coloured)
    text = coloured.getvalue()
    assert "\x1b[31m" in text
    for code in ("31", "32", "33", "36", "2", "0"):
        text = text.replace(f"\x1b[{code}m", "")
    assert [line.rstrip() for line in text.splitlines()] == plain.getvalue().splitlines()


@pytest.mark.parametrize("width", [30, 60, 80, 120, 300])
def test_a_terminal_gets_the_columns_that_fit_by_their_rank(width: int) -> None:
    table = runners_table(demo_snapshot(), Query(), NOW)
    out, whole = StringIO(), StringIO()
    write_table(table, out, width)
    write_table(table, whole)
    header, *rows = out.getvalue().splitlines()
    assert header.startswith("Runner")
    assert len(rows) == 24
    assert all(cell_len(line) <= width for line in (header, *rows))
    assert width < 100 or "Attention" in header
    assert width < 200 or out.getvalue() == whole.getvalue()


@pytest.mark.usefixtures("fleet")
def test_a_pipe_gets_every_column_however_narrow_the_terminal_is(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert all(column.title in console("list").out.splitlines()[0] for column in COLUMNS)


Readings = list[tuple[RunnerRecord, ...] | ApiUnreachable]


def watched(readings: Readings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets `list` see these readings one after the other, and then be interrupted."""
    left = iter(readings)

    async def read() -> tuple[RunnerRecord, ...]:
        reading = next(left)
        if isinstance(reading, ApiUnreachable):
            raise reading
        return reading

    @asynccontextmanager
    async def session(request: SessionRequest) -> AsyncIterator[Session]:
        assert request.polls
        store = FleetStore(read, clock=lambda: NOW)
        command = asyncio.current_task()
        assert command is not None

        async def poll() -> None:
            for _ in readings:
                await asyncio.sleep(0)
                await store.refresh()
                await asyncio.sleep(0)
            command.cancel()

        task = asyncio.create_task(poll())
        yield Session("test", store, None)
        await task

    monkeypatch.setattr(listing, "open_session", session)


def test_watching_writes_again_only_when_something_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = (RunnerRecord.model_validate({"agentId": "1", "name": "one", "agentStatus": "RUNNING"}),)
    there = (RunnerRecord.model_validate({"agentId": "1", "name": "one", "agentStatus": "PAUSED"}),)
    down = ApiUnreachable("connect", "api.example")
    watched([here, here, there, there, down, down, there, here], monkeypatch)
    with pytest.raises(asyncio.CancelledError):
        run(["list", "--watch", "--output", "plain"])
    said = capsys.readouterr()
    assert [line.split(";")[0] for line in said.out.splitlines()] == [
        "one: Status Running",
        "one: Status Paused",
        "one: Status Running",
    ]
    lost, again = [line for line in said.err.splitlines() if not line.startswith("--")]
    assert lost.startswith("The Maia API cannot be reached (")
    assert lost.endswith("For 0 s; next try in 15 s.")
    assert again == "The API answers again."
