"""The command line in this process: an empty home, no keyring, and a demo fleet over real HTTP."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from starlette.types import ASGIApp

from console.cli.main import run
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from tests.console.cli.calling import Connect, Console, Ended

OURS = ("MATILLION_", "MAIA_CONSOLE_")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An empty one, with neither settings nor a keyring."""
    for name in tuple(os.environ):
        if name.startswith(OURS):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("TERM", "xterm-256color")
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield tmp_path
    keyring.set_keyring(before)


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str]) -> Console:
    """Runs a command and tells its exit code and what it wrote. No traceback, ever."""

    def ran(*arguments: str) -> Ended:
        capsys.readouterr()
        try:
            code = run(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Ended(code, said.out, said.err)

    return ran


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """Serves an application and points the environment to it; gives its base URL."""
    with ExitStack() as stack:

        def connected(app: ASGIApp) -> str:
            url = stack.enter_context(serve(app))
            point_to(url, monkeypatch)
            return url

        yield connected


@pytest.fixture(scope="session")
def calm_url() -> Iterator[str]:
    with serve(build_app(World(pace=0.0))) as url:
        yield url


@pytest.fixture
def fleet(calm_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 24 runners of the demo, which all readers share."""
    point_to(calm_url, monkeypatch)


@pytest.fixture
def world(connect: Connect) -> World:
    """A demo fleet of its own, in which commands take no time."""
    made = World(pace=0.0)
    connect(build_app(made))
    return made


@pytest.fixture
def hostile(connect: Connect) -> World:
    made = World(hostile=True)
    connect(build_app(made))
    return made


def point_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIA_CONSOLE_API_URL", f"{url}/dpc")
    monkeypatch.setenv("MAIA_CONSOLE_TOKEN_URL", f"{url}/oauth/dpc/token")
    monkeypatch.setenv("MATILLION_CLIENT_ID", "demo")
    monkeypatch.setenv("MATILLION_CLIENT_SECRET", "demo-secret")
    monkeypatch.setenv("MAIA_CONSOLE_REQUESTS_PER_MINUTE", "1000")
