"""The real program with sign-in on a socket of its own, and tokens that its command line made."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from tests.bench.api import Api
from tests.bench.server import serving

PROGRAM = (sys.executable, "-m", "console")


@dataclass(frozen=True, slots=True)
class RunningConsole:
    """`tokens` are secrets by the scope that each is for."""

    url: str
    tokens: Mapping[str, str]


@pytest.fixture(scope="session")
def running_console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningConsole]:
    home = tmp_path_factory.mktemp("console")
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "NICEGUI_STORAGE_PATH"), str(home))
    with serve(build_app(World(60, hostile=True))) as api:
        environment = Api(api).environment(**places)

        def made(scope: str) -> str:
            command = [*PROGRAM, "tokens", "add", "test", "--scope", scope]
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, check=True, timeout=30
            )
            return done.stdout.strip()

        tokens = {scope: made(scope) for scope in ("runners:read", "metrics:read")}
        with serving([*PROGRAM, "web", "--port", "0", "--sign-in"], environment) as server:
            yield RunningConsole(server.url, tokens)
