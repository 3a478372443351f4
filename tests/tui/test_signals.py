"""Ended, hung up or suspended: the terminal is as it was, and no process is left."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui.test_program import ENDED, PROGRAM, Terminal
from tui.signals import has_shell_behind

LIMIT = 15.0
DRAWN = "prod-us-fargate"
REDRAW = b"\x0c"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path / "tmux", tmp_path)
    yield made
    made.close()


def started(terminal: Terminal, folder: Path) -> int:
    """Draws the fleet; the number of its process."""
    number = folder / "pid"
    script = f'echo $$ > {number}; exec "$@"'
    terminal.start(["sh", "-c", script, "sh", *PROGRAM, "--demo"], 80, 24)
    terminal.wait_for(lambda screen: DRAWN in screen)
    return int(number.read_text())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_when_it_is_ended_the_terminal_is_as_it_was(
    terminal: Terminal, tmp_path: Path, number: signal.Signals
) -> None:
    os.kill(started(terminal, tmp_path), number)
    left = terminal.wait_for(lambda screen: ENDED in screen)
    assert left.strip() == f"{ENDED} {128 + number}"
    flags = ("alternate_on", "cursor_flag", "mouse_any_flag")
    assert [terminal.flag(flag) for flag in flags] == ["0", "1", "0"]


def test_when_the_session_of_tmux_is_killed_no_process_is_left(
    terminal: Terminal, tmp_path: Path
) -> None:
    process = started(terminal, tmp_path)
    assert is_running(process)
    terminal.run("kill-session")
    wait_until(lambda: not is_running(process))


def test_it_is_suspended_to_its_shell_and_comes_back(terminal: Terminal) -> None:
    terminal.start_shell(["bash", "--norc", "--noprofile", "-i"], 80, 24)
    terminal.type(f"{' '.join(PROGRAM)} --demo", "Enter")
    terminal.wait_for(lambda screen: DRAWN in screen)
    terminal.type("C-z")
    terminal.wait_for(lambda screen: "[1]+" in screen)
    assert terminal.flag("alternate_on") == "0"
    terminal.type("fg", "Enter")
    terminal.wait_for(lambda screen: DRAWN in screen)
    assert terminal.flag("alternate_on") == "1"
    terminal.type("q")
    terminal.wait_for(lambda screen: DRAWN not in screen)
    terminal.type("echo shell $((40 + 2))", "Enter")
    terminal.wait_for(lambda screen: "shell 42" in screen)


def test_without_a_shell_behind_it_it_stays(terminal: Terminal, tmp_path: Path) -> None:
    started(terminal, tmp_path)
    terminal.type("C-z")
    terminal.wait_for(lambda screen: "no shell to suspend to" in screen)
    assert DRAWN in terminal.screen()


@contextmanager
def unwatched(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The program on a terminal that sends no hang-up, once it has written its first picture; and
    the other end of that terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "HOME": str(folder)}
    with subprocess.Popen(
        [*PROGRAM, "--demo"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        written = b""
        while DRAWN.encode() not in written:
            written += os.read(ours, 65536)
        try:
            yield process, ours
        finally:
            process.kill()


def test_a_terminal_that_is_gone_without_a_word_ends_it(tmp_path: Path) -> None:
    with unwatched(tmp_path) as (process, ours):
        os.close(ours)
        assert process.wait(LIMIT) == 128 + signal.SIGHUP


def test_it_can_be_ended_while_nobody_reads_what_it_writes(tmp_path: Path) -> None:
    with unwatched(tmp_path) as (process, ours):
        for _ in range(60):
            os.write(ours, REDRAW)
            time.sleep(0.05)
        process.terminate()
        assert process.wait(LIMIT) == 128 + signal.SIGTERM
        os.close(ours)


def test_what_leads_a_session_has_no_shell_behind_it() -> None:
    asked = "from tui.signals import has_shell_behind; print(has_shell_behind())"
    said = subprocess.check_output(
        [sys.executable, "-c", asked], start_new_session=True, text=True, cwd=Path.cwd()
    )
    assert said.strip() == "False"
    assert isinstance(has_shell_behind(), bool)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.1)


def is_running(number: int) -> bool:
    """A process that has ended but was not waited for counts as ended."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_what_another_program_wrote_over_it_is_gone_after_ctrl_l(
    terminal: Terminal, tmp_path: Path
) -> None:
    started(terminal, tmp_path)
    Path(terminal.flag("pane_tty")).write_text("\x1b[8;1HBroadcast message")
    terminal.wait_for(lambda screen: "Broadcast message" in screen)
    terminal.type("C-l")
    terminal.wait_for(lambda screen: "Broadcast" not in screen and DRAWN in screen)


def shown_in(screen: str) -> bool:
    """Whether what must be seen at any size is there."""
    return all(word in screen for word in ("Runner", "Status", "Support", "s old", DRAWN))


def test_after_the_terminal_has_changed_its_size_all_is_drawn(
    terminal: Terminal, tmp_path: Path
) -> None:
    started(terminal, tmp_path)
    terminal.run("resize-window", "-x", "60")  # tmux may lose the first of two at once
    terminal.wait_for(shown_in)
    terminal.run("resize-window", "-y", "20")
    narrow = terminal.wait_for(lambda screen: len(screen.splitlines()) == 20 and shown_in(screen))
    assert "Attention" not in narrow
    terminal.run("resize-window", "-x", "120")
    wide = terminal.wait_for(lambda screen: "Attention" in screen and "s old" in screen)
    assert len(wide.splitlines()) == 20
