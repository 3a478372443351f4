"""`login` and `profiles`: what is asked, tried and stored, and what is never written."""

import json
import stat
from io import StringIO
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from console.demo.server import build_app
from console.demo.world import World
from console.settings import config_path
from tests.console.cli.calling import Connect, Console

LOGIN = ("login", "--region", "eu1", "--client-id", "demo")
TWO = """\
default_profile = "us"

[profiles.eu]
region = "eu1"
client_id = "one"

[profiles.us]
region = "us1"
client_id = "two"
read_only = true
"""


class Memory(KeyringBackend):
    """A keyring that forgets."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def account(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """A served account, and nothing but its addresses in the environment."""
    connect(build_app(World()))
    for name in ("MATILLION_CLIENT_ID", "MATILLION_CLIENT_SECRET"):
        monkeypatch.delenv(name)


def typed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(text))


def settings() -> Path:
    import os

    return config_path(os.environ)


@pytest.mark.usefixtures("account")
def test_a_login_without_a_keyring_keeps_the_secret_in_a_file_of_ones_own_and_warns(
    console: Console, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    typed("demo-secret\n", monkeypatch)
    ended = console(*LOGIN)
    assert (ended.code, ended.out) == (0, "")
    assert "Signed in: 24 runners." in ended.err
    assert "Warning: no keyring was found" in ended.err
    assert "demo-secret" not in settings().read_text() + ended.err
    assert stat.S_IMODE(settings().stat().st_mode) == 0o600
    secrets = home / "data" / "maia-console" / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert json.loads(secrets.read_text()) == {"default": "demo-secret"}


@pytest.mark.usefixtures("account")
def test_after_the_login_the_fleet_can_be_listed(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed("demo-secret\n", monkeypatch)
    console(*LOGIN)
    for name in ("MAIA_CONSOLE_API_URL", "MAIA_CONSOLE_TOKEN_URL"):
        monkeypatch.delenv(name)
    ended = console("list", "--output", "plain")
    assert (ended.code, len(ended.out.splitlines())) == (0, 24)


@pytest.mark.usefixtures("account")
def test_a_second_login_keeps_the_profile_s_other_settings(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings().parent.mkdir(parents=True, exist_ok=True)
    settings().write_text(
        '[profiles.default]\nregion = "eu1"\naccount_id = "acc"\npoll_seconds = 40\n'
    )
    typed("demo-secret\n", monkeypatch)
    assert console(*LOGIN).code == 0
    kept = settings().read_text()
    assert 'account_id = "acc"' in kept
    assert "poll_seconds = 40" in kept


@pytest.mark.usefixtures("account")
def test_a_keyring_keeps_the_secret_where_there_is_one(
    console: Console, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    ring = Memory()
    keyring.set_keyring(ring)
    typed("demo-secret\n", monkeypatch)
    ended = console(*LOGIN, "--profile", "eu")
    assert ended.code == 0
    assert "Warning" not in ended.err
    assert ring.kept == {("maia-console", "eu"): "demo-secret"}
    assert not (home / "data").exists()
    assert console("list", "--profile", "eu").code == 0


@pytest.mark.usefixtures("account")
def test_a_wrong_secret_stores_nothing(
    console: Console, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    typed("wrong\n", monkeypatch)
    ended = console(*LOGIN)
    assert (ended.code, ended.out) == (3, "")
    assert "Maia did not accept the credentials." in ended.err
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "text", "sentence"),
    [
        (("login",), "", "There is no terminal to ask on; give --region."),
        (("login", "--region", "eu1"), "", "There is no terminal to ask on; give --client-id."),
        (LOGIN, "", "The client secret is empty."),
        ((*LOGIN, "--profile", "a b"), "", "“a b” is not a profile name"),
    ],
)
def test_what_is_missing_is_named_and_is_2(
    console: Console,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    text: str,
    sentence: str,
) -> None:
    typed(text, monkeypatch)
    ended = console(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err


class Person(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("account")
def test_on_a_terminal_it_asks_for_what_is_missing(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Person("eu7\n\n\ndemo\n"))
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: "demo-secret")
    ended = console("login")
    assert ended.code == 0
    assert ended.err.startswith(
        "Region (eu1 or us1) [eu1]: Allowed: eu1, us1.\n"
        "Region (eu1 or us1) [eu1]: Client id: Client id: Signed in"
    )


def test_profiles_without_a_file_points_to_login(console: Console) -> None:
    ended = console("profiles")
    assert (ended.code, ended.out) == (0, "")
    assert "Connect an account with maia-console login." in ended.err


def test_profiles_marks_the_default_and_the_read_only_one(console: Console) -> None:
    settings().parent.mkdir(parents=True)
    settings().write_text(TWO)
    ended = console("profiles")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "  eu  eu1  https://eu1.api.matillion.com/dpc",
        "* us  us1  https://us1.api.matillion.com/dpc  read-only",
    ]
    listed = json.loads(console("profiles", "--output", "json").out)
    assert [(each["name"], each["is_default"]) for each in listed] == [("eu", False), ("us", True)]


def test_an_unknown_profile_names_the_nearest(console: Console) -> None:
    settings().parent.mkdir(parents=True)
    settings().write_text(TWO)
    ended = console("list", "--profile", "use")
    assert (ended.code, ended.out) == (2, "")
    assert "“use” is not a profile. Did you mean us? Allowed: eu, us." in ended.err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[profiles.eu]\nclient_secret = 'oops'\n", "Secrets do not belong in that file"),
        ("[profiles.eu]\nregin = 'eu1'\n", "Did you mean region?"),
        ("[profiles.eu\n", "cannot be read"),
        ("profile = 1\n", "Did you mean profiles?"),
    ],
)
def test_a_broken_settings_file_is_2_and_says_where(
    console: Console, tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    for command in (("profiles",), ("list",), ("doctor",)):
        ended = console(*command, "--config", str(path))
        assert ended.code == 2
        said = ended.out + ended.err
        assert sentence in said
        assert str(path) in said
        assert "oops" not in said
