"""Where a secret is kept."""

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked, PasswordSetError
from pydantic import SecretStr

from console.credentials import Keeper, forget_secret, read_secret, store_secret
from console.errors import SettingError


class Memory(KeyringBackend):
    """A keyring that forgets when the test ends."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Broken(KeyringBackend):
    """A keyring that fails in its own way whatever it is asked."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def get_password(self, service: str, username: str) -> str | None:
        raise self.fault

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.fault


class BusError(Exception):
    """Not of the keyring package, as what a desktop's message bus raises."""


@pytest.fixture
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    kept = keyring.get_keyring()
    assert isinstance(kept, Memory)
    yield kept
    keyring.set_keyring(before)


def test_a_keyring_keeps_the_secret_and_no_file_does(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    assert store_secret("eu", SecretStr("hidden"), path) is Keeper.KEYRING
    assert not path.exists()
    kept = read_secret("eu", path)
    assert kept is not None
    assert kept.get_secret_value() == "hidden"


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_a_file_keeps_it_that_only_its_owner_can_read(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "secrets.json"
    assert store_secret("eu", SecretStr("hidden"), path) is Keeper.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = read_secret("eu", path)
    assert kept is not None
    assert kept.get_secret_value() == "hidden"
    assert read_secret("us", path) is None


def test_a_secret_moves_from_the_file_to_a_keyring(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text('{"eu": "old", "us": "other"}')
    store_secret("eu", SecretStr("new"), path)
    assert path.read_text() == '{"us": "other"}'
    kept = read_secret("eu", path)
    assert kept is not None
    assert kept.get_secret_value() == "new"


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("text", ["{broken", "[]"])
def test_a_broken_file_is_said_to_be_so(text: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(text)
    with pytest.raises(SettingError, match="maia-console login"):
        read_secret("eu", path)


@pytest.mark.usefixtures("no_keyring")
def test_a_folder_in_the_file_s_place_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read"):
        read_secret("eu", tmp_path)
    blocked = tmp_path / "file" / "secrets.json"
    blocked.parent.write_text("")
    with pytest.raises(SettingError, match="cannot be"):
        store_secret("eu", SecretStr("hidden"), blocked)


def test_a_secret_is_forgotten_wherever_it_is_kept(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    store_secret("eu", SecretStr("hidden"), path)
    path.write_text('{"eu": "old", "us": "other"}')
    assert forget_secret("eu", path)
    assert not memory.kept
    assert path.read_text() == '{"us": "other"}'
    assert read_secret("eu", path) is None
    assert not forget_secret("eu", path)


@pytest.mark.parametrize(
    "fault",
    [KeyringLocked("locked"), PasswordSetError("no"), BusError("gone"), RuntimeError("no loop")],
    ids=repr,
)
def test_a_keyring_that_fails_counts_as_none(
    fault: Exception, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = keyring.get_keyring()
    keyring.set_keyring(Broken(fault))
    path = tmp_path / "secrets.json"
    try:
        assert read_secret("eu", path) is None
        assert store_secret("eu", SecretStr("hidden"), path) is Keeper.FILE
        assert forget_secret("eu", path)
    finally:
        keyring.set_keyring(before)
    assert type(fault).__name__ in caplog.text
    assert "hidden" not in caplog.text


def test_a_keyring_that_is_set_up_wrongly_counts_as_none(tmp_path: Path) -> None:
    """Whichever keyring there is is chosen once a process, so this takes a process of its own."""
    code = (
        "from pathlib import Path; from console.credentials import read_secret;"
        f"print(read_secret('eu', Path({str(tmp_path / 'none.json')!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHON_KEYRING_BACKEND": "no.such.Keyring"},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.stdout, done.stderr) == ("None\n", "")


@pytest.mark.usefixtures("no_keyring")
def test_nothing_readable_by_others_is_left_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text("{}")
    path.chmod(0o644)
    (tmp_path / "secrets.new").write_text("")
    (tmp_path / "secrets.new").chmod(0o666)
    store_secret("eu", SecretStr("hidden"), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each for each in tmp_path.iterdir() if "hidden" in each.read_text()] == [path]
