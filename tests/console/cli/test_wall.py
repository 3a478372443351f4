"""`wall`: what a screen of its own is started with, and what is written to a terminal."""

import re
import shlex
from dataclasses import replace
from datetime import UTC, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from console.cli.exits import Exit
from console.cli.main import run
from console.cli.wall_terminal import SIXTEEN, TerminalWall, colours
from console.fleet.snapshot import Snapshot
from console.view.filter import EVERYTHING
from console.view.tone import Tone
from tests.console.fleets import HEALTHY, NOW, snapshot_of


class Store:
    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.now = snapshot, NOW


def terminal_wall(store: Store) -> TerminalWall:
    session: Any = SimpleNamespace(name="demo", store=store, zone=UTC)
    return TerminalWall(session, EVERYTHING, dict.fromkeys(Tone, ""), ascii_only=False)


@pytest.mark.parametrize(
    "address", ["http://console.example:8080", "https://console.example/wall?size=8"]
)
def test_the_command_for_a_screen_is_one_line_that_a_shell_takes(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["wall", address]) == Exit.FINE
    words = shlex.split(capsys.readouterr().out)
    assert "--kiosk" in words
    assert "/wall" in words[-1]
    assert words[-1].startswith(address)


@pytest.mark.parametrize("arguments", [[], ["--terminal", "http://x/wall"], ["ftp://x"], ["wall"]])
def test_what_is_no_wall_is_refused_in_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["wall", *arguments]) == Exit.USAGE
    assert capsys.readouterr().err.count("\n") == 1


def test_it_is_not_drawn_into_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["wall", "--terminal", "--demo"]) == Exit.USAGE
    assert "terminal" in capsys.readouterr().err


def test_only_lines_that_changed_are_written() -> None:
    store = Store(snapshot_of(HEALTHY))
    drawn = terminal_wall(store)
    assert len(lines_of(drawn.update(100, 30))) == 30
    assert drawn.update(100, 30) == ""
    store.now += timedelta(seconds=1)
    assert lines_of(drawn.update(100, 30)) == [1]
    store.snapshot = replace(snapshot_of(replace(HEALTHY, connected=False)), taken=store.now)
    changed = lines_of(drawn.update(100, 30))
    assert 2 in changed
    assert len(lines_of(drawn.update(90, 20))) == 20


def lines_of(written: str) -> list[int]:
    return [int(number) for number in re.findall(r"\x1b\[(\d+);1H", written)]


def test_the_palette_is_what_the_terminal_can_show() -> None:
    assert set(colours({"NO_COLOR": "1"}).values()) == {""}
    assert colours({"TERM": "xterm"}) is SIXTEEN
    assert colours({"COLORTERM": "truecolor"})[Tone.GOOD].startswith("38;2;")
