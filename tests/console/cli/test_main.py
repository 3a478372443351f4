"""The top level: help, version, finding a command, and what importing all this costs."""

import subprocess
import sys

import pytest

from console import __version__
from console.cli import faces
from console.cli.commands import COMMANDS, Command
from console.cli.main import split
from tests.console.cli.calling import Console

SLOW = ("httpx", "pydantic", "console.actions.catalogue", "textual", "nicegui", "asyncio")


def imported_by(*arguments: str) -> set[str]:
    """The modules that a fresh process has loaded after these arguments."""
    script = (
        "import sys\nfrom console.cli.main import run\n"
        "try:\n    run(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\n'.join(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    return set(ended.stderr.splitlines())


def test_help_lists_every_command_with_its_summary(console: Console) -> None:
    ended = console("--help")
    assert (ended.code, ended.err) == (0, "")
    for command in COMMANDS.values():
        assert command.summary in ended.out


def test_help_imports_nothing_slow() -> None:
    assert not imported_by("--help") & set(SLOW)


@pytest.mark.parametrize("face", ["tui", "web"])
def test_the_help_of_a_front_end_loads_no_toolkit(face: str) -> None:
    assert not imported_by(face, "--help") & {"httpx", "pydantic", "textual", "nicegui"}


def test_a_listing_loads_neither_front_end_nor_actions() -> None:
    loaded = imported_by("list", "--demo", "--demo-runners", "1", "--output", "json")
    assert not loaded & {"textual", "nicegui", "console.actions.execute"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(console: Console, name: str) -> None:
    ended = console(name, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"usage: maia-console {name}")
    assert f"{COMMANDS[name].summary}." in " ".join(ended.out.split())


def test_the_version_is_printed(console: Console) -> None:
    ended = console("--version")
    assert (ended.code, ended.out, ended.err) == (0, f"maia-console {__version__}\n", "")


@pytest.mark.parametrize(("typed", "nearest"), [("lst", "list"), ("profile", "profiles")])
def test_an_unknown_command_suggests_the_nearest(
    console: Console, typed: str, nearest: str
) -> None:
    ended = console(typed, "--demo")
    assert (ended.code, ended.out) == (2, "")
    assert f"“{typed}” is not a command; did you mean {nearest}." in ended.err


def test_a_command_like_no_other_points_to_help(console: Console) -> None:
    ended = console("xyzzy")
    assert ended.code == 2
    assert ended.err == "maia-console: “xyzzy” is not a command. See maia-console --help.\n"


def test_an_unknown_option_points_to_the_commands_help(console: Console) -> None:
    ended = console("list", "--bogus")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "maia-console list: unrecognized arguments: --bogus. See maia-console list --help.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "name", "rest"),
    [
        ([], "tui", []),
        (["--demo"], "tui", ["--demo"]),
        (["--demo", "list"], "list", ["--demo"]),
        (["--profile", "list", "check"], "check", ["--profile", "list"]),
        (["list", "--help"], "list", ["--help"]),
        (["--help", "list"], None, ["--help", "list"]),
        (["show", "--", "-odd-name"], "show", ["--", "-odd-name"]),
    ],
)
def test_options_may_stand_before_the_command(
    arguments: list[str], name: str | None, rest: list[str]
) -> None:
    assert split(arguments) == (name, rest)


def test_a_front_end_that_is_not_installed_says_how_to_install_it(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COMMANDS, "gui", Command("gui", faces.__name__, "Open a window"))
    monkeypatch.setitem(faces.INSTALL, "gui", "pip install a-window")
    ended = console("gui", "--demo")
    assert (ended.code, ended.out) == (2, "")
    assert "The gui front end is not installed. Run: pip install a-window" in ended.err


def test_a_front_end_without_its_toolkit_says_how_to_install_it(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(faces.TOOLKIT, "web", "no_such_toolkit")
    ended = console("web", "--demo")
    assert (ended.code, ended.out) == (2, "")
    assert "needs no_such_toolkit, which is not installed." in ended.err


def test_the_program_ends_with_the_code_of_the_command() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "console", "list", "--demo", "--sort", "nothing"],
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("runners", ["3", "3000"])
def test_a_reader_that_goes_away_is_no_failure(runners: str) -> None:
    command = [sys.executable, "-m", "console", "list", "--demo", "--demo-runners", runners]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)
