"""`doctor` and `demo serve`: what they report, and what they advise."""

import socket
from pathlib import Path

import pytest

from console.api import retry
from console.demo.server import build_app
from console.demo.world import World
from tests.console.cli.calling import Connect, Console


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "LONGEST_WAIT", 0.0)


def report(out: str) -> dict[str, tuple[str, str]]:
    """Word and sentence by item."""
    lines = (line.split(maxsplit=2) for line in out.splitlines())
    return {item: (word, sentence) for word, item, sentence in lines}


def test_on_the_demo_everything_passes(console: Console) -> None:
    ended = console("doctor", "--demo")
    assert (ended.code, ended.err) == (0, "")
    items = report(ended.out)
    assert list(items) == [
        *("settings", "credentials", "dns", "connection", "clock", "runners", "projects"),
        *("executions", "audit", "history", "terminal"),
    ]
    assert {word for word, _ in items.values()} == {"PASS"}


@pytest.mark.usefixtures("fleet")
def test_a_refused_port_fails_with_what_to_do(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        monkeypatch.setenv("MAIA_CONSOLE_API_URL", f"http://127.0.0.1:{port}/dpc")
        ended = console("doctor")
    assert ended.code == 1
    items = report(ended.out)
    assert items["connection"][0] == "FAIL"
    assert items["connection"][1].endswith("Check proxy, ca_bundle and the firewall.")
    assert items["runners"] == ("SKIP", "Not tried.")
    assert items["clock"][0] == "SKIP"


def test_without_credentials_it_says_to_log_in(
    console: Console, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(build_app(World()))
    monkeypatch.delenv("MATILLION_CLIENT_ID")
    monkeypatch.delenv("MATILLION_CLIENT_SECRET")
    ended = console("doctor")
    assert ended.code == 1
    assert report(ended.out)["credentials"] == ("FAIL", "No client id. Run maia-console login.")


def test_an_address_that_is_not_allowed_fails(console: Console, connect: Connect) -> None:
    connect(build_app(World(), "denied"))
    ended = console("doctor")
    assert ended.code == 1
    assert report(ended.out)["runners"][0] == "FAIL"
    assert "Maia does not allow this machine's address." in report(ended.out)["runners"][1]


@pytest.mark.usefixtures("fleet")
def test_a_terminal_that_cannot_draw_is_told(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert report(console("doctor").out)["terminal"][0] == "FAIL"


def test_a_taken_port_asks_for_another(console: Console) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = console("demo", "serve", "--port", str(taken.getsockname()[1]))
    assert (ended.code, ended.out) == (2, "")
    assert "Give another with --port." in ended.err


def test_a_number_that_is_no_port_is_2(console: Console) -> None:
    assert "“99999” is not a port" in console("demo", "serve", "--port", "99999").err


def test_a_history_that_cannot_be_kept_fails_with_where(
    console: Console, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, connect: Connect
) -> None:
    connect(build_app(World()))
    broken = tmp_path / "journal.sqlite3"
    broken.write_bytes(b"not a database, whatever its name says " * 100)
    monkeypatch.setenv("MAIA_CONSOLE_DATABASE_URL", f"sqlite:///{broken}")
    ended = console("doctor")
    assert ended.code == 1
    word, sentence = report(ended.out)["history"]
    assert word == "FAIL"
    assert sentence.startswith("History is unavailable")
