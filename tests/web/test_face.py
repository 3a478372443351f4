"""Where the web console may be served, and what it says when it may not."""

import socket
import subprocess
import sys
from argparse import Namespace
from io import StringIO
from pathlib import Path

import pytest

from console.accounts import SessionRequest
from console.cli import users
from console.errors import SettingError
from console.serving_settings import ServingSettings
from web.announcing import DEMO_USERS, NO_TLS, lines
from web.face import run
from web.serving import allowed_hosts, database_of_users


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_out_of_range_is_refused(port: int, tmp_path: Path) -> None:
    request = SessionRequest(demo=True, config=tmp_path / "none.toml")
    with pytest.raises(SettingError, match=f"--port: “{port}” cannot be used.*0 to 65535"):
        run(request, Namespace(host="127.0.0.1", port=port))


@pytest.mark.parametrize(
    ("settings", "warns"),
    [
        ({}, False),
        ({"sign_in": True}, False),
        ({"host": "0.0.0.0"}, True),
        ({"host": "192.168.1.5"}, True),
        ({"host": "0.0.0.0", "proxies": "10.0.0.5"}, True),
        ({"host": "0.0.0.0", "proxies": "10.0.0.5", "proxy_tls": True}, False),
    ],
)
def test_serving_others_without_tls_is_warned_of_in_one_sentence(
    settings: dict[str, object], warns: bool
) -> None:
    told = lines(ServingSettings.model_validate(settings), 8080, "")
    assert [line for line in told if line.startswith("Warning: ")] == ([NO_TLS] if warns else [])


@pytest.mark.parametrize("signs_in", [True, False])
def test_where_people_sign_in_the_demo_says_that_its_users_are_its_own(*, signs_in: bool) -> None:
    told = lines(ServingSettings(sign_in=signs_in), 8080, "", is_demo=True)
    assert (DEMO_USERS in told) == signs_in
    assert DEMO_USERS not in lines(ServingSettings(sign_in=True), 8080, "")


def test_the_link_for_the_first_admin_leads_to_where_it_is_served() -> None:
    serving = ServingSettings(host="::1", path_prefix="/maia")
    told = lines(serving, 8443, "once-only")
    assert told[0].split() == ["Web", "console:", "http://[::1]:8443/maia/"]
    assert "http://[::1]:8443/maia/first-admin?key=once-only " in told[2]


def test_printed_links_lead_to_the_public_address_and_it_may_be_asked_for() -> None:
    serving = ServingSettings(public_url="https://console.example:8443", path_prefix="/maia")
    told = lines(serving, 8080, "once-only")
    assert told[0].split()[2] == "https://console.example:8443/maia/"
    assert told[2].split() == ["Served", "at:", "http://127.0.0.1:8080/maia/"]
    assert "https://console.example:8443/maia/first-admin?key=once-only " in told[3]
    assert "console.example" in allowed_hosts(serving)
    assert "" not in allowed_hosts(ServingSettings())


def test_a_served_console_has_the_users_that_the_command_line_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever way the same profiles are named."""
    config = tmp_path / "config.toml"
    config.write_text(
        f'[profiles.eu]\ndatabase_url = "sqlite:///{tmp_path}/eu.db"\n'
        f'[profiles.us]\ndatabase_url = "sqlite:///{tmp_path}/us.db"\n'
    )
    monkeypatch.setenv("MAIA_CONSOLE_PROFILE", "us,eu")
    monkeypatch.setattr(sys, "stdin", StringIO("a horse that no one knows\n"))
    asked = {"deed": "add", "name": "ada", "role": None, "output": "plain", "profile": None}
    assert users.run(Namespace(**asked, config=config)) == 0
    with database_of_users(SessionRequest(config=config)) as served:
        assert served.path == tmp_path / "us.db"
        assert served.path.exists()
    assert not (tmp_path / "eu.db").exists()


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
