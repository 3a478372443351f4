"""Where the web console may be served, and what it says when it may not."""

import socket
import subprocess
import sys
from argparse import Namespace

import pytest

from console.accounts import SessionRequest
from web.face import run


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "console.example", ""])
def test_any_address_but_loopback_is_refused_in_one_sentence_that_names_sign_in(
    host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SessionRequest(demo=True), Namespace(host=host, port=8080)) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "no sign-in yet" in said
    assert f"--host {host}" in said


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_out_of_range_is_refused(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SessionRequest(demo=True), Namespace(host="127.0.0.1", port=port)) == 2
    assert "0 to 65535" in capsys.readouterr().err


def test_a_taken_port_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("NICEGUI_STORAGE_PATH", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(SessionRequest(demo=True), Namespace(host="127.0.0.1", port=port)) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"127.0.0.1:{port} cannot be used" in said


def loaded_by(module: str) -> set[str]:
    program = f"import sys, {module}; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return set(ended.stdout.decode().split())


def test_the_help_of_the_command_loads_no_toolkit() -> None:
    assert not loaded_by("web.face") & {"nicegui", "fastapi", "uvicorn", "httpx", "pydantic"}


def test_the_wall_loads_nothing_that_acts() -> None:
    loaded = loaded_by("web.pages.wall")
    assert not [name for name in loaded if name.startswith(("console.actions", "console.session"))]
