"""The plain dialogue as a program: on a pipe, on a terminal, without input, and told to end."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from console.cli.plain.printer import Printer
from console.cli.plain.typed import LONGEST, TypedLines
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from tests.console.cli.calling import Console

PROGRAM = (sys.executable, "-m", "console")
LIMIT = 30.0
ASKED = (
    "counts",
    "show prod-eu-fargate",
    "more",
    "releases",
    "activity",
    "history prod-eu-fargate",
)


def ended(lines: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], input=lines, capture_output=True, text=True, timeout=LIMIT
    )


class Running:
    """The program while it runs; what it writes is read as it comes."""

    def __init__(self, process: "subprocess.Popen[bytes]", reader: int) -> None:
        self.process = process
        self._reader = reader
        self.said = ""

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + LIMIT
        while text not in self.said:
            if time.monotonic() > deadline:
                raise TimeoutError(self.said)
            self.said += os.read(self._reader, 65_536).decode()

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(LIMIT)


@pytest.fixture
def processes() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def started(stack: ExitStack, stdin: int | None, *arguments: str) -> Running:
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    stack.callback(process.wait, LIMIT)
    stack.callback(process.kill)
    assert process.stdout is not None
    stack.enter_context(process.stdout)
    return Running(process, process.stdout.fileno())


def test_on_a_pipe_each_line_is_answered_and_the_end_of_them_ends_it() -> None:
    done = ended("\n".join(ASKED), "--plain", "--demo")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Maia runners, demo. ")
    assert lines.count(">") == 1 + len(ASKED)
    assert any(line.startswith("History is recorded since ") for line in lines)
    assert any("sales-aca: Restart by demo from the terminal: done after" in line for line in lines)
    assert not set(done.stdout) & set("\x1b\r\b\t│─█●✕✓")
    assert "" not in lines


def test_a_script_can_act_and_is_told_by_the_exit_code() -> None:
    done = ended("pause iot-gke\nyes\n", "--plain", "--demo")
    assert done.returncode == 0
    assert "iot-gke: Pause: done after" in done.stdout
    done = ended("pause iot-gke\n", "--plain", "--demo", "--read-only")
    assert done.returncode == 2
    assert "READ-ONLY" in done.stdout.splitlines()[0]
    assert "This session is read-only." in done.stdout


def test_a_file_of_commands_is_read_like_a_pipe(tmp_path: Path) -> None:
    commands = tmp_path / "commands"
    commands.write_text("counts\nproblems\n")
    with commands.open() as given:
        done = subprocess.run(
            [*PROGRAM, "--plain", "--demo"], stdin=given, capture_output=True, timeout=LIMIT
        )
    assert done.returncode == 0
    assert b"by attention:" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_without_input_it_announces_until_it_is_told_to_end(
    processes: ExitStack, number: signal.Signals
) -> None:
    running = started(processes, None, "--plain", "--demo")
    running.wait_for("by attention:")
    assert running.end(number) == 130
    rest = os.read(running.process.stdout.fileno(), 65_536) if running.process.stdout else b""
    assert b"Traceback" not in running.said.encode() + rest
    assert ">" not in running.said.split("\n")
    assert "help" not in running.said


def test_what_happens_elsewhere_is_announced_without_input(
    processes: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(pace=0.0)
    with serve(build_app(world)) as url:
        for name, value in (
            ("MAIA_CONSOLE_API_URL", f"{url}/dpc"),
            ("MAIA_CONSOLE_TOKEN_URL", f"{url}/oauth/dpc/token"),
            ("MATILLION_CLIENT_ID", "demo"),
            ("MATILLION_CLIENT_SECRET", "demo-secret"),
            ("MAIA_CONSOLE_POLL_SECONDS", "1"),
        ):
            monkeypatch.setenv(name, value)
        running = started(processes, None, "--plain")
        running.wait_for("by attention:")
        world.command(world.named("iot-gke").id, "PAUSE")
        running.wait_for(" iot-gke: Status: running → paused")
        assert running.end(signal.SIGTERM) == 130


def test_on_a_terminal_there_is_a_prompt_and_ctrl_d_ends_it(processes: ExitStack) -> None:
    ours, theirs = pty.openpty()
    processes.callback(os.close, ours)
    process = subprocess.Popen(
        [*PROGRAM, "tui", "--plain", "--demo"], stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    processes.callback(process.wait, LIMIT)
    processes.callback(process.kill)
    running = Running(process, ours)
    running.wait_for("Type help for the commands.\r\n> ")
    os.write(ours, b"runners name:iot-gke\n")
    running.wait_for("> runners name:iot-gke\r\n1 of 24 runners, by attention:\r\niot-gke: Status")
    os.write(ours, b"\x04")
    assert process.wait(LIMIT) == 0
    assert "\x1b" not in running.said


def test_no_toolkit_is_loaded() -> None:
    script = (
        "import sys\nfrom console.cli.main import run\n"
        "run(['--plain', '--demo'])\n"
        "sys.stderr.write(' '.join(n for n in ('textual', 'nicegui', 'tui.app')"
        " if n in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input="", capture_output=True, text=True, timeout=LIMIT
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_has_enough_ends_it_quietly() -> None:
    done = subprocess.run(
        f"yes counts | {sys.executable} -m console --plain --demo | head -3",
        shell=True,
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert done.stdout.count("\n") == 3
    assert "Traceback" not in done.stderr


def test_it_says_what_is_missing_before_it_starts(console: Console) -> None:
    said = console("--plain")
    assert (said.code, said.out) == (3, "")
    assert "No account is connected yet." in said.err


@pytest.mark.parametrize("face", [("--plain",), ("tui", "--plain")])
def test_of_several_profiles_the_one_without_credentials_is_named(
    console: Console, tmp_path: Path, face: tuple[str, ...]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[profiles.eu]\nclient_id = "a"\n\n[profiles.us]\nclient_id = "b"\n')
    said = console(*face, "--config", str(config), "--profile", "eu,us")
    assert (said.code, said.out) == (2, "")
    assert "The profile eu has no credentials here." in said.err


async def lines_of(written: bytes) -> list[str | None]:
    reader, writer = os.pipe()
    with closing(os.fdopen(reader, "rb")), os.fdopen(writer, "wb", buffering=0) as pipe:
        pipe.write(written)
        pipe.close()
        typed = TypedLines(reader, is_terminal=False)
        lines: list[str | None] = [await typed.line()]
        while lines[-1] is not None:
            lines.append(await typed.line())
    return lines


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (b"", [None]),
        (b"a\nb\n", ["a", "b", None]),
        (b"a\r\n\nb", ["a", "", "b", None]),
        ("größe\n".encode(), ["größe", None]),
        (b"\xff\n", ["\N{REPLACEMENT CHARACTER}", None]),
        (b"x" * 3 * LONGEST + b"\nb\n", ["x" * LONGEST, "b", None]),
    ],
)
async def test_what_is_typed_comes_line_by_line(written: bytes, lines: list[str | None]) -> None:
    assert await lines_of(written) == lines


@pytest.mark.parametrize(
    ("encoding", "ascii_only", "written"),
    [
        ("utf-8", False, "“a” → Ä…\n"),
        ("utf-8", True, '"a" -> Ä...\n'),
        ("latin-1", True, '"a" -> Ä...\n'),
        ("latin-1", False, "?a? ? Ä?\n"),
        ("ascii", True, '"a" -> ?...\n'),
    ],
)
def test_what_cannot_be_shown_is_a_mark_and_never_an_error(
    encoding: str, ascii_only: bool, written: str
) -> None:
    out = TextIOWrapper(BytesIO(), encoding=encoding)
    Printer(out, ascii_only=ascii_only).lines(["“a” → Ä…"])
    out.seek(0)
    assert out.read() == written
