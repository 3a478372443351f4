"""What a command says and exits with when the API cannot be read."""

import socket

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from console.api import retry
from console.demo.server import build_app
from console.demo.world import World
from tests.console.cli.calling import Connect, Console

READERS = (("list",), ("show", "sandbox"), ("pause", "sandbox", "--yes"))


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "LONGEST_WAIT", 0.0)


@pytest.mark.parametrize("command", READERS)
def test_without_credentials_it_is_3_and_says_how_to_connect(
    console: Console, command: tuple[str, ...]
) -> None:
    ended = console(*command)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        "maia-console: No account is connected yet. Run maia-console login, or look around with"
        " --demo.\n"
    )


def test_the_terminal_and_web_consoles_say_it_before_they_start(console: Console) -> None:
    for face in ("tui", "web"):
        ended = console(face)
        assert (ended.code, ended.out) == (3, "")
        assert "No account is connected yet." in ended.err


@pytest.mark.parametrize("command", READERS)
def test_an_address_that_is_not_allowed_is_3(
    console: Console, connect: Connect, command: tuple[str, ...]
) -> None:
    connect(build_app(World(), "denied"))
    ended = console(*command)
    assert (ended.code, ended.out) == (3, "")
    assert "Maia does not allow this machine's address." in ended.err


@pytest.mark.parametrize("command", READERS)
def test_a_wrong_secret_is_3_and_is_not_repeated(
    console: Console, connect: Connect, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    connect(build_app(World()))
    monkeypatch.setenv("MATILLION_CLIENT_SECRET", "not-the-secret")
    ended = console(*command)
    assert (ended.code, ended.out) == (3, "")
    assert "Maia did not accept the credentials. Run maia-console login." in ended.err
    assert "not-the-secret" not in ended.err


@pytest.mark.parametrize("command", READERS)
@pytest.mark.usefixtures("fleet")
def test_an_api_that_nobody_serves_is_4(
    console: Console, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("MAIA_CONSOLE_API_URL", f"http://127.0.0.1:{free_port()}/dpc")
    ended = console(*command)
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.startswith("maia-console: The Maia API cannot be reached (")


async def _page(request: object) -> HTMLResponse:
    return HTMLResponse("<html><body>Sign in to the hotel's network</body></html>")


def test_a_page_instead_of_the_api_is_4(
    console: Console, connect: Connect, calm_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(Starlette(routes=[Route("/{path:path}", _page, methods=["GET", "POST"])]))
    ended = console("list")
    assert (ended.code, ended.out) == (4, "")
    assert "What answers is not the Maia API, or it is broken" in ended.err
    monkeypatch.setenv("MAIA_CONSOLE_TOKEN_URL", f"{calm_url}/oauth/dpc/token")
    ended = console("list")
    assert (ended.code, ended.out) == (4, "")
    assert "What answers is not the Maia API, or it is broken" in ended.err


@pytest.mark.parametrize("scenario", ["throttled", "flaky"])
def test_passing_troubles_do_not_show(console: Console, connect: Connect, scenario: str) -> None:
    connect(build_app(World(), scenario))
    ended = console("list", "--output", "plain")
    assert (ended.code, len(ended.out.splitlines()), ended.err) == (0, 24, "")


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("MAIA_CONSOLE_API_URL", "http://example.com", "an address that starts with https://"),
        ("MAIA_CONSOLE_API_URL", "https://me:pw@example.com", "without a user name or password"),
        ("MATILLION_REGION", "eu2", "Did you mean eu1? Allowed: eu1, us1."),
        ("MAIA_CONSOLE_POLL_SECONDS", "often", "MAIA_CONSOLE_POLL_SECONDS: “often” cannot be used"),
        ("MAIA_CONSOLE_CA_BUNDLE", "/no/such/file", "an existing file"),
    ],
)
def test_a_wrong_setting_is_2_and_names_where_it_stands(
    console: Console, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    ended = console("list")
    assert (ended.code, ended.out) == (2, "")
    assert variable in ended.err
    assert sentence in ended.err
