"""Before any account is connected, in plain lines and where there is no terminal."""

import os
import pty
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from console.accounts import SessionRequest
from console.cli.plain.first_run import chosen
from console.connecting import NOT_TAKEN
from console.demo.world import World
from tests.console.cli.calling import Console

REQUEST = SessionRequest()


class Person(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed where it is not shown, one after the other."""
    typed = ["demo-secret"]
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: typed.pop())
    monkeypatch.delenv("MATILLION_CLIENT_ID", raising=False)
    monkeypatch.delenv("MATILLION_CLIENT_SECRET", raising=False)
    return typed


def told(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[SessionRequest | None, list[str]]:
    monkeypatch.setattr("sys.stdin", Person(text))
    wanted = chosen(REQUEST)
    return wanted, capsys.readouterr().out.split("\n")


@pytest.mark.parametrize("text", ["quit\n", "q\n", "", "nonsense\nquit\n"])
def test_it_says_what_can_be_done_and_can_be_left(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted, lines = told(text, monkeypatch, capsys)
    assert wanted is None
    assert lines[0] == "No account is connected yet."
    assert "The same from a shell: maia-console login" in lines
    assert "demo: Look around in a made-up fleet; nothing is sent out." in lines
    assert ("> Type connect, demo or quit." in lines) is text.startswith("nonsense")


def test_the_demo_can_be_looked_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted, _ = told("demo\n", monkeypatch, capsys)
    assert wanted == replace(REQUEST, demo=True)


def test_an_account_is_connected_tried_and_stored(
    world: World,
    secret: list[str],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    secret.append("wrong")
    wanted, lines = told("connect\neu1\ndemo\nconnect\neu1\ndemo\n", monkeypatch, capsys)
    assert wanted == REQUEST
    assert f"> {NOT_TAKEN}" in lines
    assert f"> Signed in: {len(world.runners())} runners." in lines
    assert "demo-secret" not in (home / "config/maia-console/config.toml").read_text()


@pytest.mark.parametrize("arguments", [("tui", "--plain"), ("tui",), ("list",), ()])
def test_where_nobody_can_type_it_is_one_sentence(
    console: Console, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    ended = console(*arguments)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.endswith(
        "No account is connected yet. Run maia-console login, or look around with --demo.\n"
    )


def test_the_program_itself_goes_on_with_the_demo_on_a_terminal(home: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "console", "--plain"],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.STDOUT,
        env={**os.environ, "HOME": str(home)},
    ) as process:
        os.close(theirs)
        written = b""
        for awaited, typed in ((b"> ", b"demo\n"), (b"for the commands.", b"quit\n")):
            while awaited not in written:
                written += os.read(ours, 65536)
            os.write(ours, typed)
        assert process.wait(20) == 0
    os.close(ours)
    assert b"24 runners" in written
