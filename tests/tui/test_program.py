"""The program itself: in a real terminal, and where there is none."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import join

import pytest

PROGRAM = [sys.executable, "-m", "console"]
LIMIT = 30.0
ENDED = "ended with"


OF_ANOTHER = re.compile("TMUX|COLUMNS$|LINES$")
"""What the environment says of the terminal that the tests were started in."""


class Terminal:
    """A session of tmux with a server of its own."""

    def __init__(self, socket: Path, home: Path) -> None:
        self._tmux = ["tmux", "-S", str(socket), "-f", os.devnull]
        self._environment = {
            **{key: value for key, value in os.environ.items() if not OF_ANOTHER.match(key)},
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }

    def start(self, command: list[str], columns: int, lines: int) -> None:
        self._open(f"{join(command)}; echo {ENDED} $?; exec cat", columns, lines)

    def start_shell(self, shell: list[str], columns: int, lines: int) -> None:
        """A shell of a person's own, with job control."""
        self._open(join(shell), columns, lines)

    def type(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def flag(self, name: str) -> str:
        return self.run("display-message", "-p", f"#{{{name}}}").strip()

    def wait_for(self, is_so: Callable[[str], bool]) -> str:
        """The screen once it is so. Raises TimeoutError, with the screen."""
        deadline = time.monotonic() + LIMIT
        while not is_so(screen := self.screen()):
            if time.monotonic() > deadline:
                raise TimeoutError(screen)
            time.sleep(0.1)
        return screen

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True)

    def _open(self, command: str, columns: int, lines: int) -> None:
        size = ["-x", str(columns), "-y", str(lines)]
        self.run("new-session", "-d", *size, command)

    def run(self, *arguments: str) -> str:
        ended = subprocess.run(
            [*self._tmux, *arguments],
            capture_output=True,
            text=True,
            env=self._environment,
            check=True,
        )
        return ended.stdout


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed; with it: apt-get install tmux")
    made = Terminal(tmp_path / "tmux", tmp_path)
    yield made
    made.close()


def test_it_draws_the_fleet_copies_a_name_and_leaves_the_terminal_as_it_was(
    terminal: Terminal,
) -> None:
    terminal.start([*PROGRAM, "--demo"], 80, 24)
    drawn = terminal.wait_for(lambda screen: "prod-us-fargate" in screen)
    for name in ("logistics-aci", "legacy-eks", "old-aci", "hr-aca"):
        assert name in drawn
    assert "24 runners" in drawn
    assert terminal.flag("alternate_on") == "1"
    current = drawn.splitlines()[int(terminal.flag("cursor_y"))]
    assert current.startswith("▌")
    terminal.run("set-option", "-s", "set-clipboard", "on")
    terminal.type("c")
    terminal.wait_for(lambda screen: "Copied the name: logistics-aci." in screen)
    assert terminal.run("show-buffer") == "logistics-aci"
    terminal.type("q")
    left = terminal.wait_for(lambda screen: ENDED in screen)
    assert left.strip() == f"{ENDED} 0"
    flags = ("alternate_on", "cursor_flag", "mouse_any_flag")
    assert [terminal.flag(flag) for flag in flags] == ["0", "1", "0"]


@pytest.mark.parametrize("arguments", [["--demo"], ["tui", "--demo"]])
def test_without_a_terminal_it_exits_with_2_and_points_to_plain_output(
    arguments: list[str],
) -> None:
    ended = subprocess.run(
        [*PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "There is no terminal to draw on" in ended.stderr
    assert "maia-console tui --plain" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
